/** What suppliers answer to orders: procurement -> ERP and warehouse, on the plain wire. */
import { CallFailed } from '../kit/api-client.ts';
import type { Job } from '../kit/policies.ts';
import type { Rule, Tools } from '../kit/rule.ts';
import { erpOrderOf, isDead, parentOf, patch, receivable } from './order-rules.ts';

/** Whether a later answer or a later revision of the order has overtaken this one; proof, not a guess. */
async function isOvertaken(answer: any, job: Job, tools: Tools): Promise<boolean> {
  if (tools.policies.truth === 'message') return false;
  const order = (
    await tools.fresh(job, tools.procurement, `/purchase-orders/${answer.purchaseOrder}`)
  ).body;
  if (order.acknowledgement === answer.number) return false;
  if (order.revision > answer.orderRevision || isDead(order)) return true;
  if (order.acknowledgement !== undefined) {
    const other = (
      await tools.procurement.get(`/order-acknowledgements/${order.acknowledgement}`, { job })
    ).body;
    if (other.acknowledgedAt > answer.acknowledgedAt) return true;
  }
  throw new CallFailed(
    'transient',
    `order ${answer.purchaseOrder} is older than its acknowledgement`,
  );
}

const acknowledgements = { path: '/order-acknowledgements', key: (answer: any) => answer.number };

export const acknowledgementToErp: Rule = {
  name: 'acknowledgement-to-erp',
  from: 'procurement',
  events: ['order-acknowledgement.received'],
  list: acknowledgements,
  async sync(job, tools) {
    const answer = await tools.source(job, tools.procurement, `/order-acknowledgements/${job.key}`);
    if (await isOvertaken(answer, job, tools)) return;
    const { number } = await erpOrderOf(tools, job, answer.purchaseOrder);
    const { body: order, version } = await tools.fresh(
      job,
      tools.erp,
      `/purchase-orders/${number}`,
    );
    if (order.acknowledgement === answer.number || order.revision > answer.orderRevision) return;
    if (order.revision < answer.orderRevision) {
      throw new CallFailed(
        'missingParent',
        `revision ${answer.orderRevision} of the order is not there yet`,
      );
    }
    await tools.erp.call(`/purchase-orders/${number}/actions/confirm`, {
      method: 'POST',
      body: { number: answer.number, lines: answer.lines },
      job,
      idempotencyKey: tools.policies.idempotencyKey(job, `confirm-${version}`),
      ifMatch: `"${version}"`,
    });
  },
};

const dated = new Set(['accepted', 'dateChanged', 'quantityChanged']);

export const acknowledgementToWms: Rule = {
  name: 'acknowledgement-to-wms',
  from: 'procurement',
  events: ['order-acknowledgement.received'],
  list: acknowledgements,
  async sync(job, tools) {
    const answer = await tools.source(job, tools.procurement, `/order-acknowledgements/${job.key}`);
    if (await isOvertaken(answer, job, tools)) return;
    const dates = new Map<string, string>(
      answer.lines
        .filter((line: any) => dated.has(line.decision))
        .map((line: any) => [line.line, line.deliveryDate]),
    );
    const order = (await tools.procurement.get(`/purchase-orders/${answer.purchaseOrder}`)).body;
    if (dates.size === 0 || receivable(order).length === 0) return;
    const expected = await parentOf(
      tools.wms,
      `/expected-receipts?purchaseOrder=${answer.purchaseOrder}`,
      job,
      `expected receipt of ${answer.purchaseOrder}`,
    );
    if (expected.status !== 'open' || expected.revision > answer.orderRevision) return;
    await patch(tools.wms, `/expected-receipts/${expected.number}`, job, (current) => {
      const lines = current.lines
        .filter(
          (line: any) =>
            !line.cancelled && dates.has(line.line) && dates.get(line.line) !== line.expectedOn,
        )
        .map((line: any) => ({ line: line.line, expectedOn: dates.get(line.line) }));
      return lines.length === 0 ? undefined : { lines };
    });
  },
};
