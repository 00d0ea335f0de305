/**
 * The shortest story that shows a violation: of all that happened, what happened to its documents,
 * what went wrong on the way, and the records that prove it; in order of time, in the narrator's words.
 */
import { describeDuration } from './duration.ts';
import type { HistorySource } from './history.ts';
import type { Violation } from './invariant.ts';
import type { HistoryRecord } from './record.ts';
import type { Narrator } from './workload.ts';

export interface StoryLine {
  readonly position: number;
  /** Milliseconds after the story's first line. */
  readonly afterMs: number;
  readonly sentence: string;
}

export interface StoryOptions {
  /** Lines at most; the records that prove the violation are told first of all. Default 10. */
  readonly atMost?: number;
  /**
   * For a run in which nearly all that happened matters: without what followed from the last proof,
   * and without documents that only went along.
   */
  readonly terse?: boolean;
}

/** How much a record tells; records of a lower number are told first when there is little room. */
type Weight = 0 | 1 | 2 | 3 | 4;

interface Candidate {
  readonly record: HistoryRecord;
  readonly sentence: string;
  readonly weight: Weight;
}

/** Tells a violation. Empty when the narrator has no words for any of its records. */
export function storyOf(
  history: HistorySource,
  violation: Violation,
  narrate: Narrator,
  { atMost = 10, terse = false }: StoryOptions = {},
): StoryLine[] {
  const cast = castOf(history, violation);
  const candidates: Candidate[] = [];
  for (const record of history) {
    // In a run made small every blow that is left matters, whatever it fell on.
    const weight =
      weightOf(record, cast) ?? (terse && record.type === 'fault.fired' ? 1 : undefined);
    if (weight === undefined) continue;
    const sentence = narrate(record);
    if (sentence !== undefined) candidates.push({ record, sentence, weight });
  }
  const worthTelling = withoutEchoes(candidates);
  const told = shortened(terse ? essential(worthTelling, cast) : worthTelling, cast, atMost);
  const first = told[0]?.record.at ?? 0;
  return told.map(({ record, sentence }) => ({
    position: record.position,
    afterMs: record.at - first,
    sentence,
  }));
}

/** The story as lines of text with the time since its beginning: `+2.5 s  The ERP ...`. */
export function storyLines(story: readonly StoryLine[]): string[] {
  const times = story.map(({ afterMs }) => `+${describeDuration(afterMs)}`);
  const width = Math.max(0, ...times.map((time) => time.length));
  return story.map(
    ({ sentence }, index) => `${(times[index] as string).padEnd(width)}  ${sentence}`,
  );
}

/** Who takes part: keys, the records that prove it, and the exchanges and messages they belong to. */
interface Cast {
  readonly keys: ReadonlySet<string>;
  readonly positions: ReadonlySet<number>;
  readonly exchanges: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
}

function castOf(history: HistorySource, { keys, positions }: Violation): Cast {
  const cast = {
    keys: new Set(keys),
    positions: new Set(positions),
    exchanges: new Set<string>(),
    messages: new Set<string>(),
  };
  for (const record of history) {
    const named = cast.keys.has(keyOf(record) ?? '');
    if (!named && !cast.positions.has(record.position)) continue;
    if ('exchange' in record && record.exchange !== undefined) cast.exchanges.add(record.exchange);
    // A message is worth telling when it went wrong; the many that went well are not part of it.
    if ('message' in record && record.message !== undefined && wentWrong(record)) {
      cast.messages.add(record.message);
    }
  }
  return cast;
}

function keyOf(record: HistoryRecord): string | undefined {
  if (record.type === 'commit') return record.id;
  return 'key' in record ? record.key : undefined;
}

const wentWrong = (record: HistoryRecord): boolean =>
  record.type === 'fault.fired' ||
  record.type === 'message.abandoned' ||
  (record.type === 'message.delivered' &&
    (record.copy > 1 || record.attempt > 1 || record.outcome !== 'ok'));

function weightOf(record: HistoryRecord, cast: Cast): Weight | undefined {
  if (cast.positions.has(record.position)) return 0;
  switch (record.type) {
    case 'fault.fired':
      if (!isOurs(record, cast)) return undefined;
      // Slowness alone breaks nothing, and there is much of it.
      return record.kind === 'latency' ? 3 : 1;
    case 'commit':
      return isOurs(record, cast) ? commitWeight(record, cast) : undefined;
    case 'exchange.invoked':
      return isOurs(record, cast) && !record.safe ? 2 : undefined;
    case 'exchange.completed':
      return isOurs(record, cast) && record.outcome !== 'ok' ? 2 : undefined;
    case 'message.abandoned':
      return isOurs(record, cast) ? 1 : undefined;
    case 'message.delivered':
      return cast.messages.has(record.message) ? 3 : undefined;
    case 'actor.acted':
      return record.key !== undefined && cast.keys.has(record.key) ? 4 : undefined;
    case 'integration':
      return record.event === 'started' ? undefined : 3;
    case 'phase':
      return record.phase === 'heal' ? 4 : undefined;
    default:
      return undefined;
  }
}

/** The first version says what it is about; later ones matter less unless they prove something. */
const commitWeight = (record: HistoryRecord & { type: 'commit' }, cast: Cast): Weight => {
  if (!cast.keys.has(record.id)) return 4;
  return record.version === 1 ? 1 : 3;
};

function isOurs(record: HistoryRecord, cast: Cast): boolean {
  const key = keyOf(record);
  if (key !== undefined && cast.keys.has(key)) return true;
  if ('exchange' in record && record.exchange !== undefined && cast.exchanges.has(record.exchange))
    return true;
  return 'message' in record && record.message !== undefined && cast.messages.has(record.message);
}

/** Exchanges that a fault fell on. */
const struckIn = (candidates: readonly Candidate[]): ReadonlySet<string> =>
  new Set(
    candidates.flatMap(({ record }) =>
      record.type === 'fault.fired' ? (record.exchange ?? []) : [],
    ),
  );

/** A fault and the broken answer it caused are told once; so is the same sentence twice in a row. */
function withoutEchoes(candidates: readonly Candidate[]): Candidate[] {
  const struck = struckIn(candidates);
  const result: Candidate[] = [];
  for (const candidate of candidates) {
    const { record, weight, sentence } = candidate;
    const echo = record.type === 'exchange.completed' && weight > 0 && struck.has(record.exchange);
    if (echo || (weight > 0 && result.at(-1)?.sentence === sentence)) continue;
    result.push(candidate);
  }
  return result;
}

function essential(candidates: readonly Candidate[], { keys, positions }: Cast): Candidate[] {
  // One proof alone is where it began: what was lost after it has left no record.
  const last = positions.size > 1 ? Math.max(...positions) : Number.POSITIVE_INFINITY;
  const struck = struckIn(candidates);
  // A call about another document, which went well, only went along.
  const wentAlong = ({ record }: Candidate): boolean =>
    record.type === 'exchange.invoked' &&
    !keys.has(record.key ?? '') &&
    !struck.has(record.exchange);
  return candidates.filter(
    (each) =>
      each.weight <= 1 || (each.weight <= 2 && each.record.position <= last && !wentAlong(each)),
  );
}

/** The weightiest candidates; of equals those nearest to the records that prove the violation. */
function shortened(
  candidates: readonly Candidate[],
  { positions }: Cast,
  atMost: number,
): Candidate[] {
  if (candidates.length <= atMost) return [...candidates];
  const proofs = [...positions];
  const distance = ({ record }: Candidate): number =>
    proofs.length === 0 ? 0 : Math.min(...proofs.map((each) => Math.abs(each - record.position)));
  return candidates
    .toSorted((a, b) => a.weight - b.weight || distance(a) - distance(b))
    .slice(0, atMost)
    .toSorted((a, b) => a.record.position - b.record.position);
}
