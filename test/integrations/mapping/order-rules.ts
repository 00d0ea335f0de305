/** Orders: procurement -> ERP and warehouse, on the plain wire. */
import { type ApiClient, CallFailed } from '../kit/api-client.ts';
import type { Job } from '../kit/policies.ts';
import type { Rule, Tools } from '../kit/rule.ts';

const isUnsent = (order: any): boolean => order.status === 'draft' || order.status === 'approved';
export const isDead = (order: any): boolean =>
  order.status === 'cancelled' || order.status === 'rejected';

/** The document that stands for an order in another system, or the news that it is not there yet. */
export async function parentOf(
  to: ApiClient,
  lookup: string,
  job: Job,
  what: string,
): Promise<any> {
  const { body } = await to.get(lookup, { job });
  if (body.items.length > 0) return body.items[0];
  throw new CallFailed('missingParent', `${what} is not there yet`);
}

export const erpOrderOf = (tools: Tools, job: Job, number: string): Promise<any> =>
  parentOf(tools.erp, `/purchase-orders?externalReference=${number}`, job, `order ${number}`);

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

/** What the ERP's order lacks of the source; undefined when it agrees. */
function erpChange(order: any, existing: any): object | undefined {
  const lines: object[] = [];
  for (const line of order.lines) {
    const there = existing.lines.find((each: any) => each.line === line.line);
    if (there === undefined) {
      if (!line.deleted) lines.push(erpLine(line));
    } else if (line.deleted) {
      if (!there.deleted) lines.push({ line: line.line, deleted: true });
    } else if (
      ['quantity', 'netPrice', 'unit', 'material'].some((field) => there[field] !== line[field])
    ) {
      lines.push({ line: line.line, quantity: line.quantity, netPrice: line.netPrice });
    }
  }
  if (lines.length === 0 && existing.revision === order.revision) return undefined;
  return { revision: order.revision, ...(lines.length > 0 ? { lines } : {}) };
}

export async function patch(
  to: ApiClient,
  path: string,
  job: Job,
  changeOf: (current: any) => object | undefined,
): Promise<void> {
  const current = await to.get(path, { job });
  const change = changeOf(current.body);
  if (change === undefined) return;
  await to.call(path, { method: 'PATCH', body: change, job, ifMatch: current.etag });
}

async function withdraw(
  tools: Tools,
  job: Job,
  to: ApiClient,
  lookup: string,
  action: (found: any) => string,
): Promise<void> {
  const { body } = await to.get(lookup, { job });
  const found = body.items[0];
  if (found === undefined && tools.wasCreated(lookup)) {
    throw new CallFailed('transient', `${lookup} was created and is not to be seen yet`);
  }
  if (found === undefined || found.status === 'cancelled') return;
  await to.call(action(found), {
    method: 'POST',
    job,
    idempotencyKey: tools.policies.idempotencyKey(job, 'withdraw'),
  });
}

const orders = { path: '/purchase-orders', key: (order: any) => order.number };
const orderEvents = ['purchase-order.issued', 'purchase-order.changed', 'purchase-order.cancelled'];

export const orderToErp: Rule = {
  name: 'order-to-erp',
  from: 'procurement',
  events: orderEvents,
  list: orders,
  async sync(job, tools) {
    const order = await tools.source(job, tools.procurement, `/purchase-orders/${job.key}`);
    if (isUnsent(order)) return;
    const lookup = `/purchase-orders?externalReference=${order.number}`;
    if (isDead(order)) {
      await withdraw(
        tools,
        job,
        tools.erp,
        lookup,
        ({ number }) => `/purchase-orders/${number}/actions/delete`,
      );
      return;
    }
    const body = erpOrder(order);
    const existing = await tools.createOnce(job, tools.erp, {
      step: 'create',
      path: '/purchase-orders',
      lookup,
      body,
    });
    if (erpChange(order, existing) === undefined) return;
    await patch(tools.erp, `/purchase-orders/${existing.number}`, job, (current) =>
      erpChange(order, current),
    );
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
  for (const line of receivable(order)) {
    const there = existing.lines.find((each: any) => each.line === line.line);
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
  list: orders,
  async sync(job, tools) {
    const order = await tools.source(job, tools.procurement, `/purchase-orders/${job.key}`);
    const lines = receivable(order).filter((line) => !line.deleted);
    if (isUnsent(order)) return;
    const lookup = `/expected-receipts?purchaseOrder=${order.number}`;
    if (isDead(order) || lines.length === 0) {
      await withdraw(
        tools,
        job,
        tools.wms,
        lookup,
        ({ number }) => `/expected-receipts/${number}/cancel`,
      );
      return;
    }
    const body = {
      purchaseOrder: order.number,
      revision: order.revision,
      supplier: order.supplier,
      plant: order.lines[0].plant,
      lines: lines.map(wmsLine),
    };
    const existing = await tools.createOnce(job, tools.wms, {
      step: 'create',
      path: '/expected-receipts',
      lookup,
      body,
    });
    if (isOver(existing) || wmsChange(order, existing) === undefined) return;
    await patch(tools.wms, `/expected-receipts/${existing.number}`, job, (current) =>
      wmsChange(order, current),
    );
  },
};
