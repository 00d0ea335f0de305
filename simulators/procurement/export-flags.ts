/**
 * Which documents the integration has taken over. A bookmark of the reader and no fact of the
 * business: kept as housekeeping, so that setting it neither makes a version of the document (its
 * ETag stays, its change time stays) nor shows up among the commits that invariants count.
 */
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { ExportFlag, ExportedKind } from './documents.ts';
import { found } from './refusal.ts';

const idOf = (kind: ExportedKind, number: string): string => `${kind}/${number}`;

export class ExportFlags {
  readonly #store: Store;
  readonly #flags: Collection<ExportFlag>;
  readonly #pending: Index<ExportFlag>;

  constructor(store: Store) {
    this.#store = store;
    this.#flags = store.collection<ExportFlag>('ExportFlag', { recorded: false });
    this.#pending = this.#flags.index((flag) => (flag.exported ? undefined : flag.kind));
  }

  isExported(kind: ExportedKind, number: string): boolean {
    return this.get(kind, number).exported;
  }

  /** The flag; not exported when there is none yet. */
  get(kind: ExportedKind, number: string): ExportFlag {
    return this.#flags.get(idOf(kind, number)) ?? { kind, number, exported: false };
  }

  /** Sets or clears the flag of a document; notes when it was exported. */
  mark(kind: ExportedKind, number: string, exported: boolean, context: Context): ExportFlag {
    return this.#store.transaction(context, () => {
      const before = found(this.#flags.get(idOf(kind, number)), kind, number);
      const flag = { ...before, exported, ...(exported ? { lastExportedAt: context.at } : {}) };
      this.#flags.put(idOf(kind, number), flag);
      return flag;
    });
  }

  /** Numbers of the documents that wait for export, in the order they began to. */
  pending(kind: ExportedKind): string[] {
    return this.#pending.find(kind).map((flag) => flag.number);
  }

  /** A document is new or changed: it waits for export again. Needs a transaction. */
  reset(kind: ExportedKind, number: string): void {
    const before = this.#flags.get(idOf(kind, number));
    if (before?.exported === false) return;
    this.#flags.put(idOf(kind, number), { kind, number, ...before, exported: false });
  }
}
