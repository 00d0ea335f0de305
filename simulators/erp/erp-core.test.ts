/** Each rule of the ERP by example, with the name that its refusal carries. */
import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';
import { BusinessError } from '../../harness/business-error.ts';
import { Exchange } from './exchange.ts';
import {
  balances,
  context,
  contextOn,
  invoiceDraft,
  line,
  material,
  order,
  receive,
  supplier,
  testErp,
  today,
} from './erp-fixture.ts';

const d = decimal;
const caught = (act: () => unknown): BusinessError => {
  try {
    act();
  } catch (error) {
    if (error instanceof BusinessError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
};
const refusal = (act: () => unknown): string => {
  const { refusal: kind, rule } = caught(act);
  return `${kind} ${rule}`;
};
const costCenter = { category: 'costCenter', object: 'CC1', glAccount: '415000' } as const;
const receiptBased = { goodsReceiptBasedInvoiceVerification: true };
const idOf = ({ year, number }: { year: string; number: string }) => `${year}/${number}`;

describe('master data', () => {
  test.each([
    ['duplicate supplier-exists', supplier('S1')],
    ['invalid unknown-currency', supplier('N', { currency: 'XXX' })],
    ['invalid unknown-payment-terms', supplier('N', { paymentTerms: '9999' })],
    ['invalid supplier-number-invalid', supplier('12345678901')],
  ])('supplier: %s', (rule, draft) => {
    const { erp } = testErp();
    expect(refusal(() => erp.masterData.createSupplier(draft, context))).toBe(rule);
  });

  test('a stale change is refused and base units stay once valuated', () => {
    const { erp, events } = testErp();
    erp.masterData.changeSupplier('S1', { city: 'Kiel' }, context, 1);
    expect(refusal(() => erp.masterData.changeSupplier('S1', { city: 'Jena' }, context, 1))).toBe(
      'stale stale-version',
    );
    expect(events.map((each) => `${each.type} ${each.key} ${each.version}`)).toEqual([
      'supplier.changed S1 2',
    ]);
    receive(erp, order(erp).number, '1');
    expect(
      refusal(() =>
        erp.masterData.changeMaterial('V', { baseUnit: 'KGM', orderUnit: 'KGM' }, context),
      ),
    ).toBe('conflict material-valuated');
  });

  test('seeding is silent unless told otherwise', () => {
    const { erp, events } = testErp();
    erp.masterData.seed({ materials: [material('N1')] }, context);
    expect(events).toEqual([]);
    erp.masterData.seed({ materials: [material('N2')] }, context, { emit: true });
    expect(events.map((each) => each.type)).toEqual(['material.created']);
  });
});

describe('creating an order', () => {
  test('gets a number of the range, defaults and one event', () => {
    const { erp, events } = testErp();
    const created = order(erp);
    expect(created).toMatchObject({
      number: '4500000001',
      status: 'transmitted',
      currency: 'EUR',
      revision: 1,
    });
    expect(created.lines[0]).toMatchObject({
      line: '10',
      unit: 'C62',
      taxCode: 'V1',
      storageLocation: '0001',
    });
    expect(events.map((each) => `${each.type} ${each.key}`)).toEqual([
      'purchase-order.created 4500000001',
    ]);
  });

  test('the same external reference makes a second order, as in a real ERP', () => {
    const { erp } = testErp();
    const draft = {
      companyCode: '1000',
      supplier: 'S1',
      externalReference: 'PO-1',
      lines: [line()],
    };
    erp.purchaseOrders.create(draft, context);
    erp.purchaseOrders.create(draft, context);
    expect(erp.purchaseOrders.byExternalReference.find('PO-1').map((each) => each.number)).toEqual([
      '4500000001',
      '4500000002',
    ]);
  });

  test.each([
    ['unknown-supplier', { supplier: 'NO' }],
    ['supplier-blocked', { supplier: 'S2' }],
    ['unknown-company-code', { companyCode: 'NO' }],
    ['unknown-currency', { currency: 'XXX' }],
    ['no-exchange-rate', { currency: 'VND' }],
    ['unknown-payment-terms', { paymentTerms: 'NO' }],
    ['external-reference-too-long', { externalReference: '1234567890123' }],
    ['no-lines', { lines: [] }],
    ['duplicate-line', { lines: [line({ line: '1' }), line({ line: '1' })] }],
  ])('header: %s', (rule, more) => {
    const { erp } = testErp();
    const draft = { companyCode: '1000', supplier: 'S1', lines: [line()], ...more };
    expect(refusal(() => erp.purchaseOrders.create(draft, context))).toBe(`invalid ${rule}`);
    expect(erp.purchaseOrders.documents.size).toBe(0);
    expect(order(erp).number).toBe('4500000001');
  });

  test.each([
    ['unknown-material', { material: 'NO' }],
    ['material-deleted', { material: 'D' }],
    ['unknown-plant', { plant: 'NO' }],
    ['plant-company-mismatch', { plant: '2010' }],
    ['unknown-storage-location', { storageLocation: 'NO' }],
    ['unknown-unit', { unit: 'NO' }],
    ['no-unit-conversion', { unit: 'KGM' }],
    ['unknown-tax-code', { taxCode: 'NO' }],
    ['quantity-not-positive', { quantity: d('0') }],
    ['quantity-not-positive', { quantity: d('-1') }],
    ['too-many-decimals', { quantity: d('1.5') }],
    ['too-many-decimals', { netPrice: d('1.005') }],
    ['amount-negative', { netPrice: d('-1') }],
    ['price-not-positive', { netPrice: d('0') }],
    ['price-quantity-not-positive', { priceQuantity: d('0') }],
    ['line-number-invalid', { line: 'A' }],
    ['material-or-account-required', { material: '' }],
    ['account-assignment-required', { category: 'service' }],
    ['consignment-not-assigned', { category: 'consignment', accountAssignment: costCenter }],
    ['consignment-no-invoice', { category: 'consignment', invoiceExpected: true }],
    ['non-valuated-needs-account', { goodsReceiptNonValuated: true }],
    ['limit-without-receipt', { category: 'limit', goodsReceiptExpected: true }],
    ['receipt-based-needs-receipt', { ...receiptBased, goodsReceiptExpected: false }],
    ['tolerance-negative', { overdeliveryTolerancePercent: d('-1') }],
    [
      'schedule-quantity-mismatch',
      { scheduleLines: [{ scheduleLine: '1', deliveryDate: today, quantity: d('9') }] },
    ],
  ] as const)('line: %s', (rule, more) => {
    const { erp } = testErp();
    const error = caught(() => order(erp, more));
    expect(`${error.refusal} ${error.rule}`).toBe(`invalid ${rule}`);
    expect(error.field).toMatch(/^lines\[0\]\./);
  });
});

describe('changing an order', () => {
  test('makes a revision with change records, and nothing when nothing changes', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const change = { lines: [{ line: '10', quantity: d('12') }] };
    const changed = erp.purchaseOrders.change(number, change, contextOn(today, 'ANNA'), 1);
    expect(changed).toMatchObject({ revision: 2, status: 'transmitted' });
    expect(changed.changes[0]).toMatchObject({
      by: 'ANNA',
      field: 'lines[10].quantity',
      old: '10',
      new: '12',
    });
    expect(erp.purchaseOrders.change(number, change, context)).toBe(changed);
    expect(erp.purchaseOrders.documents.entry(number)?.version).toBe(2);
    expect(refusal(() => erp.purchaseOrders.change(number, change, context, 1))).toBe(
      'stale stale-version',
    );
  });

  test('the supplier confirms, a change asks again', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const lines = [
      {
        line: '10',
        decision: 'quantityChanged',
        quantity: d('8'),
        unit: 'C62',
        deliveryDate: addDays(today, 9),
      },
    ] as const;
    const confirmed = erp.purchaseOrders.confirm(number, { number: 'AB-1', lines }, context);
    expect(confirmed).toMatchObject({ status: 'acknowledged', acknowledgement: 'AB-1' });
    expect(confirmed.lines[0]?.scheduleLines[0]).toMatchObject({
      confirmedQuantity: '8',
      confirmedDate: addDays(today, 9),
    });
    expect(erp.purchaseOrders.change(number, { buyer: 'EVA' }, context).status).toBe('transmitted');
  });

  test('a lock keeps everybody else out until it is given back', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    erp.purchaseOrders.lock(number, 'MILLER', context);
    const change = () => erp.purchaseOrders.change(number, { buyer: 'EVA' }, context);
    expect(caught(change)).toMatchObject({
      refusal: 'locked',
      rule: 'locked',
      message: 'Purchase order 4500000001 is being processed by user MILLER',
      details: { user: 'MILLER' },
    });
    expect(refusal(() => receive(erp, number, '1'))).toBe('locked locked');
    expect(refusal(() => erp.invoices.post(invoiceDraft(number, '1', '5'), context))).toBe(
      'locked locked',
    );
    expect(refusal(() => erp.purchaseOrders.unlock(number, 'EVA', context))).toBe('locked locked');
    erp.purchaseOrders.unlock(number, 'MILLER', context);
    expect(change().buyer).toBe('EVA');
  });

  test('what was received holds quantity, deletion and how the line is bought', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '6');
    const change = (more: object) => () =>
      erp.purchaseOrders.change(number, { lines: [{ line: '10', ...more }] }, context);
    expect(refusal(change({ quantity: d('5') }))).toBe('conflict below-received');
    expect(refusal(change({ plant: '1020' }))).toBe('conflict line-in-use');
    expect(refusal(change({ deleted: true }))).toBe('conflict deletion-blocked');
    expect(refusal(() => erp.purchaseOrders.delete(number, context))).toBe(
      'conflict deletion-blocked',
    );
    expect(change({ quantity: d('6') })().lines[0]?.quantity).toBe('6');
  });

  test('the price of an invoiced receipt-based line stays; of another it may change', () => {
    const { erp } = testErp();
    const { number } = order(erp, receiptBased, {});
    receive(erp, number, '10');
    receive(erp, number, '10', { line: '20' });
    erp.invoices.post(invoiceDraft(number, '10', '50'), context);
    erp.invoices.post(invoiceDraft(number, '10', '50', { line: '20' }), context);
    const change = (at: string) => () =>
      erp.purchaseOrders.change(number, { lines: [{ line: at, netPrice: d('6') }] }, context);
    expect(refusal(change('10'))).toBe('conflict price-of-invoiced-line');
    expect(change('20')().lines[1]?.netPrice).toBe('6');
  });

  test('deleting every line cancels the order for good', () => {
    const { erp } = testErp();
    const { number } = order(erp, {}, {});
    expect(erp.purchaseOrders.delete(number, context, ['10']).status).toBe('transmitted');
    expect(refusal(() => receive(erp, number, '1'))).toBe('conflict line-deleted');
    expect(erp.purchaseOrders.delete(number, context).status).toBe('cancelled');
    expect(refusal(() => receive(erp, number, '1', { line: '20' }))).toBe(
      'conflict order-cancelled',
    );
    expect(refusal(() => erp.purchaseOrders.change(number, { buyer: 'EVA' }, context))).toBe(
      'conflict order-cancelled',
    );
  });

  test('an order above the release limit takes nothing until it is released', () => {
    const { erp } = testErp({ releaseFrom: d('50') });
    expect(order(erp, { netPrice: d('4.99') }).released).toBe(true);
    const { number, status } = order(erp);
    expect(status).toBe('approved');
    expect(refusal(() => receive(erp, number, '1'))).toBe('conflict not-released');
    expect(erp.purchaseOrders.release(number, context).status).toBe('transmitted');
    expect(refusal(() => erp.purchaseOrders.release(number, context))).toBe(
      'conflict already-released',
    );
    receive(erp, number, '1');
  });
});

describe('goods receipts', () => {
  test('101 raises stock at order price against GR/IR; 102 takes both back at the original value', () => {
    const { erp, events } = testErp();
    const { number } = order(erp, { netPrice: d('6') });
    const receipt = receive(erp, number, '4');
    expect(balances(erp)).toEqual({ 300000: '24', 191100: '-24' });
    expect(erp.purchaseOrders.documents.get(number)?.status).toBe('partiallyReceived');
    erp.purchaseOrders.change(number, { lines: [{ line: '10', netPrice: d('9') }] }, context);
    const reversal = erp.goodsMovements.cancel(receipt.year, receipt.number, today, context, {
      externalReference: 'WR-2',
    });
    expect(reversal).toMatchObject({ externalReference: 'WR-2', reverses: idOf(receipt) });
    expect(reversal.lines[0]).toMatchObject({
      movementType: '102',
      amount: '24',
      reversesLine: `${idOf(receipt)}/1`,
    });
    expect(balances(erp)).toEqual({});
    expect(erp.goodsMovements.get(idOf(receipt)).reversedBy).toBe(idOf(reversal));
    expect(erp.purchaseOrders.documents.get(number)?.status).toBe('transmitted');
    expect(events.map((each) => each.type)).toContain('goods-receipt.reversed');
    expect(
      refusal(() => erp.goodsMovements.cancel(receipt.year, receipt.number, today, context)),
    ).toBe('conflict already-reversed');
  });

  test('with a standard price the difference to the order price is PRD', () => {
    const { erp } = testErp();
    receive(erp, order(erp, { material: 'S' }).number, '10');
    expect(balances(erp)).toEqual({ 300000: '40', 281000: '10', 191100: '-50' });
  });

  test('the moving average follows value and quantity', () => {
    const { erp } = testErp();
    const { number } = order(erp, { quantity: d('10') }, { netPrice: d('8'), quantity: d('20') });
    receive(erp, number, '10');
    receive(erp, number, '20', { line: '20' });
    expect(erp.stock.valuation('V', '1010')).toMatchObject({
      quantity: '30',
      value: '210',
      movingAverage: '7',
    });
    expect(erp.stock.balance('V', '1010', '0001')?.quantity).toBe('30');
  });

  test('over-delivery within the tolerance passes, beyond it does not, and unlimited always does', () => {
    const { erp } = testErp();
    const { number } = order(
      erp,
      { overdeliveryTolerancePercent: d('10') },
      { unlimitedOverdelivery: true },
    );
    receive(erp, number, '10');
    receive(erp, number, '1');
    expect(caught(() => receive(erp, number, '1'))).toMatchObject({
      refusal: 'invalid',
      rule: 'over-delivery',
      field: 'lines[0].quantity',
    });
    receive(erp, number, '99', { line: '20' });
  });

  test('under-delivery within the tolerance completes the line; a caller may complete it short', () => {
    const { erp } = testErp();
    const { number } = order(erp, { underdeliveryTolerancePercent: d('20') }, {});
    receive(erp, number, '8');
    expect(erp.purchaseOrders.documents.get(number)?.lines[0]?.deliveryCompleted).toBe(true);
    receive(erp, number, '3', { line: '20', deliveryCompleted: true });
    expect(erp.purchaseOrders.documents.get(number)?.status).toBe('fullyReceived');
    expect(refusal(() => receive(erp, number, '1', { line: '20' }))).toBe(
      'conflict delivery-completed',
    );
  });

  test('units convert by fraction, and never into half a piece', () => {
    const { erp } = testErp();
    const { number } = order(
      erp,
      { material: 'K', quantity: d('2'), netPrice: d('100') },
      { unit: 'DZN', quantity: d('2') },
    );
    receive(erp, number, '500', { unit: 'KGM' });
    expect(erp.purchaseOrders.lineBalance(number, '10').received).toBe('0.5');
    expect(erp.stock.valuation('K', '1010')).toMatchObject({ quantity: '500', value: '50' });
    receive(erp, number, '24', { line: '20', unit: 'C62' });
    expect(erp.purchaseOrders.lineBalance(number, '20').received).toBe('2');
    const third = order(erp, { unit: 'DZN', quantity: d('2') }).number;
    expect(refusal(() => receive(erp, third, '6', { unit: 'C62' }))).toBe(
      'invalid inexact-conversion',
    );
    expect(refusal(() => receive(erp, third, '1', { unit: 'KGM' }))).toBe(
      'invalid no-unit-conversion',
    );
  });

  test('122 returns goods, 103 blocks them and 105 frees them', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const receipt = receive(erp, number, '6');
    const back = (quantity: string) =>
      erp.goodsMovements.post(
        {
          lines: [
            {
              movementType: '122',
              reversesLine: `${idOf(receipt)}/1`,
              quantity: d(quantity),
              reason: 'damaged',
            },
          ],
        },
        context,
      );
    back('2');
    expect(refusal(() => back('5'))).toBe('invalid exceeds-receipt');
    const blocked = receive(erp, number, '3', {}, '103');
    expect(blocked.accountingDocument).toBeUndefined();
    expect(erp.stock.balance('V', '1010', '0001')).toMatchObject({ quantity: '4', blocked: '3' });
    expect(
      refusal(() => erp.goodsMovements.cancel(blocked.year, blocked.number, today, context)),
    ).toBe('conflict not-reversible');
    erp.goodsMovements.post(
      { lines: [{ movementType: '105', reversesLine: `${blocked.number}/1` }] },
      context,
    );
    expect(erp.stock.balance('V', '1010', '0001')).toMatchObject({ quantity: '7', blocked: '0' });
    expect(balances(erp)).toEqual({ 300000: '35', 191100: '-35' });
  });

  test('blocked goods count as delivered for the over-delivery tolerance', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '8', {}, '103');
    expect(refusal(() => receive(erp, number, '3'))).toBe('invalid over-delivery');
    receive(erp, number, '2');
  });

  test('a receipt taken back in parts goes at its original value, to the cent', () => {
    const { erp } = testErp();
    const { number } = order(erp, { quantity: d('3'), netPrice: d('10'), priceQuantity: d('3') });
    receive(erp, order(erp, { netPrice: d('9') }).number, '10');
    const receipt = receive(erp, number, '3');
    const parts = ['1', '1', '1'].map((quantity) => {
      const back = {
        movementType: '102',
        reversesLine: `${idOf(receipt)}/1`,
        quantity: d(quantity),
      } as const;
      return erp.goodsMovements.post({ lines: [back] }, context).lines[0]?.amount;
    });
    expect(parts).toEqual(['3.33', '3.34', '3.33']);
    expect(erp.goodsMovements.get(idOf(receipt)).reversedBy).toBeDefined();
    expect(balances(erp)).toEqual({ 300000: '90', 191100: '-90' });
  });

  test('a price change between receipts leaves nothing on GR/IR once the line is even', () => {
    const { erp } = testErp();
    const { number } = order(erp, { unlimitedOverdelivery: true });
    const first = receive(erp, number, '10');
    erp.invoices.post(invoiceDraft(number, '10', '50'), context);
    erp.purchaseOrders.change(number, { lines: [{ line: '10', netPrice: d('7') }] }, context);
    receive(erp, number, '10');
    erp.goodsMovements.cancel(first.year, first.number, today, context);
    expect(erp.purchaseOrders.lineBalance(number, '10')).toMatchObject({
      received: '10',
      invoiced: '10',
    });
    expect(erp.ledger.openGrIr(number, '10')).toBe('0');
    expect(balances(erp)).toMatchObject({ 300000: '70', 281000: '-20' });
  });

  test('a reversal opens a delivered line again', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const { year, number: receipt } = receive(erp, number, '10');
    expect(erp.purchaseOrders.get(number)).toMatchObject({
      status: 'fullyReceived',
      lines: [{ deliveryCompleted: true }],
    });
    erp.goodsMovements.cancel(year, receipt, undefined, context);
    expect(erp.purchaseOrders.get(number)).toMatchObject({
      status: 'transmitted',
      lines: [{ deliveryCompleted: false }],
    });
    receive(erp, number, '10');
  });

  test('161 sends goods back on a line of their own, settled by a credit memo', () => {
    const { erp } = testErp();
    const bought = order(erp).number;
    receive(erp, bought, '10');
    const { number } = order(erp, { returnsItem: true, quantity: d('4') });
    expect(refusal(() => receive(erp, number, '4'))).toBe('invalid returns-item');
    receive(erp, number, '4', {}, '161');
    expect(balances(erp)).toEqual({ 300000: '30', 191100: '-30' });
    expect(refusal(() => erp.invoices.post(invoiceDraft(number, '4', '20'), context))).toBe(
      'invalid returns-item',
    );
    erp.invoices.post(invoiceDraft(number, '4', '20', { kind: 'creditMemo' }), context);
    expect(erp.ledger.openGrIr(number, '10')).toBe('0');
  });

  test('account-assigned goods are consumed, consignment is not valuated', () => {
    const { erp } = testErp();
    const { number } = order(
      erp,
      { accountAssignment: costCenter },
      { category: 'consignment' },
      { accountAssignment: costCenter, goodsReceiptNonValuated: true },
    );
    const receipt = receive(erp, number, '10');
    expect(receipt.lines[0]).toMatchObject({
      consumed: true,
      costCenter: 'CC1',
      storageLocation: '',
    });
    receive(erp, number, '10', { line: '20' });
    receive(erp, number, '10', { line: '30' });
    expect(balances(erp)).toEqual({ 415000: '50', 191100: '-50' });
    expect(erp.stock.balance('V', '1010', '0001')).toMatchObject({
      quantity: '10',
      consignment: '10',
    });
    expect(erp.stock.valuation('V', '1010')).toBeUndefined();
  });

  test('posting dates lie in open periods, document dates not in the future', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    erp.periods.close('1000', '2026', '10', context);
    const lines = [
      { movementType: '101', purchaseOrder: number, purchaseOrderLine: '10', quantity: d('1') },
    ] as const;
    const october = addDays(today, -30);
    expect(refusal(() => erp.goodsMovements.post({ postingDate: october, lines }, context))).toBe(
      'invalid period-closed',
    );
    expect(
      refusal(() => erp.goodsMovements.post({ documentDate: addDays(today, 2), lines }, context)),
    ).toBe('invalid document-date-in-future');
    erp.periods.open('1000', '2026', '10', context);
    expect(erp.goodsMovements.post({ postingDate: october, lines }, context).postingDate).toBe(
      october,
    );
    expect(
      erp.goodsMovements.post({ postingDate: addDays(today, 60), lines }, context),
    ).toMatchObject({ year: '2027', number: '5000000001' });
  });

  test.each([
    ['invalid unknown-order', { purchaseOrder: 'NO' }],
    ['invalid unknown-order-line', { purchaseOrderLine: '99' }],
    ['invalid material-mismatch', { material: 'S' }],
    ['invalid plant-mismatch', { plant: '1020' }],
    ['invalid unknown-storage-location', { storageLocation: 'NO' }],
    ['invalid quantity-not-positive', { quantity: d('-1') }],
    ['invalid unknown-unit', { unit: 'NO' }],
    ['invalid returns-item', { movementType: '161' }],
    ['invalid unknown-receipt', { movementType: '102', reversesLine: '2026/1/1' }],
    ['conflict no-receipt-to-take-back', { movementType: '122' }],
  ] as const)('refuses %s', (rule, more) => {
    const { erp } = testErp();
    const { number } = order(erp);
    const each = {
      movementType: '101' as const,
      purchaseOrder: number,
      purchaseOrderLine: '10',
      quantity: d('1'),
      ...more,
    };
    expect(refusal(() => erp.goodsMovements.post({ lines: [each] }, context))).toBe(rule);
    expect(erp.goodsMovements.documents.size).toBe(0);
    expect(receive(erp, number, '1').number).toBe('5000000001');
  });
});

describe('stock without an order', () => {
  const post = (erp: ReturnType<typeof testErp>['erp'], more: object) =>
    erp.goodsMovements.post(
      {
        lines: [{ movementType: '561', material: 'V', plant: '1010', quantity: d('10'), ...more }],
      },
      context,
    );

  test('initial stock, issue, counts and transfers post what they are worth', () => {
    const { erp } = testErp();
    post(erp, {});
    post(erp, { movementType: '201', quantity: d('2'), costCenter: 'CC1' });
    post(erp, { movementType: '702', quantity: d('1') });
    expect(balances(erp)).toEqual({ 300000: '35', 399999: '-50', 400000: '10', 701000: '5' });
    const moved = post(erp, { movementType: '301', quantity: d('3'), receivingPlant: '1020' });
    post(erp, { movementType: '311', quantity: d('1'), receivingStorageLocation: '0002' });
    expect(erp.stock.valuation('V', '1020')).toMatchObject({ quantity: '3', value: '15' });
    expect(erp.stock.balance('V', '1010', '0001')?.quantity).toBe('3');
    erp.goodsMovements.cancel(moved.year, moved.number, today, context);
    expect(erp.stock.balance('V', '1010', '0001')?.quantity).toBe('6');
    expect(refusal(() => erp.goodsMovements.cancel(moved.year, moved.number, today, context))).toBe(
      'conflict already-reversed',
    );
  });

  test.each([
    ['negative-stock', { movementType: '201', quantity: d('1'), costCenter: 'CC1' }],
    ['cost-center-required', { movementType: '201' }],
    ['several-company-codes', { movementType: '301', receivingPlant: '2010' }],
    ['same-location', { movementType: '311', receivingStorageLocation: '0001' }],
    ['unknown-plant', { movementType: '301' }],
    ['unknown-material', { material: 'NO' }],
  ])('refuses %s', (rule, more) => {
    const { erp } = testErp();
    expect(refusal(() => post(erp, more))).toBe(`invalid ${rule}`);
  });
});

describe('invoice verification', () => {
  test('clears GR/IR, posts tax and owes the vendor', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '10');
    const invoice = erp.invoices.post(invoiceDraft(number, '10', '50'), context);
    expect(invoice).toMatchObject({
      status: 'posted',
      match: 'matched',
      paymentBlocks: [],
      taxAmount: '9.5',
      dueDate: addDays(today, 30),
    });
    expect(balances(erp)).toEqual({ 300000: '50', 154000: '9.5', 160000: '-59.5' });
    expect(
      erp.purchaseOrders
        .history(number)
        .map((each) => `${each.category} ${each.quantity} ${each.amount}`),
    ).toEqual(['E 10 50', 'Q 10 50']);
  });

  test('a price beyond tolerance blocks; the difference goes to stock that is there, else to PRD', () => {
    const { erp, events } = testErp();
    const { number } = order(erp);
    receive(erp, number, '10');
    erp.goodsMovements.post(
      {
        lines: [
          {
            movementType: '201',
            material: 'V',
            plant: '1010',
            quantity: d('5'),
            costCenter: 'CC1',
          },
        ],
      },
      context,
    );
    const invoice = erp.invoices.post(invoiceDraft(number, '10', '60'), context);
    expect(invoice).toMatchObject({ paymentBlocks: ['price'], match: 'exception' });
    expect(balances(erp)).toMatchObject({ 300000: '30', 281000: '5' });
    expect(events.map((each) => each.type)).toContain('supplier-invoice.blocked');
    erp.purchaseOrders.change(number, { lines: [{ line: '10', netPrice: d('6') }] }, context);
    expect(erp.invoices.get(idOf(invoice))).toMatchObject({ paymentBlocks: [], match: 'matched' });
  });

  test('an invoice before the receipt is blocked for quantity until the goods come', () => {
    const { erp, events } = testErp();
    const { number } = order(erp);
    const invoice = erp.invoices.post(invoiceDraft(number, '10', '50.5'), context);
    expect(invoice).toMatchObject({ paymentBlocks: ['quantity'], match: 'pendingReceipt' });
    expect(erp.ledger.openGrIr(number, '10')).toBe('50.5');
    receive(erp, number, '9');
    expect(erp.invoices.get(idOf(invoice)).paymentBlocks).toEqual(['quantity']);
    receive(erp, number, '1');
    expect(erp.invoices.get(idOf(invoice)).paymentBlocks).toEqual([]);
    expect(events.map((each) => each.type)).toContain('supplier-invoice.released');
    expect(erp.ledger.openGrIr(number, '10')).toBe('0');
    expect(erp.stock.valuation('V', '1010')?.value).toBe('50.5');
  });

  test('blocks are set and taken off by hand, and a hand-set one outlives its neighbours', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const { year, number: invoice } = erp.invoices.post(invoiceDraft(number, '10', '50'), context);
    erp.invoices.block(year, invoice, 'manual', context);
    receive(erp, number, '10');
    expect(erp.invoices.get(`${year}/${invoice}`).paymentBlocks).toEqual(['manual']);
    expect(erp.invoices.release(year, invoice, context)).toMatchObject({
      paymentBlocks: [],
      match: 'approved',
    });
    expect(refusal(() => erp.invoices.release(year, invoice, context))).toBe(
      'conflict not-blocked',
    );
  });

  test('receipt-based lines invoice one receipt and no more than it left', () => {
    const { erp } = testErp();
    const { number } = order(erp, receiptBased);
    const post = (quantity: string, goodsReceipt?: string) =>
      erp.invoices.post(
        invoiceDraft(
          number,
          quantity,
          String(Number(quantity) * 5),
          goodsReceipt === undefined ? {} : { goodsReceipt },
        ),
        context,
      );
    expect(refusal(() => post('4'))).toBe('invalid no-receipt');
    const first = receive(erp, number, '4');
    const second = receive(erp, number, '6');
    expect(refusal(() => post('4'))).toBe('invalid receipt-reference-required');
    expect(refusal(() => post('5', `${idOf(first)}/1`))).toBe('invalid exceeds-receipt');
    post('4', `${idOf(first)}/1`);
    expect(refusal(() => erp.goodsMovements.cancel(first.year, first.number, today, context))).toBe(
      'conflict receipt-invoiced',
    );
    post('6');
    expect(erp.ledger.openGrIr(number, '10')).toBe('0');
    expect(refusal(() => post('1', `${idOf(second)}/1`))).toBe('invalid exceeds-receipt');
  });

  test('limit lines go straight to cost and are blocked above their limit', () => {
    const { erp } = testErp();
    const { number } = order(erp, { category: 'limit', quantity: d('1'), netPrice: d('100') });
    expect(refusal(() => receive(erp, number, '1'))).toBe('invalid no-receipt-expected');
    expect(erp.invoices.post(invoiceDraft(number, '1', '80'), context).paymentBlocks).toEqual([]);
    expect(erp.invoices.post(invoiceDraft(number, '1', '30'), context).paymentBlocks).toEqual([
      'price',
    ]);
    expect(balances(erp)[400000]).toBe('110');
  });

  test('credit memos take back quantity, subsequent debits only add value', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    const early = () =>
      erp.invoices.post(invoiceDraft(number, '10', '5', { kind: 'subsequentDebit' }), context);
    expect(refusal(early)).toBe('invalid not-invoiced-yet');
    const receipt = receive(erp, number, '10');
    erp.invoices.post(invoiceDraft(number, '10', '50'), context);
    early();
    expect(erp.purchaseOrders.lineBalance(number, '10')).toMatchObject({
      invoiced: '10',
      invoicedValue: '50',
    });
    expect(erp.stock.valuation('V', '1010')?.value).toBe('55');
    erp.goodsMovements.post(
      { lines: [{ movementType: '122', reversesLine: `${idOf(receipt)}/1`, quantity: d('4') }] },
      context,
    );
    expect(erp.ledger.openGrIr(number, '10')).toBe('20');
    erp.invoices.post(invoiceDraft(number, '4', '20', { kind: 'creditMemo' }), context);
    expect(erp.ledger.openGrIr(number, '10')).toBe('0');
    const much = () =>
      erp.invoices.post(invoiceDraft(number, '7', '35', { kind: 'creditMemo' }), context);
    expect(refusal(much)).toBe('conflict credit-exceeds-invoiced');
  });

  test('a cancellation reopens GR/IR and makes room for the right invoice', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '10');
    const draft = { ...invoiceDraft(number, '10', '50'), externalReference: 'INV-1' };
    const { year, number: wrong } = erp.invoices.post(draft, context);
    expect(refusal(() => erp.invoices.post(draft, context))).toBe('duplicate duplicate-invoice');
    const cancellation = erp.invoices.cancel(year, wrong, today, context);
    expect(cancellation).toMatchObject({ kind: 'creditMemo', cancels: `${year}/${wrong}` });
    expect(erp.invoices.get(`${year}/${wrong}`)).toMatchObject({
      status: 'cancelled',
      cancelledBy: idOf(cancellation),
    });
    expect(balances(erp)).toEqual({ 300000: '50', 191100: '-50' });
    expect(refusal(() => erp.invoices.cancel(year, wrong, today, context))).toBe(
      'conflict already-cancelled',
    );
    expect(erp.invoices.post(draft, context).status).toBe('posted');
    expect(erp.invoices.byExternalReference.find('INV-1')).toHaveLength(2);
  });

  test('a duplicate is only a warning where customizing says so', () => {
    const { erp } = testErp({ duplicateInvoiceCheck: 'warning' });
    const { number } = order(erp);
    receive(erp, number, '10');
    const draft = invoiceDraft(number, '5', '25');
    erp.invoices.post(draft, context);
    expect(erp.invoices.post(draft, context).status).toBe('posted');
  });

  test('out of balance it can only be parked; a small difference is absorbed', () => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '10');
    const off = invoiceDraft(number, '10', '50', { gross: '61.5' });
    expect(refusal(() => erp.invoices.post(off, context))).toBe('invalid not-balanced');
    const parked = erp.invoices.park(off, context);
    expect(parked.status).toBe('draft');
    expect(refusal(() => erp.invoices.post(idOf(parked), context))).toBe('invalid not-balanced');
    const near = erp.invoices.park(invoiceDraft(number, '10', '50', { gross: '60.5' }), context);
    expect(erp.invoices.post(idOf(near), context)).toMatchObject({
      number: near.number,
      status: 'posted',
    });
    expect(balances(erp)).toMatchObject({ 282000: '1', 160000: '-60.5' });
    expect(refusal(() => erp.invoices.post(idOf(near), context))).toBe('conflict not-parked');
  });

  test.each([
    ['unknown-supplier', { supplier: 'NO' }],
    ['supplier-blocked', { supplier: 'S2' }],
    ['supplier-mismatch', { supplier: 'S3', currency: 'EUR' }],
    ['currency-mismatch', { currency: 'USD' }],
    ['companycode-mismatch', { companyCode: '2000' }],
    ['supplier-reference-too-long', { supplierReference: '12345678901234567' }],
    ['supplier-reference-required', { supplierReference: '' }],
    ['amount-not-positive', { grossAmount: d('0') }],
    ['tax-mismatch', { taxAmount: d('4'), grossAmount: d('54') }],
    ['document-date-in-future', { documentDate: addDays(today, 3) }],
    ['no-lines', { lines: [] }],
    ['account-required', { lines: [{ amount: d('50') }] }],
  ])('refuses %s', (rule, more) => {
    const { erp } = testErp();
    const { number } = order(erp);
    receive(erp, number, '10');
    const draft = { ...invoiceDraft(number, '10', '50'), ...more };
    expect(refusal(() => erp.invoices.post(draft, context))).toBe(`invalid ${rule}`);
    expect(erp.invoices.post(invoiceDraft(number, '10', '50'), context).number).toBe('5105600001');
  });

  test('consignment is not invoiced for the order', () => {
    const { erp } = testErp();
    const { number } = order(erp, { category: 'consignment' });
    expect(refusal(() => erp.invoices.post(invoiceDraft(number, '1', '5'), context))).toBe(
      'invalid consignment-not-invoiced',
    );
  });

  test('a foreign currency is converted into the ledger at the fixed rate', () => {
    const { erp } = testErp();
    const { number } = erp.purchaseOrders.create(
      { companyCode: '1000', supplier: 'S3', lines: [line({ netPrice: d('5.4') })] },
      context,
    );
    receive(erp, number, '10');
    erp.invoices.post({ ...invoiceDraft(number, '10', '54'), supplier: 'S3' }, context);
    expect(balances(erp)).toEqual({ 300000: '50', 154000: '9.5', 160000: '-59.5' });
  });
});

describe('payment', () => {
  const setUp = (paymentTerms: string, settings = {}) => {
    const { erp, events } = testErp(settings);
    const { number } = order(erp);
    receive(erp, number, '10');
    const invoice = erp.invoices.post(
      { ...invoiceDraft(number, '10', '50'), paymentTerms },
      context,
    );
    const run = (days: number) => {
      const runDate = addDays(today, days);
      return erp.payments.run(
        { companyCode: '1000', runDate, houseBank: 'BANK1' },
        contextOn(runDate),
      );
    };
    return { erp, events, invoice, run, number };
  };

  test('waits for the due date, clears the item, and the bank clears the payment', () => {
    const { erp, invoice, run } = setUp('NT30');
    expect(run(29)).toEqual([]);
    const [payment] = run(30);
    expect(payment).toMatchObject({ amount: '59.5', status: 'issued', supplier: 'S1' });
    expect(erp.invoices.get(idOf(invoice))).toMatchObject({
      status: 'paid',
      payment: payment && idOf(payment),
      paidAmount: '59.5',
    });
    expect(run(31)).toEqual([]);
    expect(balances(erp)).toEqual({ 300000: '50', 154000: '9.5', 113105: '-59.5' });
    expect(refusal(() => erp.invoices.cancel(invoice.year, invoice.number, today, context))).toBe(
      'conflict already-paid',
    );
    erp.payments.clear(payment ? idOf(payment) : '', context);
    expect(balances(erp)).toMatchObject({ 113100: '-59.5' });
    expect(refusal(() => erp.payments.reject(payment ? idOf(payment) : '', 'late', context))).toBe(
      'conflict payment-cleared',
    );
  });

  test('takes the discount on its last day', () => {
    const { erp, run } = setUp('ZB14');
    expect(run(13)).toEqual([]);
    expect(run(14)[0]).toMatchObject({ amount: '58.31', items: [{ discount: '1.19' }] });
    expect(balances(erp)).toMatchObject({ 276000: '-1.19', 113105: '-58.31' });
  });

  test('a rejected payment opens the item again, and the next run pays it', () => {
    const { erp, invoice, run, events } = setUp('0001');
    const [payment] = run(0);
    erp.payments.reject(payment ? idOf(payment) : '', 'account closed', context);
    expect(erp.invoices.get(idOf(invoice))).toMatchObject({ status: 'posted', paidAmount: '0' });
    expect(balances(erp)).toMatchObject({ 160000: '-59.5' });
    expect(run(1)).toHaveLength(1);
    expect(events.map((each) => each.type)).toContain('payment.rejected');
  });

  test('blocked invoices and blocked suppliers are not paid; credits are netted', () => {
    const { erp, invoice, run, number } = setUp('0001');
    erp.invoices.block(invoice.year, invoice.number, 'manual', context);
    expect(run(0)).toEqual([]);
    erp.invoices.release(invoice.year, invoice.number, context);
    erp.masterData.changeSupplier('S1', { blocked: true }, context);
    expect(run(0)).toEqual([]);
    erp.masterData.changeSupplier('S1', { blocked: false }, context);
    erp.invoices.post(invoiceDraft(number, '4', '20', { kind: 'creditMemo' }), context);
    expect(run(0)[0]).toMatchObject({
      amount: '35.7',
      items: [{ paidAmount: '59.5' }, { paidAmount: '-23.8' }],
    });
  });

  test('refuses an unknown house bank and a closed period', () => {
    const { erp, run } = setUp('0001');
    const unknown = () =>
      erp.payments.run({ companyCode: '1000', runDate: today, houseBank: 'NO' }, context);
    expect(refusal(unknown)).toBe('invalid unknown-house-bank');
    erp.periods.close('1000', '2026', '11', context);
    expect(refusal(() => run(0))).toBe('invalid period-closed');
  });
});

test('an inverse rate rounds to the decimals of the currency it leads to', () => {
  const exchange = new Exchange([{ from: 'JPY', to: 'EUR', rate: d('0.006') }]);
  expect(exchange.convert(d('1'), 'EUR', 'JPY')).toBe('167');
  expect(exchange.convert(d('100'), 'JPY', 'EUR')).toBe('0.6');
});
