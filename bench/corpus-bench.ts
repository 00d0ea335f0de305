/**
 * What exploration finds of the corpus of known bugs, and what it costs: runs and seconds to the first
 * detection over 20 seeds, whether the meant invariant named it, the length of the shrunk story, whether
 * that story replays; false alarms against the sound integration; and the ablation: which bugs escape
 * when an invariant or a fault is taken away. In virtual time and this process.
 */
import Table from 'cli-table3';
import { inProcess } from '../harness/integration.ts';
import { corpus } from '../test/integrations/broken/corpus.ts';
import { badDay, expectations, trialFor } from '../test/integrations/broken/trials.ts';
import { middlewareWith } from '../test/integrations/kit/in-process.ts';
import { type Hunt, type Quarry, falseAlarms, hunt } from './corpus-hunt.ts';
import { type Bench, type Figure, atLeast, atMost, reported } from './figure.ts';
import { median } from './measure.ts';

/** Runs within which a bug must be caught. */
const budget = 60;
const size = { purchaseOrders: 10, over: '8s' } as const;

interface Hunted {
  readonly name: string;
  readonly hunts: readonly Hunt[];
}

export const corpusBench: Bench = async ({ short, json }): Promise<Figure[]> => {
  const seeds = Array.from({ length: short ? 1 : 20 }, (_, i) => `corpus-${i + 1}`);
  const shrinks = short ? 1 : 3;
  const all: Hunted[] = [];
  for (const { name } of corpus) all.push(await huntAll(name, seeds, shrinks));
  const runs = Number(process.env['SEATRIAL_FALSE_ALARM_RUNS'] ?? (short ? 20 : 2000));
  const alarms = await alarmsOver(runs);
  if (!json) {
    console.log(detectionTable(all));
    if (!short) console.log(await ablationTable(all, seeds.slice(0, 3)));
    for (const alarm of alarms) console.log(`false alarm: ${alarm}`);
  }
  return [
    ...figuresOf(all, seeds.length),
    atMost('false-alarms', alarms.length, 0, `in ${runs} runs`),
  ];
};

function quarryOf(name: string): Quarry {
  const changes = corpus.find((each) => each.name === name)?.changes ?? {};
  return {
    trial: trialFor(name, size),
    integration: inProcess(middlewareWith(changes)),
    meant: expectations[name]?.caughtBy ?? [],
  };
}

async function huntAll(name: string, seeds: readonly string[], shrinks: number): Promise<Hunted> {
  const hunts: Hunt[] = [];
  for (const [index, seed] of seeds.entries()) {
    hunts.push(await hunt(quarryOf(name), seed, { runs: budget, shrinks: index < shrinks }));
  }
  return { name, hunts };
}

/** The sound integration under each bug's faults, and under all of them. */
async function alarmsOver(runs: number): Promise<string[]> {
  const sound = inProcess(middlewareWith());
  const trials = [badDay(size), ...corpus.map(({ name }) => trialFor(name, size))];
  const alarms: string[] = [];
  for (const trial of trials) {
    alarms.push(...(await falseAlarms(trial, sound, 'sound', Math.ceil(runs / trials.length))));
  }
  return alarms;
}

const caughtOf = ({ hunts }: Hunted) => hunts.flatMap(({ caught }) => caught ?? []);
const shrunkOf = ({ hunts }: Hunted) => hunts.flatMap(({ shrunk }) => shrunk ?? []);
const middle = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : median(values);

function figuresOf(all: readonly Hunted[], seeds: number): Figure[] {
  const found = all.filter((each) => caughtOf(each).length >= Math.ceil(seeds * 0.95));
  const seconds = all.flatMap((each) => caughtOf(each).map((caught) => caught.seconds));
  const stories = all.flatMap((each) => shrunkOf(each).map(({ events }) => events));
  const shrunk = all.flatMap(shrunkOf);
  const replayed = shrunk.filter(({ confirmed, confirmations }) => confirmed === confirmations);
  return [
    atLeast(
      'corpus-detected',
      found.length / all.length,
      0.95,
      'of the bugs, each in 19 of 20 seeds',
    ),
    atMost('corpus-median-s', middle(seconds), 5, 'seconds to the first detection'),
    atMost('story-median', middle(stories), 8, 'events'),
    atMost('story-worst', Math.max(...stories), 20, 'events'),
    reported(
      'story-replayed',
      replayed.length / shrunk.length,
      'of the stories, 10 times out of 10',
    ),
  ];
}

function detectionTable(all: readonly Hunted[]): string {
  const head = [
    'bug',
    'caught',
    'runs (median, worst)',
    'seconds',
    'attributed',
    'events',
    'blows',
    'replays',
  ];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const each of all) {
    const caught = caughtOf(each);
    const shrunk = shrunkOf(each);
    const runs = caught.map((one) => one.runs);
    const seconds = caught.map((one) => one.seconds);
    const named = each.hunts.filter(({ attributed }) => attributed).length;
    table.push([
      each.name,
      `${caught.length}/${each.hunts.length}`,
      `${middle(runs)}, ${Math.max(...runs)}`,
      `${middle(seconds).toFixed(2)}, ${Math.max(...seconds).toFixed(2)}`,
      `${named}/${caught.length}`,
      shrunk.map(({ events }) => events).join(' '),
      shrunk.map(({ blows }) => blows.join('>')).join(' '),
      shrunk.map(({ confirmed, confirmations }) => `${confirmed}/${confirmations}`).join(' '),
    ]);
  }
  return table.toString();
}

/** Without an invariant those escape that nothing else noticed; without a fault, those it brings out. */
async function ablationTable(all: readonly Hunted[], seeds: readonly string[]): Promise<string> {
  const table = new Table({
    head: ['taken away', 'then these escape'],
    style: { head: [], border: [] },
  });
  const invariants = new Set(all.flatMap(({ hunts }) => hunts.flatMap(({ fired }) => fired)));
  for (const invariant of invariants) {
    const escaped = all.filter(({ hunts }) =>
      hunts.some(({ fired }) => fired.length > 0 && fired.every((each) => each === invariant)),
    );
    if (escaped.length > 0) table.push([invariant, escaped.map(({ name }) => name).join(', ')]);
  }
  for (const { name } of all) {
    const quarry = quarryOf(name);
    const { faults = [] } = quarry.trial;
    for (const fault of faults) {
      const without = { ...quarry.trial, faults: faults.filter((each) => each !== fault) };
      const options = { runs: 15, shrinks: false };
      const hunts = [];
      for (const seed of seeds)
        hunts.push(await hunt({ ...quarry, trial: without }, seed, options));
      const caught = hunts.filter((each) => each.caught !== undefined).length;
      table.push([
        `${fault.kind} of ${name}`,
        caught === 0 ? name : `nothing: caught ${caught}/${seeds.length} without it`,
      ]);
    }
  }
  return table.toString();
}
