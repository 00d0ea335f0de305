/** What is on its way and what was counted: procurement -> warehouse -> ERP and procurement. */
import { CallFailed } from '../kit/api-client.ts';
import type { Job } from '../kit/policies.ts';
import type { Creation, Rule, Tools } from '../kit/rule.ts';
import { erpOrderOf, parentOf } from './order-rules.ts';

export const shipNoticeToWms: Rule = {
  name: 'ship-notice-to-wms',
  from: 'procurement',
  events: ['ship-notice.created'],
  list: { path: '/ship-notices', key: (notice) => notice.number },
  async sync(job, tools) {
    const notice = await tools.source(job, tools.procurement, `/ship-notices/${job.key}`);
    for (const number of new Set<string>(notice.lines.map((line: any) => line.purchaseOrder))) {
      await parentOf(
        tools.wms,
        `/expected-receipts?purchaseOrder=${number}`,
        job,
        `expected receipt of ${number}`,
      );
    }
    const { number, supplier, shippedAt, estimatedArrival, carrier, trackingNumber, plant, lines } =
      notice;
    await tools.createOnce(job, tools.wms, {
      step: 'create',
      path: '/ship-notices',
      lookup: `/ship-notices/${number}`,
      body: {
        number,
        supplier,
        shippedAt,
        estimatedArrival,
        carrier,
        trackingNumber,
        plant,
        lines,
      },
    });
  },
};

/** Lines of a confirmation that belong to an order and are fit for use. */
const goodLines = (confirmation: any): any[] =>
  confirmation.lines.filter((line: any) => line.condition === 'good' && line.purchaseOrderLine);

const confirmations = { path: '/receipt-confirmations', key: (each: any) => each.number };
const confirmationEvents = ['receipt.confirmed', 'receipt.reversed'];

async function reverse(
  tools: Tools,
  job: Job,
  confirmation: any,
  where: {
    readonly client: 'erp' | 'procurement';
    readonly path: string;
    action(original: any): string;
    body: object;
  },
): Promise<void> {
  const client = tools[where.client];
  const original = await parentOf(
    client,
    `${where.path}?externalReference=${confirmation.reverses}`,
    job,
    `receipt ${confirmation.reverses}`,
  );
  if (original.reversedBy !== undefined) return;
  await client.call(where.action(original), {
    method: 'POST',
    body: where.body,
    job,
    idempotencyKey: tools.policies.idempotencyKey(job, 'reverse'),
  });
}

/** A refusal by an ERP that has not got the order's last change yet is only a matter of time. */
async function unlessBehind(
  tools: Tools,
  job: Job,
  order: any,
  number: string,
  creation: Creation,
): Promise<void> {
  const waitIfBehind = async (): Promise<void> => {
    const { body } = await tools.fresh(job, tools.procurement, `/purchase-orders/${number}`);
    if (body.revision <= order.revision) return;
    throw new CallFailed(
      'missingParent',
      `revision ${body.revision} of ${number} is not there yet`,
    );
  };
  // Once refused, it is not knocked on again before the change is there.
  if (job.attempts > 1) await waitIfBehind();
  try {
    await tools.createOnce(job, tools.erp, creation);
  } catch (error) {
    if (error instanceof CallFailed && error.kind === 'refused') await waitIfBehind();
    throw error;
  }
}

export const receiptToErp: Rule = {
  name: 'receipt-to-erp',
  from: 'wms',
  events: confirmationEvents,
  list: confirmations,
  async sync(job, tools) {
    const confirmation = await tools.source(job, tools.wms, `/receipt-confirmations/${job.key}`);
    const lines = goodLines(confirmation);
    if (lines.length === 0) return;
    if (confirmation.reverses !== undefined) {
      await reverse(tools, job, confirmation, {
        client: 'erp',
        path: '/goods-receipts',
        action: ({ year, number }) => `/goods-receipts/${year}/${number}/cancel`,
        body: { externalReference: confirmation.number },
      });
      return;
    }
    const order = await erpOrderOf(tools, job, confirmation.purchaseOrder);
    await unlessBehind(tools, job, order, confirmation.purchaseOrder, {
      step: 'post',
      path: '/goods-receipts',
      lookup: `/goods-receipts?externalReference=${confirmation.number}`,
      body: {
        externalReference: confirmation.number,
        ...(confirmation.shipNotice ? { deliveryNote: confirmation.shipNotice } : {}),
        documentDate: confirmation.receivedOn,
        lines: lines.map((line) => ({
          movementType: '101',
          purchaseOrder: order.number,
          purchaseOrderLine: line.purchaseOrderLine,
          quantity: line.quantity,
          unit: line.unit,
          ...(line.lot ? { lot: line.lot } : {}),
        })),
      },
    });
  },
};

export const receiptToProcurement: Rule = {
  name: 'receipt-to-procurement',
  from: 'wms',
  events: confirmationEvents,
  list: confirmations,
  async sync(job, tools) {
    const confirmation = await tools.source(job, tools.wms, `/receipt-confirmations/${job.key}`);
    const lines = goodLines(confirmation);
    if (lines.length === 0) return;
    if (confirmation.reverses !== undefined) {
      await reverse(tools, job, confirmation, {
        client: 'procurement',
        path: '/receipts',
        action: ({ number }) => `/receipts/${number}/void`,
        body: { reason: 'reversed by the warehouse', externalReference: confirmation.number },
      });
      return;
    }
    await tools.createOnce(job, tools.procurement, {
      step: 'create',
      path: '/receipts',
      lookup: `/receipts?externalReference=${confirmation.number}`,
      body: {
        externalReference: confirmation.number,
        ...(confirmation.shipNotice ? { shipNotice: confirmation.shipNotice } : {}),
        documentDate: confirmation.receivedOn,
        lines: lines.map((line) => ({
          purchaseOrder: confirmation.purchaseOrder,
          purchaseOrderLine: line.purchaseOrderLine,
          quantity: line.quantity,
          unit: line.unit,
          ...(line.lot ? { lot: line.lot } : {}),
          ...(line.finalDelivery ? { deliveryCompleted: true } : {}),
        })),
      },
    });
  },
};

/** The ERP's receipt line that stands for a receipt line of the procurement suite. */
export async function erpReceiptLine(tools: Tools, job: Job, reference: string): Promise<string> {
  const cut = reference.lastIndexOf('/');
  const receipt = (await tools.procurement.get(`/receipts/${reference.slice(0, cut)}`, { job }))
    .body;
  const line = receipt.lines.find((each: any) => each.line === reference.slice(cut + 1));
  const posted = await parentOf(
    tools.erp,
    `/goods-receipts?externalReference=${receipt.externalReference}`,
    job,
    `receipt ${receipt.externalReference}`,
  );
  const there = posted.lines.find(
    (each: any) => each.purchaseOrderLine === line?.purchaseOrderLine,
  );
  if (there === undefined)
    throw new CallFailed('missingParent', `receipt line ${reference} is not there yet`);
  return `${posted.year}/${posted.number}/${there.line}`;
}
