/**
 * Which order a document of any system is about, by procurement's number. ERP documents name the
 * ERP's numbers; the ERP's orders and invoices tell which they are.
 */
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import { NameTable } from '../../harness/name-table.ts';
import type { CommitRecord } from '../../harness/record.ts';

interface WithOrderLines {
  readonly lines: readonly { readonly purchaseOrder?: string }[];
}

const between = '\u0000';

export class OrderNames {
  readonly #orders = new NameTable();
  /** The orders of each, one after the other. */
  readonly #invoices = new NameTable();

  /** An ERP order: remembers which it is. */
  ofErpOrder({ id, data }: CommitRecord): string {
    const reference = (data as PurchaseOrder).externalReference;
    if (reference === undefined) return id;
    if (!this.#orders.has(id)) this.#orders.set(id, reference);
    return reference;
  }

  keyOf(erpNumber: string): string {
    return this.#orders.get(erpNumber) ?? erpNumber;
  }

  /** The orders that the lines of an ERP document are about. */
  ofLines({ data }: CommitRecord): string | readonly string[] | undefined {
    let first: string | undefined;
    let more: string[] | undefined;
    for (const { purchaseOrder } of (data as WithOrderLines).lines) {
      if (purchaseOrder === undefined) continue;
      const key = this.keyOf(purchaseOrder);
      if (first === undefined) first = key;
      else if (key !== first && more?.includes(key) !== true) (more ??= [first]).push(key);
    }
    return more ?? first;
  }

  /** An ERP invoice: remembers its orders for the payments to come. */
  ofInvoice(record: CommitRecord): string | readonly string[] | undefined {
    const orders = this.ofLines(record);
    if (record.version === 1 && orders !== undefined) {
      this.#invoices.set(record.id, typeof orders === 'string' ? orders : orders.join(between));
    }
    return orders;
  }

  /** The orders that these invoices (`year/number`) were about. */
  ofInvoices(ids: readonly string[]): readonly string[] {
    return [...new Set(ids.flatMap((id) => this.#invoices.get(id)?.split(between) ?? []))];
  }
}
