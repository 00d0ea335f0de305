/** In the end what the warehouse received for an order is what another system says was received. */
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { ReceiptConfirmation } from '../../domain/warehouse.ts';
import {
  type Ending,
  type Finding,
  type Invariant,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { cutShort, isOver, judged, kept, renewable, untouched } from './finding.ts';
import type { FlowBook } from './flow-book.ts';
import { commitsOf, orderKeys } from './order-fold.ts';
import { ReceivedQuantities, type Side } from './received-quantities.ts';
import { called, listed } from './wording.ts';

interface State {
  readonly quantities: ReceivedQuantities;
  /** Confirmations of the order, for the exceptions that may account for them. */
  readonly confirmations: string[];
  lastAt: number;
  position: number;
}

const within = 300_000;

const token = {};

/** Compares the warehouse with one other system, order by order. */
export const quantitiesConserved = (system: 'erp' | 'procurement', document: string): Invariant =>
  renewable((shared) => {
    const keys = orderKeys(shared);
    return defineInvariant<State>({
      name: `${system}/quantities-conserved`,
      promise: `What the warehouse received for an order is what ${called(system)} says was received.`,
      family: 'Q',
      interests: [
        commitsOf('wms', 'ReceiptConfirmation'),
        commitsOf(system, document),
        { type: 'exchange.completed', system },
        ...(system === 'erp' ? [commitsOf(system, 'PurchaseOrder')] : []),
      ],
      group: keys,
      fold: token,
      keysOf: (record) => keys.of(record),
      opens: isOfReceipts,
      begin: () => ({
        quantities: new ReceivedQuantities(),
        confirmations: [],
        lastAt: 0,
        position: -1,
      }),
      step(state, record) {
        if (record.type === 'commit' && isOfReceipts(record)) take(state, record);
        return state;
      },
      end: (state, key, ending) => settle(state, key, ending, system, keys.bookOf(system)),
    });
  });

/** Orders are read for their names only. */
const isOfReceipts = (record: HistoryRecord): boolean =>
  record.type === 'commit' && record.document !== 'PurchaseOrder' && record.version === 1;

function take(state: State, record: CommitRecord): void {
  state.lastAt = record.at;
  state.position = record.position;
  if (record.system === 'wms') {
    const { number, lines, reverses } = record.data as ReceiptConfirmation;
    state.confirmations.push(number);
    for (const { condition, purchaseOrderLine, material, unit, quantity } of lines) {
      if (condition !== 'good' || purchaseOrderLine === '') continue;
      state.quantities.add('wms', material, unit, quantity, reverses === undefined ? 1 : -1);
    }
    return;
  }
  for (const line of (record.data as GoodsReceipt).lines) {
    const sign = receiptSign(line.movementType);
    if (sign !== 0) {
      state.quantities.add(record.system as Side, line.material, line.unit, line.quantity, sign);
    }
  }
}

function settle(state: State, key: string, ending: Ending, system: Side, book: FlowBook): Finding {
  if (state.confirmations.length === 0) return untouched;
  const differences = state.quantities.differences(system);
  if (differences.length === 0) return kept;
  const accounted = state.confirmations.some((number) =>
    book.accountsFor(number, [key], ending.healedAt),
  );
  if (accounted) return kept;
  if (!isOver(state.lastAt, ending, within)) return cutShort(key, within);
  return judged(
    differences.map(({ material, unit, counted, received }) => ({
      keys: [key, ...state.confirmations],
      positions: [state.position],
      sentence: `The warehouse received ${counted} ${unit} of ${material} for ${key} (${listed(state.confirmations)}), and ${called(system)} says ${received} ${unit}.`,
      expected: counted,
      actual: received,
    })),
  );
}
