/**
 * Locks on purchase orders: while one user has an order open, nobody else can change it, receive for
 * it or invoice it. A caller sees a transient refusal, as from a real ERP's enqueue server.
 */
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import { refuse } from './refuse.ts';

interface Lock {
  /** Who holds it; empty when it was given back. */
  readonly user: string;
}

export class Locks {
  readonly #store: Store;
  readonly #locks: Collection<Lock>;

  constructor(store: Store) {
    this.#store = store;
    this.#locks = store.collection('OrderLock', { recorded: false });
  }

  /** Locks the order for `user`; refuses when another user has it. */
  lock(order: string, user: string, context: Context): void {
    this.#store.transaction(context, () => {
      this.check(order, user);
      this.#locks.put(order, { user });
    });
  }

  /** Gives the lock back; somebody else's lock stays, and is refused. */
  unlock(order: string, user: string, context: Context): void {
    this.#store.transaction(context, () => {
      this.check(order, user);
      // Kept without an owner instead of removed: only writes are taken back by a rollback.
      if (this.#locks.has(order)) this.#locks.put(order, { user: '' });
    });
  }

  /** Who has the order open. */
  holder(order: string): string | undefined {
    const user = this.#locks.get(order)?.user;
    return user === '' ? undefined : user;
  }

  /** Refuses when somebody other than `user` has the order open. */
  check(order: string, user: string): void {
    if (this.#locks.size === 0) return;
    const holder = this.holder(order);
    if (holder === undefined || holder === user) return;
    const message = `Purchase order ${order} is being processed by user ${holder}`;
    refuse('locked', 'locked', message, undefined, { purchaseOrder: order, user: holder });
  }
}
