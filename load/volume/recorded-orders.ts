/** What a recorded history asks for again: when its orders were issued, and what was ordered. */
import type { HistoryRecord } from '../../harness/record.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { Curve } from './curve.ts';
import type { OrderDraft } from '../business/order-life.ts';

/** An order as it was issued, in a form that the control API takes. */
export interface RecordedOrder {
  /** Milliseconds since the first record. */
  readonly atMs: number;
  readonly draft: OrderDraft;
}

/** Orders in the order they were issued. Throws `load.no-orders` when there was none. */
export function recordedOrders(history: Iterable<HistoryRecord>): RecordedOrder[] {
  const orders: RecordedOrder[] = [];
  let first: number | undefined;
  for (const record of history) {
    first ??= record.at;
    if (record.type !== 'commit' || record.version !== 1) continue;
    if (record.system !== 'procurement' || record.document !== 'PurchaseOrder') continue;
    orders.push({ atMs: record.at - first, draft: draftOf(record.data as RecordedDocument) });
  }
  if (orders.length > 0) return orders;
  throw new SeatrialError({
    code: 'load.no-orders',
    task: 'replay the recorded history',
    reason: 'no purchase order was issued in it',
  });
}

interface RecordedDocument {
  readonly supplier: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly material: string;
    readonly quantity: string;
    readonly unit: string;
    readonly netPrice: string;
    readonly plant: string;
  }[];
}

function draftOf({ supplier, companyCode, currency, lines }: RecordedDocument): OrderDraft {
  return {
    supplier,
    companyCode,
    currency,
    lines: lines.map(({ material, quantity, unit, netPrice, plant }) => ({
      material,
      quantity,
      unit,
      netPrice,
      plant,
    })),
  };
}

/** Slices of the replay: fine enough that bursts stay bursts. */
const slices = 600;

/** The arrivals as they were, at so many times the speed. */
export function replayCurve(orders: readonly RecordedOrder[], speed: number): Curve {
  const lasts = Math.max(1000, ((orders.at(-1)?.atMs ?? 0) + 1) / speed);
  const width = Math.max(250, lasts / slices);
  const counts = Array.from({ length: Math.ceil(lasts / width) }, () => 0);
  for (const { atMs } of orders) {
    const slice = Math.min(counts.length - 1, Math.floor(atMs / speed / width));
    counts[slice] = (counts[slice] as number) + 1;
  }
  return counts.map((count, index) => ({
    fromMs: index * width,
    toMs: (index + 1) * width,
    perSecond: (count * 1000) / width,
  }));
}
