/**
 * Whether trials find what they are made to find, seed after seed: each broken integration caught by
 * an invariant that is meant for its bug, and the sound one under the very same faults accused of
 * nothing. In virtual time and this process, where hundreds of trials take minutes and replay exactly;
 * the tests run the same trials over HTTP against processes.
 */
import Table from 'cli-table3';
import { inProcess } from '../harness/integration.ts';
import { runTrial } from '../harness/run-trial.ts';
import type { Trial } from '../harness/trial.ts';
import { type BrokenIntegration, corpus } from '../test/integrations/broken/corpus.ts';
import { badDay, expectations, trialFor } from '../test/integrations/broken/trials.ts';
import { middlewareWith } from '../test/integrations/kit/in-process.ts';
import { type Bench, type Figure, atLeast, atMost } from './figure.ts';

/** What came of one broken integration, and of the sound one in its trials. */
interface Tried {
  readonly name: string;
  caught: number;
  /** Violations claimed against the sound integration, as `seed invariant`. */
  readonly falseAlarms: string[];
}

export const corpusBench: Bench = async ({ short, json }): Promise<Figure[]> => {
  const seeds = Array.from({ length: short ? 2 : 20 }, (_, i) => `corpus-${i + 1}`);
  const tried: Tried[] = [];
  for (const broken of corpus) tried.push(await tryOut(broken, seeds));
  const sound: Tried = { name: 'the sound one, everything at once', caught: 0, falseAlarms: [] };
  for (const seed of seeds) await accuseSound(sound, badDay(), seed);
  if (!json) console.log(tableOf([...tried, sound], seeds.length));
  const least = Math.min(...tried.map(({ caught }) => caught)) / seeds.length;
  const falseAlarms = [...tried, sound].flatMap((each) => each.falseAlarms).length;
  return [
    // Of 20 seeds one may bring no occasion for the bug; more than that and the trial is too tame.
    atLeast('caught', least, 0.95, 'of the seeds, for the one that is caught least'),
    atMost('false-alarms', falseAlarms, 0, 'violations against the sound one'),
  ];
};

async function tryOut(broken: BrokenIntegration, seeds: readonly string[]): Promise<Tried> {
  const tried: Tried = { name: broken.name, caught: 0, falseAlarms: [] };
  const meant = expectations[broken.name]?.caughtBy ?? [];
  const trial = trialFor(broken.name);
  for (const seed of seeds) {
    const violated = await violatedBy(broken.changes, trial, seed);
    if (violated.some((name) => meant.some((end) => name.endsWith(end)))) tried.caught++;
    await accuseSound(tried, trial, seed);
  }
  return tried;
}

async function accuseSound(tried: Tried, trial: Trial, seed: string): Promise<void> {
  for (const name of await violatedBy({}, trial, seed)) tried.falseAlarms.push(`${seed} ${name}`);
}

async function violatedBy(
  changes: BrokenIntegration['changes'],
  trial: Trial,
  seed: string,
): Promise<string[]> {
  const integration = inProcess(middlewareWith(changes));
  const { verdict } = await runTrial(trial, { integration, seed });
  return verdict.invariants
    .filter(({ status }) => status === 'violated')
    .map(({ invariant }) => invariant);
}

function tableOf(tried: readonly Tried[], seeds: number): string {
  const table = new Table({
    head: ['integration', `caught in ${seeds} seeds`, 'false alarms for the sound one'],
    style: { head: [], border: [] },
  });
  for (const { name, caught, falseAlarms } of tried) {
    const sound = expectations[name] === undefined;
    table.push([name, sound ? '' : String(caught), falseAlarms.join('\n') || '0']);
  }
  return table.toString();
}
