/** What suppliers answer to orders: procurement -> ERP and warehouse. */
import { CallFailed } from '../kit/call-failed.ts';
import type { Job } from '../kit/policies.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { erpOrderOf, expectedReceiptOf, isDead, receivable } from './order-rules.ts';

/** Whether a later answer or a later revision of the order has overtaken this one; proof, not a guess. */
async function isOvertaken(answer: any, job: Job, tools: Tools): Promise<boolean> {
  if (tools.policies.truth === 'message') return false;
  const { orders, acknowledgements } = tools.procurement;
  const order = (await tools.fresh(job, orders, answer.purchaseOrder)).body;
  if (order.acknowledgement === answer.number) return false;
  if (order.revision > answer.orderRevision || isDead(order)) return true;
  if (order.acknowledgement !== undefined) {
    const other = (await acknowledgements.read(order.acknowledgement, { job })).body;
    if (other.acknowledgedAt > answer.acknowledgedAt) return true;
  }
  throw new CallFailed(
    'transient',
    `order ${answer.purchaseOrder} is older than its acknowledgement`,
  );
}

export const acknowledgementToErp: Rule = {
  name: 'acknowledgement-to-erp',
  from: 'procurement',
  events: ['order-acknowledgement.received'],
  source: ({ procurement }) => procurement.acknowledgements,
  async sync(job, tools) {
    const answer = await tools.source(job, tools.procurement.acknowledgements);
    if (await isOvertaken(answer, job, tools)) return;
    const { number } = await erpOrderOf(tools, job, answer.purchaseOrder);
    const current = await tools.fresh(job, tools.erp.orders, number);
    const { body: order, version } = current;
    if (order.acknowledgement === answer.number || order.revision > answer.orderRevision) return;
    if (order.revision < answer.orderRevision) {
      throw new CallFailed(
        'missingParent',
        `revision ${answer.orderRevision} of the order is not there yet`,
      );
    }
    const idempotencyKey = tools.policies.idempotencyKey(job, `confirm-${version}`);
    await tools.erp.orders.confirm(current, answer, { job, idempotencyKey });
  },
};

const dated = new Set(['accepted', 'dateChanged', 'quantityChanged']);

export const acknowledgementToWms: Rule = {
  name: 'acknowledgement-to-wms',
  from: 'procurement',
  events: ['order-acknowledgement.received'],
  source: ({ procurement }) => procurement.acknowledgements,
  async sync(job, tools) {
    const answer = await tools.source(job, tools.procurement.acknowledgements);
    if (await isOvertaken(answer, job, tools)) return;
    const dates = new Map<string, string>(
      answer.lines
        .filter((line: any) => dated.has(line.decision))
        .map((line: any) => [line.line, line.deliveryDate]),
    );
    const order = (await tools.procurement.orders.read(answer.purchaseOrder, {})).body;
    if (dates.size === 0 || receivable(order).length === 0) return;
    const expected = await expectedReceiptOf(tools, job, answer.purchaseOrder);
    if (expected.status !== 'open' || expected.revision > answer.orderRevision) return;
    const { expectedReceipts } = tools.wms;
    const current = await expectedReceipts.read(expected.number, { job });
    const lines = current.body.lines
      .filter(
        (line: any) =>
          !line.cancelled && dates.has(line.line) && dates.get(line.line) !== line.expectedOn,
      )
      .map((line: any) => ({ line: line.line, expectedOn: dates.get(line.line) }));
    if (lines.length > 0) await expectedReceipts.change(current, { lines }, { job });
  },
};
