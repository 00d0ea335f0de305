/** What the log of the systems would show of an item: one activity after the other, as its plan has it. */
import type { BatchPlan, OrderPlan, ShipmentPlan } from './plan.ts';

export const activityNames = {
  Q: 'requisition created',
  P: 'order created',
  K: 'order confirmation recorded',
  V: 'vendor creates invoice',
  G: 'goods receipt recorded',
  g: 'goods receipt cancelled',
  I: 'invoice recorded',
  X: 'invoice cancelled',
  M: 'vendor creates credit memo',
  B: 'payment block removed',
  C: 'invoice cleared',
  q: 'quantity changed',
  p: 'price changed',
  d: 'delivery date changed',
  s: 'storage location changed',
  t: 'text changed',
  w: 'line withdrawn',
} as const;

export type ActivityCode = keyof typeof activityNames;

/** An activity and when it happens, in business days since the order's creation. */
export type Activity = readonly [after: number, code: ActivityCode];

const changeCodes = {
  quantity: 'q',
  price: 'p',
  date: 'd',
  place: 's',
  text: 't',
  withdrawn: 'w',
} as const;

/** The story of each item of a batch, in order of time. */
export function activitiesOf(order: OrderPlan, batch: BatchPlan): Activity[] {
  const activities: Activity[] = [[0, 'P']];
  if (order.requisition) activities.push([-order.requisition.leadDays, 'Q']);
  if (batch.confirmedAfter !== undefined) activities.push([batch.confirmedAfter, 'K']);
  for (const { kind, after } of batch.changes) activities.push([after, changeCodes[kind]]);
  for (const shipment of batch.shipments) addShipment(activities, shipment);
  return activities.sort((a, b) => a[0] - b[0]);
}

function addShipment(activities: Activity[], shipment: ShipmentPlan): void {
  const { receivedAfter, recountedAfter, invoice } = shipment;
  if (receivedAfter !== undefined) activities.push([receivedAfter, 'G']);
  if (recountedAfter !== undefined)
    activities.push([recountedAfter, 'g'], [recountedAfter + 0.05, 'G']);
  if (invoice === undefined) return;
  activities.push([invoice.datedAfter, 'V'], [invoice.recordedAfter, 'I']);
  const { cancelled, block, clearedAfter } = invoice;
  if (cancelled) activities.push([cancelled.after, 'X'], [cancelled.againAfter, 'I']);
  if (block?.creditedAfter !== undefined) activities.push([block.creditedAfter, 'M']);
  if (block) activities.push([block.removedAfter, 'B']);
  activities.push([clearedAfter, 'C']);
}
