/**
 * One verdict from those of several shards: each was a business of its own, so a promise holds when it
 * holds wherever it was exercised, and is violated when it is violated anywhere.
 */
import type { VerdictStatus } from '../harness/invariant.ts';
import type { Counts } from '../harness/progress.ts';
import type { FaultResult, FlowResult } from '../harness/verdict.ts';
import type { Owed } from '../harness/workload.ts';
import { type InvariantModel, type ReportModel, reportFormat } from './report-model.ts';

/** A single one is itself. Stories keep the positions of their own history. */
export function joinReports(models: readonly ReportModel[]): ReportModel {
  const [first, ...others] = models;
  if (first === undefined) throw new Error('Failed to join reports: there is none.');
  if (others.length === 0) return first;
  const invariants = together(models, (each) => each.invariants, 'invariant').map(joined);
  const faults = together(models, ({ faults: all }) => all, 'fault').map(joinedFault);
  const doubts = doubtsOf(models, faults);
  return {
    format: reportFormat,
    trial: `${first.trial}, ${models.length} shards`,
    integration: first.integration,
    seed: [...new Set(models.map(({ seed }) => seed))].join(', '),
    token: first.token,
    replay: models.map(({ replay }) => replay).join('; '),
    verdict: verdictOf(invariants, doubts),
    invariants,
    faults,
    flows: together(models, ({ flows }) => flows, 'flow').map(joinedFlow),
    doubts,
    owed: together(models, ({ owed }) => owed, 'what').map(joinedOwed),
    counts: models.map(({ counts }) => counts).reduce(joinedCounts),
    phases: [],
    lastedMs: Math.max(...models.map(({ lastedMs }) => lastedMs)),
  };
}

const neverFired = 'never fired';

function verdictOf(
  invariants: readonly InvariantModel[],
  doubts: readonly string[],
): VerdictStatus {
  if (invariants.some(({ status }) => status === 'violated')) return 'violated';
  const asked = invariants.filter(({ idle }) => idle !== true);
  const unsure = asked.some(({ status }) => status === 'unknown') || doubts.length > 0;
  return unsure || invariants.every(({ seen }) => seen === 0) ? 'unknown' : 'holds';
}

/** A fault that never fired in one shard may have fired in another. */
function doubtsOf(models: readonly ReportModel[], faults: readonly FaultResult[]): string[] {
  const told = models.flatMap(({ doubts }) => doubts);
  return [
    ...new Set(told.filter((each) => !each.endsWith(neverFired))),
    ...faults
      .filter(({ fired }) => fired === 0)
      .map(({ fault }) => `the fault "${fault}" ${neverFired}`),
  ];
}

/** The parts of each name from all models, in the order in which the names first come. */
function together<T extends Record<Key, string>, Key extends string>(
  models: readonly ReportModel[],
  partsOf: (model: ReportModel) => readonly T[],
  key: Key,
): T[][] {
  const groups = new Map<string, T[]>();
  for (const part of models.flatMap(partsOf)) {
    const group = groups.get(part[key]);
    if (group === undefined) groups.set(part[key], [part]);
    else group.push(part);
  }
  return [...groups.values()];
}

/** Unknown for want of exercise in one shard is no doubt when another exercised it. */
function joined(parts: readonly InvariantModel[]): InvariantModel {
  const exercised = parts.filter(({ seen }) => seen > 0);
  const telling = exercised.length > 0 ? exercised : parts;
  const worst =
    telling.find(({ status }) => status === 'violated') ??
    telling.find(({ status }) => status === 'unknown') ??
    (telling[0] as InvariantModel);
  return {
    ...worst,
    seen: sum(parts, ({ seen }) => seen),
    violations: sum(parts, ({ violations }) => violations),
    stories: parts.flatMap(({ stories }) => stories),
  };
}

const joinedFault = (parts: readonly FaultResult[]): FaultResult => ({
  ...(parts[0] as FaultResult),
  fired: sum(parts, ({ fired }) => fired),
});

const joinedFlow = (parts: readonly FlowResult[]): FlowResult => ({
  ...(parts[0] as FlowResult),
  owed: sum(parts, ({ owed }) => owed),
  arrived: sum(parts, ({ arrived }) => arrived),
});

const joinedOwed = (parts: readonly Owed[]): Owed => ({
  ...(parts[0] as Owed),
  count: sum(parts, ({ count }) => count),
});

const joinedCounts = (a: Counts, b: Counts): Counts => ({
  commits: a.commits + b.commits,
  exchanges: a.exchanges + b.exchanges,
  messages: a.messages + b.messages,
  faultsFired: a.faultsFired + b.faultsFired,
  refusals: a.refusals + b.refusals,
});

const sum = <T>(parts: readonly T[], of: (part: T) => number): number =>
  parts.reduce((total, part) => total + of(part), 0);
