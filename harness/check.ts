/**
 * Folds invariants over a history. One pass dispatches each record only to the invariants that want
 * it; with `partitions` the keys are split by hash and the history is read once for each part, which
 * bounds memory by the largest part. Invariants of one group find their states by one look-up.
 */
import type { HistorySource } from './history.ts';
import {
  type Ending,
  type Finding,
  type Invariant,
  type InvariantResult,
  Shared,
  type Violation,
} from './invariant.ts';
import { stableHash } from './random.ts';
import {
  type Group,
  type Route,
  Router,
  type Running,
  type Slot,
  groupsOf,
} from './check-groups.ts';
import type { HistoryRecord } from './record.ts';

export interface CheckOptions {
  /**
   * Parts that the keys are split into, one checked after the other; default as many as the history
   * asks for, which is one for a history in memory.
   */
  readonly partitions?: number;
  /** Violations listed per invariant; the others are counted. Default 20. */
  readonly listAtMost?: number;
  /**
   * Whether nothing was owed any more when the history ended; default: what its last phase says. Of
   * what is still owed nobody can say yet that it is lost.
   */
  readonly quiet?: boolean;
}

interface Tally {
  seen: number;
  readonly violations: Violation[];
  violated: number;
  unknown: string | undefined;
}

const newTally = (): Tally => ({ seen: 0, violations: [], violated: 0, unknown: undefined });

/** Checks every invariant; results in the order given. */
export function check(
  history: HistorySource,
  invariants: readonly Invariant[],
  { partitions = history.parts ?? 1, listAtMost = 20, quiet }: CheckOptions = {},
): InvariantResult[] {
  const shared = new Shared();
  const fresh = invariants.map((invariant) => invariant.fresh?.(shared) ?? invariant);
  const { groups, running } = groupsOf(fresh.filter(({ whole }) => whole === undefined));
  const router = new Router(groups);
  const tallies = new Map(running.map((each): [Running, Tally] => [each, newTally()]));
  for (let part = 0; part < partitions; part++) {
    const mine = partitions === 1 ? undefined : (key: string) => partOf(key, partitions) === part;
    const read = fold(history, router, mine);
    const ending = quiet === undefined ? read : { ...read, quiet };
    for (const group of groups) {
      judge(
        group,
        running.filter((each) => each.group === group),
        tallies,
        ending,
        listAtMost,
      );
      group.states.clear();
      group.alone.clear();
    }
  }
  const folded = running.map((each) => resultOf(each.invariant, tallies.get(each) as Tally));
  return fresh.map((invariant) => {
    if (invariant.whole === undefined) return folded.shift() as InvariantResult;
    const tally = newTally();
    count(invariant.whole(history), tally, listAtMost);
    return resultOf(invariant, tally);
  });
}

/** When the trial healed and ended, from its phase records. */
export function endingOf(history: HistorySource): Ending {
  const reader = new EndingReader();
  for (const record of history) reader.read(record);
  return reader.ending;
}

class EndingReader {
  #healedAt: number | undefined;
  #endedAt = 0;
  #quiet = true;

  read(record: HistoryRecord): void {
    this.#endedAt = record.at;
    if (record.type !== 'phase') return;
    if (record.phase === 'heal') this.#healedAt = record.at;
    if (record.phase === 'check') this.#quiet = record.reason !== 'deadline';
  }

  get ending(): Ending {
    const endedAt = this.#endedAt;
    return { healedAt: this.#healedAt ?? endedAt, endedAt, quiet: this.#quiet };
  }
}

const partOf = (key: string, partitions: number): number =>
  Number.parseInt(stableHash(key).slice(0, 8), 16) % partitions;

type Mine = ((key: string) => boolean) | undefined;

/** One pass; returns how the trial ended, which it has seen by then. */
function fold(history: HistorySource, router: Router, mine: Mine): Ending {
  const reader = new EndingReader();
  for (const record of history) {
    reader.read(record);
    for (const route of router.of(record)) {
      const keys = route.group.keysOf(record);
      if (keys === undefined) continue;
      if (typeof keys === 'string') {
        if (mine === undefined || mine(keys)) step(route, keys, record);
      } else for (const key of keys) if (mine === undefined || mine(key)) step(route, key, record);
    }
  }
  return reader.ending;
}

function step({ group, slots }: Route, key: string, record: HistoryRecord): void {
  if (group.size === 1) stepAlone(group, slots[0] as Slot, key, record);
  else stepAll(group, slots, key, record);
}

/** A group with one place keeps its states as they are: most have one, and a state each is enough. */
function stepAlone(
  { alone }: Group,
  { invariant }: Slot,
  key: string,
  record: HistoryRecord,
): void {
  let state = alone.get(key);
  if (state === undefined) {
    if (invariant.opens !== undefined && !invariant.opens(record)) return;
    state = invariant.begin(key);
    alone.set(key, invariant.step(state, record));
    return;
  }
  const after = invariant.step(state, record);
  if (after !== state) alone.set(key, after);
}

function stepAll(group: Group, slots: readonly Slot[], key: string, record: HistoryRecord): void {
  let states = group.states.get(key);
  for (const { index, invariant } of slots) {
    let state = states?.[index];
    if (state === undefined) {
      if (invariant.opens !== undefined && !invariant.opens(record)) continue;
      state = invariant.begin(key);
      if (states === undefined) group.states.set(key, (states = newStates(group)));
    }
    (states as unknown[])[index] = invariant.step(state, record);
  }
}

const newStates = (group: Group): unknown[] => {
  const states: unknown[] = [];
  for (let i = 0; i < group.size; i++) states.push(undefined);
  return states;
};

function judge(
  group: Group,
  members: readonly Running[],
  tallies: ReadonlyMap<Running, Tally>,
  ending: Ending,
  listAtMost: number,
): void {
  const judging = members.map((each) => ({ ...each, tally: tallies.get(each) as Tally }));
  for (const [key, state] of group.alone) {
    for (const { invariant, tally } of judging) {
      count(invariant.end(state, key, ending), tally, listAtMost);
    }
  }
  for (const [key, states] of group.states) {
    for (const { index, invariant, tally } of judging) {
      const state = states[index];
      if (state !== undefined) count(invariant.end(state, key, ending), tally, listAtMost);
    }
  }
}

function count(
  { exercised, violations, unknown }: Finding,
  tally: Tally,
  listAtMost: number,
): void {
  if (exercised) tally.seen++;
  tally.unknown ??= unknown;
  if (violations.length === 0) return;
  tally.violated += violations.length;
  const room = Math.max(0, listAtMost - tally.violations.length);
  tally.violations.push(...violations.slice(0, room));
}

function resultOf(invariant: Invariant, tally: Tally): InvariantResult {
  const { name, promise, family } = invariant;
  const common = {
    invariant: name,
    promise,
    ...(family === undefined ? {} : { family }),
    seen: tally.seen,
    violations: tally.violations,
    unlisted: tally.violated - tally.violations.length,
  };
  if (tally.violated > 0) return { ...common, status: 'violated' };
  if (tally.unknown !== undefined) return { ...common, status: 'unknown', reason: tally.unknown };
  if (tally.seen === 0) {
    const idle = invariant.conditional === true ? { idle: true } : {};
    return { ...common, status: 'unknown', reason: 'nothing in this trial exercised it', ...idle };
  }
  return { ...common, status: 'holds' };
}
