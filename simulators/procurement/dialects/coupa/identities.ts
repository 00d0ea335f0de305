/**
 * Coupa names records by whole numbers. They are derived, not kept: from the suite's own document
 * number, or from the place of a record in the order in which records of its kind were first written,
 * which never moves. Lines take the thousand behind their document's id.
 */
import { stableHash } from '../../../../harness/random.ts';
import type { CommitLog } from '../../../plain/commit-log.ts';

/** Kinds whose numbers the suite gives, with the prefix of the range. */
const prefixes: ReadonlyMap<string, string> = new Map([
  ['Requisition', 'RQ'],
  ['PurchaseOrder', 'PO'],
  ['Receipt', 'RC'],
  ['Invoice', 'IV'],
  ['IntegrationError', 'IE'],
]);

/** Most lines of a document; so many ids are set aside for each. */
const linesOfDocument = 1000;

/** The number of a document of a kind that the suite numbers; `undefined` for an impossible id. */
export function numberOf(kind: string, id: number): string | undefined {
  const prefix = prefixes.get(kind);
  if (prefix === undefined || !Number.isSafeInteger(id) || id < 1) return undefined;
  return `${prefix}-${String(id).padStart(7, '0')}`;
}

/** Id of the line at this place (from 0) of a document. */
export const lineId = (document: number, place: number): number =>
  document * linesOfDocument + place + 1;

/** Document and place that a line's id stands for. */
export const ofLineId = (id: number): { readonly document: number; readonly place: number } => ({
  document: Math.floor((id - 1) / linesOfDocument),
  place: (id - 1) % linesOfDocument,
});

/** A stable id for what has a code and never had a place: users, units, currencies, addresses. */
export const codeId = (code: string): number =>
  Number.parseInt(stableHash(code).slice(0, 7), 16) + 1;

export class Identities {
  readonly #commits: CommitLog;
  /** Places by number, as far as the log was read. */
  readonly #places = new Map<string, Map<string, number>>();

  constructor(commits: CommitLog) {
    this.#commits = commits;
  }

  idOf(kind: string, number: string): number {
    if (prefixes.has(kind)) return Number(number.slice(3));
    const { ids } = this.#commits.of(kind);
    let places = this.#places.get(kind);
    if (places === undefined) this.#places.set(kind, (places = new Map()));
    for (let place = places.size; place < ids.length; place++)
      places.set(ids[place] as string, place);
    // What is not in the log is being written by this very request, and comes next.
    return (places.get(number) ?? ids.length) + 1;
  }

  /** The number behind an id; `undefined` when there is none. */
  numberOf(kind: string, id: number): string | undefined {
    if (prefixes.has(kind)) return numberOf(kind, id);
    return this.#commits.of(kind).ids[id - 1];
  }
}
