/**
 * Where lists find their rows: all documents of a kind in the order of their numbers, those of a
 * partner, and those changed since a time. It follows the commits; what a running transaction has not
 * committed yet is not in it, and then the collection itself is looked through.
 */
import type { Collection, Index } from '../../../../harness/collection.ts';
import type { CommitLog } from '../../../plain/commit-log.ts';

/** Of so many documents it is better to look at all than to sort those that changed. */
const worthSorting = 0.25;

export class DocumentLog<T extends object> {
  readonly #collection: Collection<T>;
  readonly #commits: CommitLog;
  readonly #byPartner: Index<T> | undefined;

  constructor(
    collection: Collection<T>,
    partnerOf: ((document: T) => string) | undefined,
    commits: CommitLog,
  ) {
    this.#collection = collection;
    this.#commits = commits;
    this.#byPartner = partnerOf && collection.index(partnerOf, { fixed: true });
  }

  /** All, in the order of their numbers. */
  *all(): IterableIterator<T> {
    yield* this.#collection.values();
  }

  /** Those of one of the partners, who never change on a document. */
  *ofPartners(partners: readonly string[]): IterableIterator<T> {
    for (const partner of partners) yield* this.#byPartner?.each(partner) ?? [];
  }

  /** Those whose last change is not before `at`, and maybe more. */
  *changedSince(at: number): IterableIterator<T> {
    const log = this.#commits.of(this.#collection.kind);
    const start = log.seek({ at, sequence: 0 });
    const changes = log.changes - start;
    if (log.ids.length !== this.#collection.size || changes > log.changes * worthSorting) {
      yield* this.all();
      return;
    }
    const ids = new Set<string>();
    for (let position = start; position < log.changes; position++) ids.add(log.change(position).id);
    for (const id of [...ids].sort()) {
      const document = this.#collection.get(id);
      if (document !== undefined) yield document;
    }
  }
}
