/** Folds the records of a history into the states of groups: one pass over it, or over a part of its keys. */
import type { Group, Route, Router, Slot } from './check-groups.ts';
import type { HistorySource } from './history.ts';
import type { Ending } from './invariant.ts';
import type { KeyLives } from './key-lives.ts';
import type { HistoryRecord } from './record.ts';

export interface Pass {
  /** Sees each record before anything else does. */
  readonly see?: ((record: HistoryRecord) => void) | undefined;
  /** Which keys are folded; default all. */
  readonly mine?: ((key: string) => boolean) | undefined;
  /** Hears of each key that has a state from now on. */
  readonly begun?: (group: Group, key: string) => void;
}

/** One pass; returns how the trial ended, which it has seen by then. */
export function fold(
  history: HistorySource,
  router: Router,
  { see, mine, begun }: Pass = {},
): Ending {
  const reader = new EndingReader();
  for (const record of history) {
    see?.(record);
    reader.read(record);
    for (const route of router.of(record)) {
      const keys = route.group.keysOf(record);
      if (keys === undefined) continue;
      if (typeof keys === 'string') {
        if (mine === undefined || mine(keys)) step(route, keys, record, begun);
      } else {
        for (const key of keys) {
          if (mine === undefined || mine(key)) step(route, key, record, begun);
        }
      }
    }
  }
  return reader.ending;
}

/** One pass that only learns: names, how the trial ended, and how long each key is spoken of. */
export function learn(
  history: HistorySource,
  router: Router,
  lives: KeyLives,
  see?: (record: HistoryRecord) => void,
): Ending {
  const reader = new EndingReader();
  for (const record of history) {
    see?.(record);
    reader.read(record);
    let last: string | undefined;
    for (const { group } of router.of(record)) {
      const keys = group.keysOf(record);
      if (keys === undefined || keys === last) continue;
      if (typeof keys === 'string') lives.see((last = keys), record.position);
      else for (const key of keys) lives.see(key, record.position);
    }
  }
  return reader.ending;
}

/** Why a trial may end with something still owed. */
const unfinished: ReadonlySet<string | undefined> = new Set(['deadline', 'stopped']);

export class EndingReader {
  #healedAt: number | undefined;
  #endedAt = 0;
  #quiet = true;

  read(record: HistoryRecord): void {
    this.#endedAt = record.at;
    if (record.type !== 'phase') return;
    if (record.phase === 'heal') this.#healedAt = record.at;
    if (record.phase === 'check') this.#quiet = !unfinished.has(record.reason);
  }

  get ending(): Ending {
    const endedAt = this.#endedAt;
    return { healedAt: this.#healedAt ?? endedAt, endedAt, quiet: this.#quiet };
  }
}

function step(
  { group, slots }: Route,
  key: string,
  record: HistoryRecord,
  begun: Pass['begun'],
): void {
  const isNew =
    group.size === 1
      ? stepAlone(group, slots[0] as Slot, key, record)
      : stepAll(group, slots, key, record);
  if (isNew) begun?.(group, key);
}

/** A group with one place keeps its states as they are: most have one, and a state each is enough. */
function stepAlone(
  { alone }: Group,
  { invariant }: Slot,
  key: string,
  record: HistoryRecord,
): boolean {
  const state = alone.get(key);
  if (state === undefined) {
    if (invariant.opens !== undefined && !invariant.opens(record)) return false;
    alone.set(key, invariant.step(invariant.begin(key), record));
    return true;
  }
  const after = invariant.step(state, record);
  if (after !== state) alone.set(key, after);
  return false;
}

function stepAll(
  group: Group,
  slots: readonly Slot[],
  key: string,
  record: HistoryRecord,
): boolean {
  const known = group.states.get(key);
  let states = known;
  for (const { index, invariant } of slots) {
    let state = states?.[index];
    if (state === undefined) {
      if (invariant.opens !== undefined && !invariant.opens(record)) continue;
      state = invariant.begin(key);
      if (states === undefined) group.states.set(key, (states = newStates(group)));
    }
    (states as unknown[])[index] = invariant.step(state, record);
  }
  return states !== known;
}

const newStates = (group: Group): unknown[] => {
  const states: unknown[] = [];
  for (let i = 0; i < group.size; i++) states.push(undefined);
  return states;
};
