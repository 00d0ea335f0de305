/**
 * How much of each order line was received and invoiced, kept as running totals so that no command
 * adds up an order's past. Housekeeping: the receipts and invoices are the truth.
 */
import { type Decimal, add, zero } from '../../domain/decimal.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Store } from '../../harness/store.ts';
import type { OrderLineBalance } from './documents.ts';

const nothing: OrderLineBalance = { received: zero, invoiced: zero };

export class OrderBalances {
  readonly #balances: Collection<OrderLineBalance>;

  constructor(store: Store) {
    this.#balances = store.collection<OrderLineBalance>('OrderLineBalance', { recorded: false });
  }

  of(order: string, line: string): OrderLineBalance {
    return this.#balances.get(`${order}/${line}`) ?? nothing;
  }

  /** Adds to (or, below zero, takes from) one of the totals. Needs a transaction. */
  add(order: string, line: string, side: keyof OrderLineBalance, quantity: Decimal): void {
    const before = this.of(order, line);
    this.#balances.put(`${order}/${line}`, { ...before, [side]: add(before[side], quantity) });
  }
}
