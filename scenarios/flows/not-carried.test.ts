import { describe, expect, test } from 'vitest';
import type { Invariant } from '../../harness/invariant.ts';
import { HistoryBuilder, verdictOn } from '../invariants/history-builder.ts';
import { erpOrder, order, orderLine } from '../invariants/sample-documents.ts';
import { procureToPay } from '../workloads/procure-to-pay/procure-to-pay.ts';
import { withoutFields } from './not-carried.ts';
import { orderToErp, orderToWms } from './orders.ts';
import { procureToPayFlows } from './procure-to-pay-flows.ts';

const fieldsOf = (
  name: string,
  flows: readonly { name: string; agree: readonly { field: string }[] }[],
) => flows.find((flow) => flow.name === name)?.agree.map(({ field }) => field) ?? [];

describe('fields that are not carried', () => {
  test('are asked in no flow, or in one not', () => {
    const flows = withoutFields(
      [orderToErp, orderToWms],
      ['lines[].unit', 'order-to-erp/lines[].quantity'],
    );
    expect(fieldsOf('order-to-erp', [orderToErp])).toEqual(
      expect.arrayContaining(['lines[].unit', 'lines[].quantity']),
    );
    expect(fieldsOf('order-to-erp', flows)).not.toContain('lines[].unit');
    expect(fieldsOf('order-to-erp', flows)).not.toContain('lines[].quantity');
    expect(fieldsOf('order-to-wms', flows)).not.toContain('lines[].unit');
    expect(fieldsOf('order-to-wms', flows)).toContain('lines[].quantity');
  });

  test('of which there is none is refused, with those that there are', () => {
    const misspelt = (): unknown => withoutFields(procureToPayFlows, ['lines[].storagelocation']);
    expect(misspelt).toThrow('no flow compares "lines[].storagelocation"');
    expect(misspelt).toThrow('order-to-erp/lines[].storageLocation');
  });

  test.each([
    [[], 'violated'],
    [['lines[].storageLocation'], 'holds'],
    [['order-to-wms/lines[].quantity'], 'violated'],
  ] as const)('accuse nobody: %j', (notCarried, verdict) => {
    const { flows, invariants } = procureToPay({ purchaseOrders: 1, notCarried });
    const agree = invariants.find(({ name }) => name === 'order-to-erp/fields-agree');
    const at = (storageLocation: string): object[] => [orderLine({ line: '1', storageLocation })];
    const history = new HistoryBuilder()
      .commit('procurement', 'PurchaseOrder', 'PO-1', order('PO-1', { lines: at('0001') }))
      .commit('erp', 'PurchaseOrder', '45', erpOrder('45', 'PO-1', { lines: at('0002') }))
      .heal()
      .end();
    expect(verdictOn(agree as Invariant, history).status).toBe(verdict);
    expect(flows.map(({ name }) => name)).toEqual(procureToPayFlows.map(({ name }) => name));
  });
});
