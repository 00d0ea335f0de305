/**
 * What happened to one business key of a flow, folded once for all invariants that the flow gives:
 * its facts at the source, its documents at the target, and what went wrong between them.
 */
import type { FieldRule, Flow } from '../../harness/flow.ts';
import type { CommitRecord, DeliveredRecord, EmittedRecord } from '../../harness/record.ts';
import { takeCorrelation } from './flow-correlation.ts';
import type { RequestsMade } from './requests-made.ts';
import { type Version, showVersion, takeVersion } from './flow-versions.ts';

/** The last word of the source: of the highest rank, and the latest of those. */
export interface LastFact {
  data: unknown;
  at: number;
  position: number;
  rank: number;
  id: string;
}

/** A document at the target, as it is. */
export interface Arrival {
  readonly id: string;
  /** When and where it first counted; -1 while it never did. */
  countedAt: number;
  countedPosition: number;
  /** Whether it counts now: a duplicate that was taken back is mended. */
  counts: boolean;
  data: unknown;
  position: number;
  /** Place of the source version that it showed last; -1 before it showed any. */
  shows: number;
}

/** An older version over a newer one. */
export interface Overwrite {
  readonly id: string;
  readonly position: number;
  readonly newer: Version;
  readonly older: Version;
}

/** A change of the source by the integration. */
interface Intrusion {
  readonly id: string;
  readonly position: number;
  readonly field: string;
  readonly old: unknown;
  readonly now: unknown;
}

/** An effect under an id that no version of the fact had. */
interface Stray {
  readonly id: string;
  readonly position: number;
  readonly correlationId: string | undefined;
}

export interface FlowTruth {
  fact: LastFact | undefined;
  /** When the source first had it in a state that allows a document at the target; -1 before. */
  knownAt: number;
  /** When and where it first owed the flow something; -1 before. */
  owedAt: number;
  owedPosition: number;
  /** The first document that counted; the target is asked for no more than one as a rule. */
  first: Arrival | undefined;
  readonly arrivals: Arrival[];
  versions: Version[] | undefined;
  overwrites: Overwrite[] | undefined;
  intrusions: Intrusion[] | undefined;
  correlationId: string | undefined;
  otherCorrelationIds: string[] | undefined;
  carried: number;
  strays: Stray[] | undefined;
  messageLost: boolean;
  /** What it was about is no more, so that it owes nothing. */
  lapsed: boolean;
  /** Version of the last commit of the fact; above the told one when the source kept it to itself. */
  factVersion: number;
  /** Version of the last message about it, and where it was taken; -1 while it is on its way. */
  toldVersion: number;
  heardAt: number;
}

export const newFlowTruth = (): FlowTruth => ({
  fact: undefined,
  knownAt: -1,
  owedAt: -1,
  owedPosition: -1,
  first: undefined,
  arrivals: [],
  versions: undefined,
  overwrites: undefined,
  intrusions: undefined,
  correlationId: undefined,
  otherCorrelationIds: undefined,
  carried: 0,
  strays: undefined,
  messageLost: false,
  lapsed: false,
  factVersion: -1,
  toldVersion: -1,
  heardAt: -1,
});

/** Takes in that a message about the fact was sent, or taken. */
export function takeMessage(truth: FlowTruth, record: EmittedRecord | DeliveredRecord): void {
  if (record.type === 'message.emitted') {
    truth.toldVersion = record.version;
    truth.heardAt = -1;
  } else if (record.outcome === 'ok' && record.version >= truth.toldVersion && truth.heardAt < 0) {
    truth.heardAt = record.position;
  }
}

/** Takes a commit at the source in. */
export function takeFact(flow: Flow, truth: FlowTruth, record: CommitRecord): void {
  const { data, at, position } = record;
  const { when, known } = flow.from;
  truth.factVersion = record.version;
  if (truth.owedAt < 0 && (when === undefined || when(data))) {
    truth.owedAt = at;
    truth.owedPosition = position;
  }
  if (truth.knownAt < 0 && (known === undefined ? truth.owedAt >= 0 : known(data)))
    truth.knownAt = at;
  noteIntrusion(flow, truth, record);
  noteCorrelation(truth, record.correlationId);
  if (flow.order === 'version') takeVersion(flow, truth, record);
  replaceFact(flow, truth, record);
}

function replaceFact(flow: Flow, truth: FlowTruth, { data, at, position, id }: CommitRecord): void {
  const rank = flow.from.rank?.(data) ?? 0;
  const { fact } = truth;
  if (fact === undefined) {
    truth.fact = { data, at, position, rank, id };
  } else if (rank >= fact.rank) {
    fact.data = data;
    fact.at = at;
    fact.position = position;
    fact.rank = rank;
    fact.id = id;
  }
}

function noteIntrusion(flow: Flow, truth: FlowTruth, record: CommitRecord): void {
  const { fact } = truth;
  if (record.exchange === undefined || fact === undefined || fact.id !== record.id) return;
  const changed = flow.agree.find((rule) => isChanged(rule, fact.data, record.data));
  if (changed === undefined) return;
  const { id, position } = record;
  const [old, now] = [changed.from(fact.data), changed.from(record.data)];
  (truth.intrusions ??= []).push({ id, position, field: changed.field, old, now });
}

/** Both are documents of the source, so both are read by the source's side of the rule. */
function isChanged(rule: FieldRule, before: unknown, after: unknown): boolean {
  if (rule.same?.(before, after) === true) return false;
  const [old, now] = [rule.from(before), rule.from(after)];
  return old !== now && String(old) !== String(now);
}

function noteCorrelation(truth: FlowTruth, id: string | undefined): void {
  if (id === undefined || id === truth.correlationId) return;
  if (truth.correlationId === undefined) truth.correlationId = id;
  else if (truth.otherCorrelationIds?.includes(id) !== true)
    (truth.otherCorrelationIds ??= []).push(id);
}

/** Takes a commit at the target in. */
export function takeArrival(
  flow: Flow,
  truth: FlowTruth,
  record: CommitRecord,
  requests: RequestsMade,
): void {
  const { id, data, at, position } = record;
  const counts = flow.to.where === undefined || flow.to.where(data);
  let arrival = arrivalOf(truth, id);
  const before = arrival?.data;
  if (arrival === undefined) {
    arrival = { id, countedAt: -1, countedPosition: -1, counts, data, position, shows: -1 };
    truth.arrivals.push(arrival);
  }
  arrival.counts = counts;
  arrival.data = data;
  arrival.position = position;
  if (!counts) return;
  if (arrival.countedAt < 0) {
    arrival.countedAt = at;
    arrival.countedPosition = position;
  }
  truth.first ??= arrival;
  if (record.exchange !== undefined) takeCorrelation(flow, truth, record, before, requests);
  if (flow.order === 'version') showVersion(flow, truth, arrival);
}

function arrivalOf({ arrivals }: FlowTruth, id: string): Arrival | undefined {
  for (const each of arrivals) if (each.id === id) return each;
  return undefined;
}
