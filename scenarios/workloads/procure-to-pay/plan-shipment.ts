/** Draws one shipment of a batch: truck, count, and the invoice that goes with it. */
import type { KeyedRandom } from '../../../harness/random.ts';
import { days, earlyShare, mix } from './mix.ts';
import type { Shares } from './plan-order.ts';
import type { BlockPlan, CountOutcome, InvoicePlan, MatchCategory, ShipmentPlan } from './plan.ts';

export interface ShipmentKey extends ShipmentShares {
  readonly index: number;
  readonly line: number;
  /** Which shipment of the batch. */
  readonly part: number;
  readonly category: MatchCategory;
  /** Days from the order to the first receipt. */
  readonly leadDays: number;
}

/** Shares of what may befall a shipment; default as in the mix. */
type ShipmentShares = Pick<Shares, 'miscounted' | 'recounted' | 'disputed' | 'invoiceCancelled'>;

/** Keyed draws of one shipment; the first has the keys of its batch. */
type Draw = (purpose: string) => number;

export function planShipment(random: KeyedRandom, key: ShipmentKey): ShipmentPlan {
  const { index, line, part, category, leadDays } = key;
  const draw: Draw = (purpose) => random.draw(purpose, index, line, part);
  // Later shipments follow at the pace of the first.
  const receivedAfter =
    part === 0 ? leadDays : leadDays * (1 + (part + draw('pace') - 0.5) * (0.3 + 0.1 / (part + 1)));
  const early = category === 'beforeReceipt' && draw('early') < earlyShare;
  const shippedAfter = receivedAfter - leadDays * (0.15 + 0.25 * draw('shipped'));
  const count = drawCount(draw, key.miscounted);
  const recounted = draw('recounted') < (key.recounted ?? mix.recounted);
  return {
    shippedAfter,
    ...(category === 'twoWay' ? {} : { receivedAfter }),
    announced: draw('announced') < mix.announced,
    // What is invoiced before it is counted is planned to be there when it is.
    count: early || category === 'twoWay' ? 'full' : count,
    ...(recounted && category !== 'twoWay' && !early
      ? { recountedAfter: receivedAfter + 0.2 }
      : {}),
    ...(category === 'consignment'
      ? {}
      : { invoice: planInvoice(draw, key, { early, receivedAfter }) }),
  };
}

const { short, over, damaged, wrongItem } = mix.counts;
const usuallyMiscounted = short + over + damaged + wrongItem;

/** With another share of miscounts each kind of them comes as often among them as usual. */
function drawCount(draw: Draw, miscounted: number = usuallyMiscounted): CountOutcome {
  if (miscounted === 0) return 'full';
  let place = (draw('count') * usuallyMiscounted) / miscounted;
  for (const outcome of ['short', 'over', 'damaged', 'wrongItem'] as const) {
    if (place < mix.counts[outcome]) return outcome;
    place -= mix.counts[outcome];
  }
  return 'full';
}

function planInvoice(
  draw: Draw,
  { category, leadDays, part, ...shares }: ShipmentKey,
  { early, receivedAfter }: { early: boolean; receivedAfter: number },
): InvoicePlan {
  const gap = days.receiptToInvoice(earlyShare + (1 - earlyShare) * draw('gap'));
  const start = receivedAfter - leadDays;
  // Recorded before the receipt is after it was shipped, which takes the last 40 % of the lead at most.
  const recordedAfter = early ? start + leadDays * (0.88 + 0.1 * draw('gap')) : receivedAfter + gap;
  const before = category === 'beforeReceipt' && (early || draw('dated') < datedBeforeLate);
  // What goes wrong goes wrong with the first invoice; the supplier has learned by the next.
  const cancelled =
    part === 0 && draw('cancelled') < (shares.invoiceCancelled ?? mix.invoiceCancelled);
  const clearDays = days.invoiceToCleared(draw('cleared'));
  const disputed = draw('disputed') < (shares.disputed ?? 0);
  const block =
    part === 0 ? planBlock(draw, { before, disputed, recordedAfter, clearDays }) : undefined;
  return {
    datedAfter: dated(draw, { before, start, leadDays, receivedAfter, recordedAfter }),
    recordedAfter,
    twice: draw('twice') < mix.invoicedTwice,
    ...(cancelled
      ? {
          cancelled: {
            after: recordedAfter + clearDays * 0.15,
            againAfter: recordedAfter + clearDays * 0.3,
          },
        }
      : {}),
    ...(block === undefined ? {} : { block }),
    clearedAfter: recordedAfter + clearDays,
  };
}

/** Early ones are dated before the receipt by themselves; the others make up the share. */
const datedBeforeLate = (mix.datedBeforeReceipt - earlyShare) / (1 - earlyShare);

interface BlockDates {
  readonly before: boolean;
  /** Whether it is asked for, beside those that the mix has. */
  readonly disputed: boolean;
  readonly recordedAfter: number;
  readonly clearDays: number;
}

function planBlock(
  draw: Draw,
  { before, disputed, recordedAfter, clearDays }: BlockDates,
): BlockPlan | undefined {
  const share = before ? mix.blockedBefore : mix.blockedAfter;
  if (!disputed && draw('block') >= share) return undefined;
  const reason = disputed ? 0 : draw('block-reason');
  const removed = 0.4 + 0.5 * draw('removed');
  const removedAfter = recordedAfter + clearDays * removed;
  if (reason >= mix.priceBlock + mix.disputedBlock) return { reason: 'manual', removedAfter };
  if (reason >= mix.disputedBlock) return { reason: 'price', removedAfter };
  // After the corrected invoice, when there is one.
  return {
    reason: 'price',
    removedAfter,
    creditedAfter: recordedAfter + (clearDays * (removed + 0.3)) / 2,
  };
}

interface InvoiceDates {
  readonly before: boolean;
  readonly start: number;
  readonly leadDays: number;
  readonly receivedAfter: number;
  readonly recordedAfter: number;
}

/** Before the receipt while the goods are on their way (or before the order was written), or after it. */
function dated(
  draw: Draw,
  { before, start, leadDays, receivedAfter, recordedAfter }: InvoiceDates,
): number {
  if (!before)
    return receivedAfter + (recordedAfter - receivedAfter) * (0.05 + 0.85 * draw('date'));
  if (start === 0 && draw('order-late') < lateOrders) return -(0.5 + 10 * draw('date'));
  return start + leadDays * (0.6 + 0.27 * draw('date'));
}

/** Of all invoiced items, by way of those dated before the receipt. */
const lateOrders = mix.orderAfterInvoice / mix.datedBeforeReceipt;
