/**
 * Versions by their content, so that it does not matter which version number a dialect shows: the
 * sequence of source versions that a target document matches never goes back.
 */
import { type Flow, agrees } from '../../harness/flow.ts';
import type { CommitRecord } from '../../harness/record.ts';
import type { Arrival, FlowTruth } from './flow-truth.ts';

export interface Version {
  readonly data: unknown;
  /** As the business counts: the document's revision where it has one. */
  readonly number: number;
  readonly rank: number;
  readonly position: number;
}

/** Keeps a version of the source: by rank first, then by time. */
export function takeVersion(flow: Flow, truth: FlowTruth, record: CommitRecord): void {
  const { data, position, version } = record;
  const versions = (truth.versions ??= []);
  const number = (data as { readonly revision?: number }).revision ?? version;
  const rank = flow.from.rank?.(data) ?? 0;
  let place = versions.length;
  while (place > 0 && (versions[place - 1] as Version).rank > rank) place--;
  if (place === versions.length) {
    versions.push({ data, number, rank, position });
    return;
  }
  versions.splice(place, 0, { data, number, rank, position });
  for (const arrival of truth.arrivals) if (arrival.shows >= place) arrival.shows++;
}

/** Notes which version a target document shows now, and when it is an older one than it had. */
export function showVersion(flow: Flow, truth: FlowTruth, arrival: Arrival): void {
  const { versions } = truth;
  if (versions === undefined) return;
  const { shows, id, position, data } = arrival;
  // The same content may stand for several versions: the kindest reading is the next one of them.
  for (let i = Math.max(shows, 0); i < versions.length; i++) {
    if (!matches(flow, versions[i] as Version, data)) continue;
    arrival.shows = i;
    return;
  }
  for (let i = shows - 1; i >= 0; i--) {
    const older = versions[i] as Version;
    if (!matches(flow, older, data)) continue;
    const newer = versions[shows] as Version;
    (truth.overwrites ??= []).push({ id, position, newer, older });
    arrival.shows = i;
    return;
  }
}

function matches(flow: Flow, version: Version, data: unknown): boolean {
  for (const rule of flow.agree) if (!agrees(rule, version.data, data)) return false;
  return true;
}
