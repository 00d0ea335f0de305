/** One promise for both shapes of receipts: a whole confirmation in one document, or one for each line. */
import { describe, expect, test } from 'vitest';
import { type FlowDocument, agrees } from '../../harness/flow.ts';
import { receiptToProcurement } from './receipts.ts';

const line = (order: string, quantity: string, more: object = {}): FlowDocument => ({
  purchaseOrderLine: order,
  material: `M-${order}`,
  quantity,
  unit: 'C62',
  ...more,
});

const confirmation = {
  number: 'WR-1',
  purchaseOrder: 'PO-1',
  lines: [
    line('10', '5', { condition: 'good' }),
    line('20', '7', { condition: 'good' }),
    line('20', '1', { condition: 'damaged' }),
    line('30', '2', { condition: 'damaged' }),
  ],
};

const receipt = (...lines: FlowDocument[]): FlowDocument => ({
  externalReference: 'WR-1',
  lines: lines.map((each) => ({ ...each, movementType: '101' })),
});

const [rule] = receiptToProcurement.agree;
const agree = (target: FlowDocument): boolean =>
  rule !== undefined && agrees(rule, confirmation, target);

describe('receipt-to-procurement', () => {
  const { key } = receiptToProcurement;

  test('owes a receipt for each order line of which good goods came', () => {
    expect(key.from(confirmation)).toEqual(['WR-1/10', 'WR-1/20']);
  });

  test('takes one receipt for all lines', () => {
    const whole = receipt(line('10', '5'), line('20', '7'));
    expect(key.to(whole)).toEqual(['WR-1/10', 'WR-1/20']);
    expect(agree(whole)).toBe(true);
  });

  test('takes a receipt for each line', () => {
    for (const each of [line('10', '5'), line('20', '7')]) {
      expect(key.to(receipt(each))).toEqual([`WR-1/${each.purchaseOrderLine}`]);
      expect(agree(receipt(each))).toBe(true);
    }
  });

  test.each([
    ['another quantity', receipt(line('10', '6'))],
    ['damaged goods as well', receipt(line('20', '7'), line('20', '1'))],
    ['only damaged goods', receipt(line('30', '2'))],
    ['one wrong line among right ones', receipt(line('10', '5'), line('20', '8'))],
  ])('does not take %s', (_, target) => {
    expect(agree(target)).toBe(false);
  });
});
