/**
 * Where lists find their rows: all documents of a kind in the order of their numbers, those of a
 * partner, and those changed since a time. It follows the commits; what a running transaction has not
 * committed yet is not in it, and then the collection itself is looked through.
 */
import type { Collection } from '../../../../harness/collection.ts';
import type { History } from '../../../../harness/history.ts';
import type { CommitLog } from '../../../plain/commit-log.ts';

/** Of so many documents it is better to look at all than to sort those that changed. */
const worthSorting = 0.25;

export class DocumentLog<T extends object> {
  readonly #collection: Collection<T>;
  readonly #commits: CommitLog;
  readonly #partnerOf: (document: T) => string;
  readonly #byPartner = new Map<string, string[]>();

  constructor(
    collection: Collection<T>,
    partnerOf: (document: T) => string,
    around: { readonly history: History; readonly system: string; readonly commits: CommitLog },
  ) {
    this.#collection = collection;
    this.#commits = around.commits;
    this.#partnerOf = partnerOf;
    for (const [id, { data }] of collection.entries()) this.#add(id, data);
    around.history.subscribe((record) => {
      if (record.type !== 'commit' || record.version !== 1) return;
      if (record.document !== collection.kind || record.system !== around.system) return;
      this.#add(record.id, record.data as T);
    });
  }

  /** All, in the order of their numbers. */
  *all(): IterableIterator<T> {
    yield* this.#collection.values();
  }

  /** Those of one of the partners, who never change on a document. */
  *ofPartners(partners: readonly string[]): IterableIterator<T> {
    const { ids } = this.#commits.of(this.#collection.kind);
    if (ids.length !== this.#collection.size) {
      yield* this.all();
      return;
    }
    for (const partner of partners) {
      for (const id of this.#byPartner.get(partner) ?? []) {
        const document = this.#collection.get(id);
        if (document !== undefined) yield document;
      }
    }
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

  #add(id: string, document: T): void {
    const partner = this.#partnerOf(document);
    const ids = this.#byPartner.get(partner);
    if (ids === undefined) this.#byPartner.set(partner, [id]);
    else ids.push(id);
  }
}
