/** What is on its way and what was counted: procurement -> warehouse -> ERP and procurement. */
import { CallFailed } from '../kit/call-failed.ts';
import type { Job } from '../kit/policies.ts';
import type { Creation } from '../kit/ports.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { checkRevision, erpOrderOf, expectedReceiptOf, orMissing } from './order-rules.ts';

export const shipNoticeToWms: Rule = {
  name: 'ship-notice-to-wms',
  from: 'procurement',
  events: ['ship-notice.created'],
  source: ({ procurement }) => procurement.shipNotices,
  async sync(job, tools) {
    const notice = await tools.source(job, tools.procurement.shipNotices);
    for (const number of new Set<string>(notice.lines.map((line: any) => line.purchaseOrder))) {
      await expectedReceiptOf(tools, job, number);
    }
    const { number, supplier, shippedAt, estimatedArrival, carrier, trackingNumber, plant, lines } =
      notice;
    await tools.createOnce(
      job,
      tools.wms.shipNotices.creation({
        number,
        supplier,
        shippedAt,
        estimatedArrival,
        carrier,
        trackingNumber,
        plant,
        lines,
      }),
    );
  },
};

/** Lines of a confirmation that belong to an order and are fit for use. */
const goodLines = (confirmation: any): any[] =>
  confirmation.lines.filter((line: any) => line.condition === 'good' && line.purchaseOrderLine);

/** The quantity as the ERP is told it. */
function quantityOf({ quantity }: any, { policies }: Tools): string {
  if (policies.quantities === 'exact') return quantity;
  // Rounded up, as for a unit of which there are no parts.
  return String(Math.ceil(Number(quantity) * 100 - 1e-6) / 100);
}

/** Whether no more is to come for the line: as the warehouse says, or as nobody asked. */
const isComplete = ({ finalDelivery }: any, { policies }: Tools): boolean =>
  finalDelivery || policies.mapping === 'alwaysComplete';

/** Whether the confirmation takes another one back, for who knows the difference. */
const takesBack = ({ reverses }: any, { policies }: Tools): boolean =>
  reverses !== undefined && policies.mapping !== 'reversalsAreReceipts';

const confirmationEvents = ['receipt.confirmed', 'receipt.reversed'];

/** Waits for a change of the order, or for a receipt of it to be taken back, which the ERP has not got yet. */
async function waitIfBehind(tools: Tools, job: Job, order: any, number: string): Promise<void> {
  await checkRevision(tools, job, order, number);
  for (const { reverses } of await tools.wms.confirmations.ofOrder(number, { job })) {
    // Its own reversal waits for it.
    if (reverses === undefined || reverses === job.key) continue;
    const original = await tools.erp.receipts.find(reverses, { job });
    // Taken back by now is not taken back when the receipt was refused: the first refusal is not the last.
    if (original?.reversedBy === undefined || job.attempts === 1)
      throw new CallFailed('missingParent', `${reverses} is not taken back yet`);
  }
}

/** Whether the warehouse has taken it back meanwhile: then nothing is left to post, nor to take back. */
async function isTakenBack(tools: Tools, job: Job, number: string): Promise<boolean> {
  const all = await tools.wms.confirmations.ofOrder(number, { job });
  return all.some(({ reverses }) => reverses === job.key);
}

/** A refusal by an ERP that has not got all news yet is only a matter of time. */
async function unlessBehind(
  tools: Tools,
  job: Job,
  order: any,
  number: string,
  creation: Creation,
): Promise<void> {
  // Once refused, it is not knocked on again before the news is there.
  if (job.refusals) await waitIfBehind(tools, job, order, number);
  try {
    await tools.createOnce(job, creation);
  } catch (error) {
    if (error instanceof CallFailed && error.kind === 'refused') {
      if (await isTakenBack(tools, job, number)) {
        tools.void(job.key);
        return;
      }
      job.refusals = (job.refusals ?? 0) + 1;
      await waitIfBehind(tools, job, order, number);
    }
    throw error;
  }
}

async function cancelInErp(confirmation: any, job: Job, tools: Tools): Promise<void> {
  const { receipts } = tools.erp;
  if (tools.isVoid(confirmation.reverses)) return;
  const original = orMissing(
    await receipts.find(confirmation.reverses, { job }),
    `receipt ${confirmation.reverses}`,
  );
  if (tools.policies.reversal === 'counterPosting') {
    await receipts.postAgainst?.(original, confirmation.number, { job });
    return;
  }
  if (original.reversedBy !== undefined) return;
  const idempotencyKey = tools.policies.idempotencyKey(job, 'reverse');
  await receipts.cancel(original, confirmation.number, { job, idempotencyKey });
}

export const receiptToErp: Rule = {
  name: 'receipt-to-erp',
  from: 'wms',
  events: confirmationEvents,
  source: ({ wms }) => wms.confirmations,
  async sync(job, tools) {
    const confirmation = await tools.source(job, tools.wms.confirmations);
    const lines = goodLines(confirmation);
    if (lines.length === 0) return;
    if (takesBack(confirmation, tools)) {
      await cancelInErp(confirmation, job, tools);
      return;
    }
    const order = await erpOrderOf(tools, job, confirmation.purchaseOrder);
    const creation = tools.erp.receipts.creation({
      externalReference: confirmation.number,
      ...(confirmation.shipNotice ? { deliveryNote: confirmation.shipNotice } : {}),
      documentDate: confirmation.receivedOn,
      lines: lines.map((line) => ({
        movementType: '101',
        purchaseOrder: order.number,
        purchaseOrderLine: line.purchaseOrderLine,
        quantity: quantityOf(line, tools),
        unit: line.unit,
        ...(line.lot ? { lot: line.lot } : {}),
      })),
    });
    await unlessBehind(tools, job, order, confirmation.purchaseOrder, creation);
  },
};

/** Where a receipt is one document for each line, those that are still to come are voided when they are there. */
async function voidInProcurement(confirmation: any, job: Job, tools: Tools): Promise<void> {
  const { receipts } = tools.procurement;
  const originals = await receipts.find(confirmation.reverses, { job });
  const received = originals.reduce((count, { lines }) => count + lines.length, 0);
  for (const original of originals) {
    if (original.reversedBy !== undefined) continue;
    const idempotencyKey = tools.policies.idempotencyKey(job, 'reverse');
    await receipts.void(original, confirmation.number, { job, idempotencyKey });
  }
  const isWhole = received >= goodLines(confirmation).length;
  orMissing(isWhole ? originals[0] : undefined, `receipt ${confirmation.reverses}`);
}

export const receiptToProcurement: Rule = {
  name: 'receipt-to-procurement',
  from: 'wms',
  events: confirmationEvents,
  source: ({ wms }) => wms.confirmations,
  async sync(job, tools) {
    const confirmation = await tools.source(job, tools.wms.confirmations);
    const lines = goodLines(confirmation);
    if (lines.length === 0) return;
    if (takesBack(confirmation, tools)) {
      await voidInProcurement(confirmation, job, tools);
      return;
    }
    const creations = tools.procurement.receipts.creations({
      externalReference: confirmation.number,
      ...(confirmation.shipNotice ? { shipNotice: confirmation.shipNotice } : {}),
      documentDate: confirmation.receivedOn,
      lines: lines.map((line) => ({
        line: line.line,
        purchaseOrder: confirmation.purchaseOrder,
        purchaseOrderLine: line.purchaseOrderLine,
        quantity: line.quantity,
        unit: line.unit,
        ...(line.lot ? { lot: line.lot } : {}),
        ...(isComplete(line, tools) ? { deliveryCompleted: true } : {}),
      })),
    });
    for (const creation of creations) await tools.createOnce(job, creation);
  },
};

/** The ERP's receipt line that stands for a receipt line of the procurement suite. */
export async function erpReceiptLine(tools: Tools, job: Job, reference: string): Promise<string> {
  const line = await tools.procurement.receipts.line(reference, { job });
  const posted = orMissing(
    await tools.erp.receipts.find(line.externalReference, { job }),
    `receipt ${line.externalReference}`,
  );
  const there = posted.lines.find((each: any) => each.purchaseOrderLine === line.purchaseOrderLine);
  if (there === undefined)
    throw new CallFailed('missingParent', `receipt line ${reference} is not there yet`);
  return `${posted.year}/${posted.number}/${there.line}`;
}
