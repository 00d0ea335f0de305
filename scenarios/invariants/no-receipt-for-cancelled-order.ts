/**
 * Nothing is received for an order that was cancelled before: neither where the cancellation is known
 * nor where it should be. What came before the cancellation reached a system, and was refused or
 * settled there, is nobody's fault.
 */
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { ExpectedReceipt, ReceiptConfirmation } from '../../domain/warehouse.ts';
import {
  type Ending,
  type Finding,
  type Invariant,
  type Violation,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { cutShort, isOver, judged, renewable, untouched } from './finding.ts';
import { type OrderKeys, commitsOf, orderKeys } from './order-fold.ts';
import { called } from './wording.ts';

interface Receipt {
  readonly id: string;
  readonly position: number;
}

/** One system that receives: whether it knows of the cancellation, and what it received after it. */
interface Receiver {
  knows: boolean;
  afterKnowing: Receipt | undefined;
  afterCancelling: Receipt | undefined;
}

interface State {
  cancelled: { readonly at: number; readonly position: number } | undefined;
  readonly receivers: Map<string, Receiver>;
}

const within = 300_000;

export const noReceiptForCancelledOrder = (): Invariant =>
  renewable((shared) => {
    const keys = orderKeys(shared);
    return defineInvariant<State>({
      name: 'no-receipt-for-cancelled-order',
      promise: 'Nothing is received for an order after it was cancelled.',
      family: '3W',
      conditional: true,
      interests: [
        commitsOf('procurement', 'PurchaseOrder'),
        commitsOf('erp', 'PurchaseOrder'),
        commitsOf('erp', 'MaterialDocument'),
        commitsOf('wms', 'ExpectedReceipt'),
        commitsOf('wms', 'ReceiptConfirmation'),
        { type: 'exchange.completed', system: 'erp' },
        { type: 'exchange.completed', system: 'wms' },
      ],
      group: keys,
      keysOf: (record) => keys.of(record),
      opens: isCancellation,
      begin: () => ({ cancelled: undefined, receivers: new Map() }),
      step(state, record) {
        if (record.type === 'commit') take(state, record);
        return state;
      },
      end: (state, key, ending) => settle(state, key, ending, keys),
    });
  });

/** An order that was never cancelled needs no state: nothing can be held against it. */
const isCancellation = (record: HistoryRecord): boolean =>
  record.type === 'commit' && (record.data as { readonly status?: string }).status === 'cancelled';

function take(state: State, record: CommitRecord): void {
  const { document, system, at, position, id } = record;
  if (document === 'PurchaseOrder' && system === 'procurement') {
    if ((record.data as PurchaseOrder).status === 'cancelled') state.cancelled ??= { at, position };
    return;
  }
  if (document === 'PurchaseOrder' || document === 'ExpectedReceipt') {
    const { status } = record.data as PurchaseOrder | ExpectedReceipt;
    receiverOf(state, system).knows = status === 'cancelled';
    return;
  }
  if (!receives(record)) return;
  const known = state.receivers.get(system)?.knows === true;
  if (known) receiverOf(state, system).afterKnowing ??= { id, position };
  else if (state.cancelled !== undefined)
    receiverOf(state, system).afterCancelling ??= { id, position };
}

function receiverOf({ receivers }: State, system: string): Receiver {
  let receiver = receivers.get(system);
  if (receiver === undefined) {
    receiver = { knows: false, afterKnowing: undefined, afterCancelling: undefined };
    receivers.set(system, receiver);
  }
  return receiver;
}

const receives = ({ system, data }: CommitRecord): boolean =>
  system === 'wms'
    ? (data as ReceiptConfirmation).reverses === undefined
    : (data as GoodsReceipt).lines.some((line) => receiptSign(line.movementType) === 1);

function settle(state: State, key: string, ending: Ending, keys: OrderKeys): Finding {
  const { cancelled, receivers } = state;
  if (cancelled === undefined) return untouched;
  const violations: Violation[] = [];
  let open = false;
  for (const [system, { knows, afterKnowing, afterCancelling }] of receivers) {
    if (afterKnowing !== undefined) {
      violations.push(received(key, system, afterKnowing, cancelled.position, 'though it knew'));
    } else if (afterCancelling !== undefined && !knows) {
      if (keys.bookOf(system).refusalOf(key) !== undefined) continue;
      if (isOver(cancelled.at, ending, within)) {
        violations.push(
          received(key, system, afterCancelling, cancelled.position, 'and was never told'),
        );
      } else open = true;
    }
  }
  return open && violations.length === 0 ? cutShort(key, within) : judged(violations);
}

const received = (
  key: string,
  system: string,
  { id, position }: Receipt,
  cancelledPosition: number,
  how: string,
): Violation => ({
  keys: [key, id],
  positions: [cancelledPosition, position],
  sentence: `${key} was cancelled, and ${called(system)} received goods for it afterwards (${id}) ${how}.`,
});
