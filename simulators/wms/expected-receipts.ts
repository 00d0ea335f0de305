/**
 * Expected receipts: the purchase orders as the warehouse knows them, created and changed by the
 * integration, filled by receiving. A change never touches what was received already.
 */
import { timestamp } from '../../domain/calendar-date.ts';
import { isLess, isPositive } from '../../domain/decimal.ts';
import type {
  ExpectedReceipt,
  ExpectedReceiptLine,
  ExpectedReceiptStatus,
} from '../../domain/warehouse.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { Confirmations } from './confirmations.ts';
import type { ExpectedReceiptChange, ExpectedReceiptDraft } from './drafts.ts';
import { changedLine, checkNoDuplicates, newLine } from './expected-receipt-lines.ts';
import type { MasterData } from './master-data.ts';
import { conflict, duplicate, invalid, notFound, stale } from './refusals.ts';

interface ExpectedReceiptsOptions {
  readonly store: Store;
  readonly masterData: MasterData;
  readonly confirmations: Confirmations;
}

export class ExpectedReceipts {
  readonly documents: Collection<ExpectedReceipt>;
  readonly byPurchaseOrder: Index<ExpectedReceipt>;
  readonly #options: ExpectedReceiptsOptions;

  constructor(options: ExpectedReceiptsOptions) {
    this.#options = options;
    this.documents = options.store.collection('ExpectedReceipt');
    this.byPurchaseOrder = this.documents.index((each) => each.purchaseOrder);
  }

  /** By its own number or the purchase order's. */
  find(key: string): ExpectedReceipt | undefined {
    return this.documents.get(key) ?? this.byPurchaseOrder.first(key);
  }

  /** As {@link find}; refuses with `unknown-expected-receipt`. */
  expect(key: string): ExpectedReceipt {
    const found = this.find(key);
    if (found) return found;
    throw notFound('unknown-expected-receipt', `There is no expected receipt ${key}.`);
  }

  /**
   * Rules: `duplicate` (one for each purchase order, for ever), `unknown-supplier`, `unknown-plant`,
   * `no-lines`, `invalid-number`, `invalid-revision` and those of lines: `duplicate-line`,
   * `unknown-material`, `tolerance-negative`, and those of quantities.
   */
  create(draft: ExpectedReceiptDraft, context: Context): ExpectedReceipt {
    const { store, masterData } = this.#options;
    return store.transaction(context, () => {
      this.#checkHead(draft);
      const before = this.byPurchaseOrder.first(draft.purchaseOrder);
      if (before) {
        throw duplicate(
          'duplicate',
          `Order ${draft.purchaseOrder} is expected already as ${before.number}.`,
          'purchaseOrder',
        );
      }
      const lines = draft.lines.map((line, i) => newLine(line, masterData, `lines[${i}].`));
      const number = `ER-${String(store.nextNumber('ExpectedReceipt')).padStart(7, '0')}`;
      const at = timestamp(context.at);
      const { purchaseOrder, revision = 1, supplier, plant } = draft;
      const status = statusOf(lines);
      return this.#write(
        {
          number,
          purchaseOrder,
          revision,
          supplier,
          plant,
          status,
          lines,
          createdAt: at,
          changedAt: at,
        },
        'created',
      );
    });
  }

  /**
   * Rules: `unknown-expected-receipt`, `expected-receipt-closed`, `expected-receipt-cancelled`,
   * `version-mismatch` (when a version was expected), `below-received`, `already-received` (for what
   * may not change once goods came), and those of {@link create}.
   */
  change(
    key: string,
    change: ExpectedReceiptChange,
    context: Context,
    expectedVersion?: number,
  ): ExpectedReceipt {
    return this.#options.store.transaction(context, () => {
      const before = this.expect(key);
      this.#checkVersion(before, expectedVersion);
      this.checkOpen(before);
      this.#checkHeadChange(before, change);
      const lines = this.#changedLines(before, change);
      const {
        revision = before.revision,
        supplier = before.supplier,
        plant = before.plant,
      } = change;
      const status = statusOf(lines);
      const changedAt = timestamp(context.at);
      return this.#write(
        { ...before, revision, supplier, plant, lines, status, changedAt },
        status === 'cancelled' ? 'cancelled' : 'changed',
      );
    });
  }

  /** Rules: `unknown-expected-receipt`, `expected-receipt-closed`, `-cancelled`, `already-received`. */
  cancel(key: string, context: Context): ExpectedReceipt {
    return this.#options.store.transaction(context, () => {
      const before = this.expect(key);
      this.checkOpen(before);
      const { confirmations } = this.#options;
      if (confirmations.linesFor(before.purchaseOrder).size > 0) {
        throw conflict(
          'already-received',
          `Goods came for ${before.purchaseOrder}; close it instead.`,
        );
      }
      const lines = before.lines.map((each) => ({ ...each, cancelled: true }));
      const changedAt = timestamp(context.at);
      return this.#write({ ...before, lines, status: 'cancelled', changedAt }, 'cancelled');
    });
  }

  /** Expects no more, whatever is missing (short close). Rules: as {@link cancel}, without the last. */
  close(key: string, context: Context): ExpectedReceipt {
    return this.#options.store.transaction(context, () => {
      const before = this.expect(key);
      this.checkOpen(before);
      return this.#write(
        { ...before, status: 'closed', changedAt: timestamp(context.at) },
        'changed',
      );
    });
  }

  /** Takes over what its confirmations now add up to. For receiving, in its transaction. */
  refreshReceived(before: ExpectedReceipt, context: Context): ExpectedReceipt {
    const { confirmations } = this.#options;
    const confirmed = confirmations.linesFor(before.purchaseOrder);
    const lines = before.lines.map((each) => ({
      ...each,
      receivedQuantity: confirmations.receivedQuantity(each, confirmed),
    }));
    const after = { ...before, lines, status: statusOf(lines), changedAt: timestamp(context.at) };
    return this.documents.put(before.number, after).data;
  }

  /** Refuses with `expected-receipt-closed` or `expected-receipt-cancelled`. */
  checkOpen(receipt: ExpectedReceipt): void {
    if (receipt.status !== 'closed' && receipt.status !== 'cancelled') return;
    throw conflict(
      `expected-receipt-${receipt.status}`,
      `Expected receipt ${receipt.number} for ${receipt.purchaseOrder} is ${receipt.status}.`,
    );
  }

  #checkHead(draft: ExpectedReceiptDraft): void {
    const { masterData } = this.#options;
    if (!/^[\w.-]{1,35}$/.test(draft.purchaseOrder)) {
      throw invalid(
        'invalid-number',
        `${draft.purchaseOrder} is no order number.`,
        'purchaseOrder',
      );
    }
    checkRevision(draft.revision);
    masterData.suppliers.expect(draft.supplier, 'supplier');
    masterData.plant(draft.plant, 'plant');
    if (draft.lines.length === 0) throw invalid('no-lines', 'An order has lines.', 'lines');
    checkNoDuplicates(draft.lines);
  }

  #checkVersion(before: ExpectedReceipt, expected: number | undefined): void {
    const version = this.documents.entry(before.number)?.version;
    if (expected === undefined || expected === version) return;
    throw stale('version-mismatch', `${before.number} is at version ${version}, not ${expected}.`);
  }

  #checkHeadChange(before: ExpectedReceipt, change: ExpectedReceiptChange): void {
    const { masterData, confirmations } = this.#options;
    checkRevision(change.revision);
    const supplier = change.supplier ?? before.supplier;
    const plant = change.plant ?? before.plant;
    masterData.suppliers.expect(supplier, 'supplier');
    masterData.plant(plant, 'plant');
    if (supplier === before.supplier && plant === before.plant) return;
    if (confirmations.linesFor(before.purchaseOrder).size > 0) {
      const field = supplier === before.supplier ? 'plant' : 'supplier';
      throw conflict('already-received', `Goods came for ${before.purchaseOrder}.`, field);
    }
  }

  #changedLines(before: ExpectedReceipt, change: ExpectedReceiptChange): ExpectedReceiptLine[] {
    const { masterData, confirmations } = this.#options;
    const lines = new Map(before.lines.map((each) => [each.line, each]));
    checkNoDuplicates(change.lines ?? []);
    const confirmed = confirmations.linesFor(before.purchaseOrder);
    for (const [i, each] of (change.lines ?? []).entries()) {
      const touched = confirmed.has(each.line);
      const path = `lines[${i}].`;
      lines.set(
        each.line,
        changedLine({ before: lines.get(each.line), change: each, touched, masterData, path }),
      );
    }
    return [...lines.values()];
  }

  #write(receipt: ExpectedReceipt, happened: 'created' | 'changed' | 'cancelled'): ExpectedReceipt {
    const entry = this.documents.put(receipt.number, receipt);
    this.#options.store.emit({
      type: `expected-receipt.${happened}`,
      document: 'ExpectedReceipt',
      key: receipt.number,
      version: entry.version,
      data: receipt,
    });
    return receipt;
  }
}

function checkRevision(revision: number | undefined): void {
  if (revision === undefined || (Number.isSafeInteger(revision) && revision > 0)) return;
  throw invalid('invalid-revision', 'A revision is a whole number from 1.', 'revision');
}

/** Received when every line that is not cancelled is; cancelled when all of them are. */
function statusOf(lines: readonly ExpectedReceiptLine[]): ExpectedReceiptStatus {
  const live = lines.filter((each) => !each.cancelled);
  if (live.length === 0) return 'cancelled';
  if (live.every((each) => !isLess(each.receivedQuantity, each.quantity))) return 'received';
  return live.some((each) => isPositive(each.receivedQuantity)) ? 'receiving' : 'open';
}
