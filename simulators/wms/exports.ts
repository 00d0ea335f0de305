/**
 * The files in which the warehouse tells what it counted, for whoever takes no messages: one file for
 * each second in which something was confirmed, there once the second is over, until it is archived.
 * A line names a confirmation and its order; the last line says how many there are.
 */
import { type Timestamp, timestamp } from '../../domain/calendar-date.ts';
import type { ReceiptConfirmation } from '../../domain/warehouse.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import { notFound } from './refusals.ts';

/** A file as it lies in the folder. */
export interface ExportFile {
  readonly name: string;
  readonly lines: readonly string[];
}

export class Exports {
  readonly #store: Store;
  readonly #confirmations: Collection<ReceiptConfirmation>;
  readonly #archived: Collection<{ readonly name: string }>;

  constructor(store: Store, confirmations: Collection<ReceiptConfirmation>) {
    this.#store = store;
    this.#confirmations = confirmations;
    this.#archived = store.collection('ArchivedExport', { recorded: false });
  }

  /** Names of the files in the folder, oldest first. */
  list({ at }: Context): readonly string[] {
    const names = new Set<string>();
    const current = fileOf(timestamp(at));
    for (const [, { data }] of this.#confirmations.entries()) {
      const name = fileOf(data.receivedAt);
      if (name !== current && !this.#archived.has(name)) names.add(name);
    }
    return [...names];
  }

  /** Rule: `unknown-export`. */
  read(name: string, context: Context): ExportFile {
    if (!this.list(context).includes(name))
      throw notFound('unknown-export', `There is no file ${name}.`);
    const lines: string[] = [];
    for (const [, { data }] of this.#confirmations.entries()) {
      if (fileOf(data.receivedAt) === name) lines.push(`${data.number};${data.purchaseOrder}`);
    }
    return { name, lines: [...lines, `END;${lines.length}`] };
  }

  /** Takes the file out of the folder. Rule: `unknown-export`. */
  archive(name: string, context: Context): ExportFile {
    const file = this.read(name, context);
    this.#store.transaction(context, () => this.#archived.put(name, { name }));
    return file;
  }
}

/** Everything of one second is in one file. */
const fileOf = (receivedAt: Timestamp): string =>
  `receipts-${receivedAt.slice(0, 19).replace(/[-:]/g, '')}.csv`;
