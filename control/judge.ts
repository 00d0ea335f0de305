/** The verdict of a landscape as it stands, in the form that reports are made from. */
import type { Invariant } from '../harness/invariant.ts';
import { Tally } from '../harness/progress.ts';
import { type ReportModel, reportModel } from '../report/report-model.ts';
import type { ControlledLandscape } from './controlled-landscape.ts';

export interface JudgeOptions {
  /** Names of invariants, or the beginning of names up to a `/`; default all. */
  readonly only?: readonly string[];
  readonly storiesPerInvariant?: number;
}

/** Judges what has happened so far. */
export function judge(
  { control, narrate, name }: ControlledLandscape,
  { only, storiesPerInvariant }: JudgeOptions = {},
): ReportModel {
  const { world } = control.landscape;
  const { history } = world;
  const tally = new Tally();
  let first: number | undefined;
  for (const record of history) {
    first ??= record.at;
    tally.see(record);
  }
  const { token } = control.view();
  return reportModel(
    {
      trial: { name, declaredAt: undefined },
      seed: world.seed,
      token,
      integration: 'driven by the control API',
      verdict: control.verdict(
        only === undefined ? {} : { invariants: chosen(control.promises.invariants, only) },
      ),
      history,
      counts: tally.counts(),
      lastedMs: first === undefined ? 0 : world.clock.now() - first,
      owed: control.owed(),
      output: '',
      narrate,
    },
    {
      replay: `a landscape with the seed ${world.seed}`,
      ...(storiesPerInvariant === undefined ? {} : { storiesPerInvariant }),
    },
  );
}

const chosen = (invariants: readonly Invariant[], only: readonly string[]): Invariant[] =>
  invariants.filter(({ name }) =>
    only.some((each) => name === each || name.startsWith(`${each}/`)),
  );
