/** What a check has found so far: it ends the states of keys, counts what that says, and sums it up. */
import type { Group, Running } from './check-groups.ts';
import type { Ending, Finding, Invariant, InvariantResult, Violation } from './invariant.ts';

interface Tally {
  seen: number;
  readonly violations: Violation[];
  violated: number;
  unknown: string | undefined;
}

interface Member extends Running {
  readonly tally: Tally;
}

const newTally = (): Tally => ({ seen: 0, violations: [], violated: 0, unknown: undefined });

export class Judge {
  readonly #tallies: ReadonlyMap<Running, Tally>;
  readonly #members = new Map<Group, readonly Member[]>();
  readonly #listAtMost: number;

  constructor(running: readonly Running[], listAtMost: number) {
    this.#tallies = new Map(running.map((each): [Running, Tally] => [each, newTally()]));
    this.#listAtMost = listAtMost;
    for (const each of running) {
      const member = { ...each, tally: this.#tallies.get(each) as Tally };
      this.#members.set(each.group, [...(this.#members.get(each.group) ?? []), member]);
    }
  }

  /** Ends all keys of a group, and lets go of them. */
  end(group: Group, ending: Ending): void {
    const members = this.#members.get(group) ?? [];
    for (const [key, state] of group.alone) this.#endAlone(members, key, state, ending);
    for (const [key, states] of group.states) this.#endAll(members, key, states, ending);
    group.alone.clear();
    group.states.clear();
  }

  /** Ends one key of a group, and lets go of it. */
  endKey(group: Group, key: string, ending: Ending): void {
    const members = this.#members.get(group) ?? [];
    if (group.size === 1) {
      this.#endAlone(members, key, group.alone.get(key), ending);
      group.alone.delete(key);
    } else {
      this.#endAll(members, key, group.states.get(key) as unknown[], ending);
      group.states.delete(key);
    }
  }

  resultOf(running: Running): InvariantResult {
    return resultOf(running.invariant, this.#tallies.get(running) as Tally);
  }

  #endAlone(members: readonly Member[], key: string, state: unknown, ending: Ending): void {
    for (const { invariant, tally } of members) {
      count(invariant.end(state, key, ending), tally, this.#listAtMost);
    }
  }

  #endAll(
    members: readonly Member[],
    key: string,
    states: readonly unknown[],
    ending: Ending,
  ): void {
    for (const { index, invariant, tally } of members) {
      const state = states[index];
      if (state !== undefined) count(invariant.end(state, key, ending), tally, this.#listAtMost);
    }
  }
}

/** The result of an invariant that judges the history as a whole. */
export function resultOfWhole(
  invariant: Invariant,
  finding: Finding,
  listAtMost: number,
): InvariantResult {
  const tally = newTally();
  count(finding, tally, listAtMost);
  return resultOf(invariant, tally);
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
