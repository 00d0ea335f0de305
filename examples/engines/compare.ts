/**
 * The same bad day for every variant of a sync, one after the other, and a calm day for the naive
 * one; then what each keeps and breaks, and what mends it.
 */
import { type Trial, runTrial } from '../../index.ts';
import { stopwatch } from '../../harness/clock.ts';
import { describeDuration } from '../../harness/duration.ts';
import { type ReportModel, reportModel } from '../../report/report-model.ts';
import { type Side, sideBySide } from '../../report/side-by-side.ts';
import { terminalReport, violationStories } from '../../report/terminal-report.ts';
import {
  type TerminalOptions,
  coloursFor,
  wantsColour,
  widthOf,
} from '../../report/terminal-text.ts';
import { badDay, calmDay } from './engine-trials.ts';
import type { Remedy, Variant } from './variant.ts';

export interface Comparison {
  readonly engine: string;
  /** The naive one first. */
  readonly variants: readonly [Variant, ...Variant[]];
  readonly remedies: readonly Remedy[];
  /** The npm script that runs it. */
  readonly script: string;
  readonly seed?: string;
}

const { stdout } = process;
const options: TerminalOptions = {
  colour: wantsColour(stdout, process.env),
  ...(stdout.columns === undefined ? {} : { columns: stdout.columns }),
};

/** Prints as it goes. True when each variant came to what is expected of it, and the calm day was kept. */
export async function compare(comparison: Comparison): Promise<boolean> {
  const { engine, variants, script } = comparison;
  const elapsed = stopwatch();
  const { bold } = coloursFor(options);
  stdout.write(
    `${engine} as the integration under test: orders from procurement and receipts from the warehouse to the ERP.\n`,
  );
  let { seed } = comparison;
  const sides: Side[] = [];
  for (const variant of variants) {
    const model = await run(badDay(engine), variant, script, seed);
    seed ??= model.seed;
    sides.push({ name: variant.name, model });
  }
  const calm = await run(calmDay(engine), variants[0], script, seed);
  const [naive] = sides as [Side];
  stdout.write(
    `\n${bold(`What the ${naive.name} sync broke`)}\n\n${violationStories(naive.model, options)}\n\n`,
  );
  // What should have held and did not is told in full.
  const surprising = [
    ...sides
      .filter((_, i) => variants[i]?.expected === 'holds')
      .map(({ model }: Side): ReportModel => model),
    calm,
  ].filter(({ verdict }) => verdict !== 'holds');
  for (const model of surprising) stdout.write(`${terminalReport(model, options)}\n`);
  stdout.write(`${sideBySide(sides, options)}\n${remediesText(comparison.remedies, sides)}\n`);
  const asExpected =
    calm.verdict === 'holds' &&
    sides.every(({ model }, i) => model.verdict === variants[i]?.expected);
  const wanted = variants.map(({ name, expected }) => `${name} ${expected}`).join(', ');
  stdout.write(
    `${asExpected ? 'As it should be' : 'Not as it should be; expected'}: ${wanted}, and ${variants[0].name} holds without faults.\n`,
  );
  stdout.write(`Seed ${seed}. Took ${describeDuration(elapsed())}.\n`);
  return asExpected;
}

async function run(
  trial: Trial,
  { name, integration }: Variant,
  script: string,
  seed?: string,
): Promise<ReportModel> {
  const elapsed = stopwatch();
  const result = await runTrial(trial, { integration, ...(seed === undefined ? {} : { seed }) });
  const replay = `npm run ${script} -- --seed ${result.seed}`;
  const model = reportModel(result, { replay, storiesPerInvariant: 1 });
  const faults = model.faults.length > 0 ? 'with' : 'no';
  stdout.write(
    `  ${name}, ${faults} faults: ${model.verdict} after ${describeDuration(elapsed())}\n`,
  );
  return model;
}

/** For each kind of promise that somebody broke: who did, and what mends it. */
export function remediesText(remedies: readonly Remedy[], sides: readonly Side[]): string {
  const { bold, dim } = coloursFor(options);
  const parts = [bold('What mends it')];
  for (const { promises, mendedBy, notBy } of remedies) {
    const broken = sides.map(({ name, model }) => ({
      name,
      broken: model.invariants
        .filter(({ status }) => status === 'violated')
        .map(({ invariant }) => invariant)
        .filter((invariant) => promises.some((promise) => invariant.endsWith(promise))),
    }));
    const breakers = broken.filter((each) => each.broken.length > 0);
    if (breakers.length === 0) continue;
    const names = [...new Set(breakers.flatMap((each) => each.broken))].join(', ');
    parts.push(
      `  ${names} ${dim(`(broken by ${breakers.map(({ name }) => name).join(' and ')})`)}`,
      ...wrapped(mendedBy, 4),
      ...(notBy === undefined ? [] : wrapped(`Not by ${notBy}`, 4)),
    );
  }
  return `${parts.join('\n')}\n`;
}

function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  const most = Math.min(widthOf(options), 110) - indent;
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= most) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each);
}
