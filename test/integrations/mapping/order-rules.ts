/** Orders: procurement -> ERP and warehouse. */
import { CallFailed } from '../kit/call-failed.ts';
import type { Job } from '../kit/policies.ts';
import type { CallContext, Creation } from '../kit/ports.ts';
import type { Rule, Tools } from '../kit/rule.ts';

const isUnsent = (order: any): boolean => order.status === 'draft' || order.status === 'approved';
export const isDead = (order: any): boolean =>
  order.status === 'cancelled' || order.status === 'rejected';

/** The document that stands for one of another system, or the news that it is not there yet. */
export function orMissing(found: any, what: string): any {
  if (found !== undefined) return found;
  throw new CallFailed('missingParent', `${what} is not there yet`);
}

export const erpOrderOf = async (tools: Tools, job: Job, number: string): Promise<any> =>
  orMissing(await tools.erp.orders.find(number, { job }), `order ${number}`);

/** Waits when the procurement suite knows a later revision of the order than the ERP has got. */
export async function checkRevision(
  tools: Tools,
  job: Job,
  order: any,
  number: string,
): Promise<void> {
  const { body } = await tools.fresh(job, tools.procurement.orders, number);
  if (body.revision <= order.revision) return;
  throw new CallFailed('missingParent', `revision ${body.revision} of ${number} is not there yet`);
}

export const expectedReceiptOf = async (tools: Tools, job: Job, number: string): Promise<any> =>
  orMissing(
    await tools.wms.expectedReceipts.find(number, { job }),
    `expected receipt of ${number}`,
  );

const erpLine = (line: any): object => ({
  line: line.line,
  category: line.category,
  material: line.material,
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  netPrice: line.netPrice,
  priceQuantity: line.priceQuantity,
  priceUnit: line.priceUnit,
  taxCode: line.taxCode,
  plant: line.plant,
  storageLocation: line.storageLocation,
  deliveryDate: line.scheduleLines[0]?.deliveryDate,
  ...(line.accountAssignment ? { accountAssignment: line.accountAssignment } : {}),
  overdeliveryTolerancePercent: line.overdeliveryTolerancePercent,
  underdeliveryTolerancePercent: line.underdeliveryTolerancePercent,
  unlimitedOverdelivery: line.unlimitedOverdelivery,
  goodsReceiptExpected: line.goodsReceiptExpected,
  ...(line.accountAssignment ? { goodsReceiptNonValuated: line.goodsReceiptNonValuated } : {}),
  invoiceExpected: line.invoiceExpected,
  goodsReceiptBasedInvoiceVerification: line.goodsReceiptBasedInvoiceVerification,
});

const erpOrder = (order: any): object => ({
  externalReference: order.number,
  ...(order.requisition ? { requisition: order.requisition } : {}),
  companyCode: order.companyCode,
  supplier: order.supplier,
  currency: order.currency,
  paymentTerms: order.paymentTerms,
  orderDate: order.orderDate,
  buyer: order.buyer,
  revision: order.revision,
  lines: order.lines.filter((line: any) => !line.deleted).map(erpLine),
});

const wantedOn = ({ scheduleLines }: any): string | undefined => scheduleLines[0]?.deliveryDate;

/** What a change order may change of a line. */
const changeable = ['quantity', 'netPrice', 'description', 'storageLocation'] as const;

/** What of the line is new; nothing when it is as it was. */
function lineChange(line: any, there: any): object | undefined {
  const fields = changeable.filter((field) => there[field] !== line[field]);
  const date = wantedOn(line);
  if (fields.length === 0 && wantedOn(there) === date) return undefined;
  return {
    line: line.line,
    ...Object.fromEntries(fields.map((field) => [field, line[field]])),
    ...(wantedOn(there) === date ? {} : { deliveryDate: date }),
  };
}

/** The line with the number; both ends mostly have it at the same place. */
const lineOf = (lines: any[], number: string, place: number): any =>
  lines[place]?.line === number ? lines[place] : lines.find((each: any) => each.line === number);

/** What the ERP's order lacks of the source; undefined when it agrees. */
function erpChange(order: any, existing: any): object | undefined {
  const lines: object[] = [];
  for (const [place, line] of order.lines.entries()) {
    const there = lineOf(existing.lines, line.line, place);
    if (there === undefined) {
      if (!line.deleted) lines.push(erpLine(line));
    } else if (line.deleted) {
      if (!there.deleted) lines.push({ line: line.line, deleted: true });
    } else {
      const change = lineChange(line, there);
      if (change !== undefined) lines.push(change);
    }
  }
  if (lines.length === 0 && existing.revision === order.revision) return undefined;
  return { revision: order.revision, ...(lines.length > 0 ? { lines } : {}) };
}

/** So often a document is looked for whose creation was never answered. */
const mostLooks = 8;

/** Whether what is not found may be there: it was made from here, or its creation was never answered. */
export const mayBeThere = (tools: Tools, job: Job, lookup: string): boolean =>
  tools.policies.truth === 'source' &&
  (tools.wasCreated(lookup) || (tools.wasAsked(lookup) && job.attempts < mostLooks));

/** Takes back what was made of an order that is no more. */
async function withdraw(
  tools: Tools,
  job: Job,
  { lookup, find }: Creation,
  action: (found: any, call: CallContext) => Promise<void>,
): Promise<void> {
  const found = await find({ job });
  if (found === undefined && mayBeThere(tools, job, lookup)) {
    throw new CallFailed('transient', `${lookup} was created and is not to be seen yet`);
  }
  if (found === undefined) tools.forget(job);
  if (found === undefined || found.status === 'cancelled') return;
  await action(found, { job, idempotencyKey: tools.policies.idempotencyKey(job, 'withdraw') });
}

const orderEvents = ['purchase-order.issued', 'purchase-order.changed', 'purchase-order.cancelled'];

/** The order with the one plant that somebody configured, where that is how it is done. */
function placed(order: any, { policies }: Tools): any {
  if (policies.mapping !== 'onePlant') return order;
  const there = { plant: '1010', storageLocation: '0001' };
  return { ...order, lines: order.lines.map((line: any) => ({ ...line, ...there })) };
}

export const orderToErp: Rule = {
  name: 'order-to-erp',
  from: 'procurement',
  events: orderEvents,
  source: ({ procurement }) => procurement.orders,
  async sync(job, tools) {
    const order = placed(await tools.source(job, tools.procurement.orders), tools);
    if (isUnsent(order)) return;
    const { orders } = tools.erp;
    const creation = orders.creation(erpOrder(order));
    if (isDead(order)) {
      await withdraw(tools, job, creation, (found, call) => orders.delete(found, call));
      return;
    }
    const existing = await tools.createOnce(job, creation);
    if (erpChange(order, existing) === undefined) return;
    const current = await orders.read(existing.number, { job });
    const change = erpChange(order, current.body);
    if (change !== undefined) await orders.change(current, change, { job });
  },
};

export const receivable = (order: any): any[] =>
  order.lines.filter((line: any) => line.goodsReceiptExpected);

const wmsLine = (line: any): object => ({
  line: line.line,
  material: line.material,
  quantity: line.quantity,
  unit: line.unit,
  expectedOn: line.scheduleLines[0]?.confirmedDate ?? line.scheduleLines[0]?.deliveryDate,
  overdeliveryTolerancePercent: line.unlimitedOverdelivery
    ? '900'
    : line.overdeliveryTolerancePercent,
});

function wmsChange(order: any, existing: any): object | undefined {
  const lines: object[] = [];
  for (const [place, line] of receivable(order).entries()) {
    const there = lineOf(existing.lines, line.line, place);
    if (there === undefined) {
      if (!line.deleted) lines.push(wmsLine(line));
    } else if (line.deleted) {
      if (!there.cancelled) lines.push({ line: line.line, cancelled: true });
    } else if (there.quantity !== line.quantity)
      lines.push({ line: line.line, quantity: line.quantity });
  }
  if (lines.length === 0 && existing.revision === order.revision) return undefined;
  return { revision: order.revision, ...(lines.length > 0 ? { lines } : {}) };
}

const isOver = (expected: any): boolean => ['closed', 'cancelled'].includes(expected.status);

export const orderToWms: Rule = {
  name: 'order-to-wms',
  from: 'procurement',
  events: orderEvents,
  source: ({ procurement }) => procurement.orders,
  async sync(job, tools) {
    const order = await tools.source(job, tools.procurement.orders);
    const lines = receivable(order).filter((line) => !line.deleted);
    if (isUnsent(order)) return;
    const { expectedReceipts } = tools.wms;
    const creation = expectedReceipts.creation({
      purchaseOrder: order.number,
      revision: order.revision,
      supplier: order.supplier,
      plant: order.lines[0].plant,
      lines: lines.map(wmsLine),
    });
    if (isDead(order) || lines.length === 0) {
      await withdraw(tools, job, creation, (found, call) => expectedReceipts.cancel(found, call));
      return;
    }
    const existing = await tools.createOnce(job, creation);
    if (isOver(existing) || wmsChange(order, existing) === undefined) return;
    const current = await expectedReceipts.read(existing.number, { job });
    const change = wmsChange(order, current.body);
    if (change !== undefined) await expectedReceipts.change(current, change, { job });
  },
};
