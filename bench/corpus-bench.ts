/**
 * What exploration finds of the corpus of known bugs, and what it costs: runs and seconds to the first
 * detection over 20 seeds, whether the meant invariant named it, the length of the shrunk story, whether
 * that story replays; false alarms of the fixed twins; and the ablation: which bugs escape when an
 * invariant or a fault is taken away. In virtual time and this process; `--write` puts the tables into
 * docs/bug-corpus.md.
 */
import { inProcess } from '../harness/integration.ts';
import type { Bug } from '../test/integrations/broken/bug.ts';
import { corpus } from '../test/integrations/broken/corpus.ts';
import { badDay, trialFor } from '../test/integrations/broken/trials.ts';
import { middlewareWith } from '../test/integrations/kit/in-process.ts';
import { type Ablation, ablationOf } from './corpus-ablation.ts';
import {
  type Hunt,
  type Hunted,
  type Quarry,
  falseAlarms,
  hunt,
  isDetected,
} from './corpus-hunt.ts';
import { ablationTables, detectionTable, misses, writeInto } from './corpus-tables.ts';
import { type Bench, type Effort, type Figure, atLeast, atMost, reported } from './figure.ts';
import { median } from './measure.ts';

/** Runs within which a bug must be caught. */
const budget = 60;
const page = 'docs/bug-corpus.md';
const size = { purchaseOrders: 10, over: '8s' } as const;

interface Scale {
  readonly seeds: readonly string[];
  /** Seeds of each bug whose catch is shrunk, and bugs for which that is done. */
  readonly shrinks: number;
  readonly shrunkBugs: number;
  /** Runs of each twin. */
  readonly twinRuns: number;
  readonly badRuns: number;
}

export const corpusBench: Bench = async (effort): Promise<Figure[]> => {
  const scale = scaleOf(effort);
  const all: Hunted[] = [];
  for (const bug of corpus) all.push(await huntAll(bug, scale, all.length, effort));
  const sound = inProcess(middlewareWith());
  const alarms = await falseAlarms(badDay(size), sound, 'sound', scale.badRuns);
  alarms.push(...all.flatMap((each) => each.alarms));
  const runs = scale.badRuns + scale.twinRuns * corpus.length;
  // The ablation takes as long as all else together: what is known by then is written before.
  if (effort.write) writeInto(page, all, { alarms, runs });
  const ablation = effort.short ? undefined : await ablationOf(all, quarryOf, scale.seeds);
  if (effort.write) writeInto(page, all, { alarms, runs, ...(ablation && { ablation }) });
  if (!effort.json) print(all, alarms, ablation);
  return [
    ...figuresOf(all, scale.seeds.length),
    atMost('false-alarms', alarms.length, 0, `in ${runs} runs`),
  ];
};

/** `SEATRIAL_CORPUS_SEEDS` and `SEATRIAL_FALSE_ALARM_RUNS` set it otherwise. */
function scaleOf({ short }: Effort): Scale {
  const count = Number(process.env['SEATRIAL_CORPUS_SEEDS'] ?? (short ? 1 : 20));
  const runs = Number(process.env['SEATRIAL_FALSE_ALARM_RUNS'] ?? (short ? 50 : 2000));
  return {
    seeds: Array.from({ length: count }, (_, i) => `corpus-${i + 1}`),
    shrinks: 1,
    shrunkBugs: short ? 3 : corpus.length,
    twinRuns: Math.max(count, Math.floor(runs / 2 / corpus.length)),
    badRuns: Math.ceil(runs / 2),
  };
}

function quarryOf({ name, changes, caughtBy }: Bug): Quarry {
  return {
    trial: trialFor(name, size),
    integration: inProcess(middlewareWith(changes)),
    meant: caughtBy,
  };
}

async function huntAll(
  bug: Bug,
  { seeds, shrinks, shrunkBugs, twinRuns }: Scale,
  place: number,
  { json }: Effort,
): Promise<Hunted> {
  const hunts: Hunt[] = [];
  for (const [index, seed] of seeds.entries()) {
    const isShrunk = index < shrinks && place < shrunkBugs;
    hunts.push(await hunt(quarryOf(bug), seed, { runs: budget, shrinks: isShrunk }));
  }
  const twin = inProcess(middlewareWith(bug.twin));
  const alarms = await falseAlarms(trialFor(bug.name, size), twin, 'twin', twinRuns);
  const caught = hunts.filter((each) => each.caught !== undefined).length;
  if (!json) process.stderr.write(`  ${bug.name}: ${caught}/${hunts.length}\n`);
  return { bug, hunts, alarms };
}

function print(all: readonly Hunted[], alarms: readonly string[], ablation?: Ablation): void {
  console.log(detectionTable(all));
  if (ablation !== undefined) console.log(ablationTables(ablation));
  console.log(misses(all));
  for (const alarm of alarms) console.log(`false alarm: ${alarm}`);
}

function figuresOf(all: readonly Hunted[], seeds: number): Figure[] {
  const found = all.filter(isDetected);
  const seconds = all.flatMap(({ hunts }) => hunts.flatMap(({ caught }) => caught?.seconds ?? []));
  const shrunk = all.flatMap(({ hunts }) => hunts.flatMap((each) => each.shrunk ?? []));
  const stories = shrunk.map(({ events }) => events);
  const replayed = shrunk.filter(({ confirmed, confirmations }) => confirmed === confirmations);
  const named = all.flatMap(({ hunts }) => hunts.filter(({ attributed }) => attributed));
  const often = seeds === 1 ? 'in its only seed' : `in 95 % of ${seeds} seeds`;
  return [
    atLeast('corpus-detected', found.length / all.length, 0.95, `of ${all.length} bugs ${often}`),
    atMost('corpus-median-s', median(seconds), 5, 'seconds to the first detection'),
    atMost('story-median', median(stories), 8, 'events'),
    atMost('story-worst', Math.max(...stories), 20, 'events'),
    reported(
      'story-replayed',
      replayed.length / shrunk.length,
      `of ${shrunk.length} stories, 10 times out of 10`,
    ),
    reported('corpus-attributed', named.length / seconds.length, 'of the catches'),
  ];
}
