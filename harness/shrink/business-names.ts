/**
 * Names of documents that stay the same when other business is taken away, or when an integration in
 * another process is quicker this time: not "4500000017" but "of order 7, the ERP's first purchase
 * order". Learned from the history while it is written.
 */
import type { Divisible } from '../excerpt.ts';
import type { History } from '../history.ts';
import type { HistoryRecord } from '../record.ts';

export class BusinessNames {
  readonly #seed: string;
  readonly #divisible: Divisible | undefined;
  readonly #names = new Map<string, string>();
  readonly #keys = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** Without a divisible workload every key is its own name. */
  constructor(seed: string, divisible: Divisible | undefined) {
    this.#seed = seed;
    this.#divisible = divisible;
  }

  /** Learns from all that is appended from now on. */
  follow(history: History): this {
    history.subscribe((record) => this.#see(record));
    return this;
  }

  /** Learns from what there is. */
  read(history: Iterable<HistoryRecord>): this {
    for (const record of history) this.#see(record);
    return this;
  }

  /** `7/erp/PurchaseOrder`, with `#2` for the second of its kind; the key itself when it is unknown. */
  nameOf(key: string): string {
    return this.#names.get(key) ?? key;
  }

  /** The part of the business that a key belongs to. */
  partOf(key: string): number | undefined {
    const name = this.#names.get(key);
    return name === undefined ? undefined : Number(name.slice(0, name.indexOf('/')));
  }

  /** The key that has the name here. */
  keyOf(name: string): string | undefined {
    return this.#keys.get(name);
  }

  #see(record: HistoryRecord): void {
    if (record.type !== 'commit' || record.version !== 1 || this.#divisible === undefined) return;
    const { id, system, document, correlationId } = record;
    if (correlationId === undefined || this.#names.has(id)) return;
    const part = this.#divisible.partOf(this.#seed, correlationId);
    if (part === undefined) return;
    const kind = `${part}/${system}/${document}`;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const name = count === 1 ? kind : `${kind}#${count}`;
    this.#names.set(id, name);
    this.#keys.set(name, id);
  }
}
