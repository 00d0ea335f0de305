/**
 * Folds invariants over a history. One pass dispatches each record only to the invariants that want
 * it; with `partitions` the keys are split by hash and the history is read once for each part, which
 * bounds memory by the largest part.
 */
import type { HistorySource } from './history.ts';
import type { Ending, Interest, Invariant, InvariantResult, Violation } from './invariant.ts';
import { stableHash } from './random.ts';
import type { HistoryRecord } from './record.ts';

export interface CheckOptions {
  /** Passes over the history; default 1. */
  readonly partitions?: number;
  /** Violations listed per invariant; the others are counted. Default 20. */
  readonly listAtMost?: number;
}

interface Running {
  readonly invariant: Invariant;
  readonly tally: Tally;
  states: Map<string, unknown>;
}

interface Tally {
  seen: number;
  readonly violations: Violation[];
  violated: number;
  unknown: string | undefined;
}

/** Checks every invariant; results in the order given. */
export function check(
  history: HistorySource,
  invariants: readonly Invariant[],
  { partitions = 1, listAtMost = 20 }: CheckOptions = {},
): InvariantResult[] {
  const ending = endingOf(history);
  const running = invariants.map((invariant): Running => ({
    invariant: invariant.fresh?.() ?? invariant,
    tally: { seen: 0, violations: [], violated: 0, unknown: undefined },
    states: new Map(),
  }));
  for (let part = 0; part < partitions; part++) {
    fold(history, running, (key) => partitions === 1 || partOf(key, partitions) === part);
    for (const each of running) judge(each, ending, listAtMost);
  }
  return running.map(resultOf);
}

/** When the trial healed and ended, from its phase records. */
export function endingOf(history: HistorySource): Ending {
  let healedAt: number | undefined;
  let endedAt = 0;
  let quiet = true;
  for (const record of history) {
    endedAt = record.at;
    if (record.type !== 'phase') continue;
    if (record.phase === 'heal') healedAt = record.at;
    if (record.phase === 'check') quiet = record.reason !== 'deadline';
  }
  return { healedAt: healedAt ?? endedAt, endedAt, quiet };
}

const partOf = (key: string, partitions: number): number =>
  Number.parseInt(stableHash(key).slice(0, 8), 16) % partitions;

function fold(history: HistorySource, running: readonly Running[], mine: (key: string) => boolean): void {
  const routes = new Router(running);
  for (const record of history) {
    for (const each of routes.of(record)) {
      const keys = each.invariant.keysOf(record);
      if (keys === undefined) continue;
      if (typeof keys === 'string') {
        if (mine(keys)) step(each, keys, record);
      } else for (const key of keys) if (mine(key)) step(each, key, record);
    }
  }
}

function step({ invariant, states }: Running, key: string, record: HistoryRecord): void {
  const before = states.get(key);
  const state = before === undefined ? invariant.begin(key) : before;
  const after = invariant.step(state, record);
  if (after !== before) states.set(key, after);
}

function judge(running: Running, ending: Ending, listAtMost: number): void {
  const { invariant, tally, states } = running;
  for (const [key, state] of states) {
    const finding = invariant.end(state, key, ending);
    if (finding.exercised) tally.seen++;
    tally.violated += finding.violations.length;
    for (const violation of finding.violations) {
      if (tally.violations.length < listAtMost) tally.violations.push(violation);
    }
    tally.unknown ??= finding.unknown;
  }
  running.states = new Map();
}

function resultOf({ invariant, tally }: Running): InvariantResult {
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
    return { ...common, status: 'unknown', reason: 'nothing in this trial exercised it' };
  }
  return { ...common, status: 'holds' };
}

/** Which invariants want a record, remembered by its shape. */
class Router {
  readonly #running: readonly Running[];
  readonly #byShape = new Map<string, Map<string, Map<string, readonly Running[]>>>();

  constructor(running: readonly Running[]) {
    this.#running = running;
  }

  of(record: HistoryRecord): readonly Running[] {
    const system = systemOf(record);
    const document = 'document' in record ? record.document : '';
    let bySystem = this.#byShape.get(record.type);
    if (bySystem === undefined) this.#byShape.set(record.type, (bySystem = new Map()));
    let byDocument = bySystem.get(system);
    if (byDocument === undefined) bySystem.set(system, (byDocument = new Map()));
    let found = byDocument.get(document);
    if (found === undefined) {
      found = this.#running.filter(({ invariant }) =>
        invariant.interests.some((interest) => wants(interest, record, system, document)),
      );
      byDocument.set(document, found);
    }
    return found;
  }
}

const systemOf = (record: HistoryRecord): string => {
  if ('system' in record) return record.system;
  return 'callee' in record ? record.callee : '';
};

const wants = (interest: Interest, record: HistoryRecord, system: string, document: string): boolean =>
  interest.type === record.type &&
  (interest.system === undefined || interest.system === system) &&
  (interest.document === undefined || interest.document === document);
