import { describe, expect, it } from 'vitest';
import type { Violation } from '../harness/invariant.ts';
import type { HistoryRecord } from '../harness/record.ts';
import { storyOf } from '../harness/story.ts';
import { orderToErp } from './flows/orders.ts';
import { type Call, HistoryBuilder, verdictOn } from './invariants/history-builder.ts';
import { noDuplicates } from './invariants/no-duplicates.ts';
import {
  confirmation,
  erpInvoice,
  erpOrder,
  expectedReceipt,
  invoice,
  order,
  orderLine,
  payment,
  paymentItem,
  receipt,
} from './invariants/sample-documents.ts';
import { narrateProcureToPay as narrate } from './narrate.ts';

const PO = 'PO-0000017';
const said = (write: (history: HistoryBuilder) => unknown): string | undefined => {
  const history = new HistoryBuilder();
  write(history);
  return narrate(history.records.at(-1) as HistoryRecord);
};
const commit = (system: string, document: string, id: string, data: object): string | undefined =>
  said((history) => history.commit(system, document, id, data));

describe('narrateProcureToPay', () => {
  it.each([
    [
      'procurement',
      'PurchaseOrder',
      PO,
      order(PO, {
        lines: [1, 2, 3].map((line) => orderLine({ line, quantity: '100', netPrice: '4.1333' })),
      }),
      'PO-0000017 was issued by buyer anna (3 lines, 1,239.99 EUR).',
    ],
    [
      'procurement',
      'PurchaseOrder',
      PO,
      order(PO, { status: 'cancelled' }),
      'PO-0000017 was cancelled in procurement.',
    ],
    [
      'erp',
      'PurchaseOrder',
      '4500000017',
      erpOrder('4500000017'),
      'The ERP committed PO-0000017 as 4500000017.',
    ],
    [
      'wms',
      'ExpectedReceipt',
      'ER-1',
      expectedReceipt(),
      'The warehouse expects PO-0000017 as ER-1.',
    ],
    [
      'wms',
      'ReceiptConfirmation',
      'WR-1',
      confirmation('WR-1'),
      'The warehouse counted 10 C62 of M-1 for PO-0000017 (WR-1).',
    ],
    [
      'erp',
      'MaterialDocument',
      '2026/1',
      receipt('1', 'WR-1'),
      'The ERP posted 2026/1 for WR-1 (movement 101, 10 C62 of M-1).',
    ],
    [
      'procurement',
      'Invoice',
      'IV-1',
      invoice('IV-1'),
      'Invoice IV-1 of S-1 over 59.50 EUR was captured (R-77).',
    ],
    [
      'procurement',
      'Invoice',
      'IV-2',
      invoice('IV-2', { currency: 'JPY', grossAmount: '74424' }),
      'Invoice IV-2 of S-1 over 74,424 JPY was captured (R-77).',
    ],
    [
      'procurement',
      'Invoice',
      'IV-3',
      invoice('IV-3', { currency: 'KWD', grossAmount: '1234.5' }),
      'Invoice IV-3 of S-1 over 1,234.500 KWD was captured (R-77).',
    ],
    [
      'erp',
      'SupplierInvoice',
      '2026/9',
      erpInvoice('9', 'IV-1', { paymentBlocks: ['price'] }),
      'The ERP posted IV-1 as 2026/9 over 59.50 EUR, blocked for price.',
    ],
    [
      'erp',
      'Payment',
      '2026/2',
      payment('2', [paymentItem('2026/9')]),
      'The ERP paid 59.50 EUR to S-1 for 1 invoice (2026/2).',
    ],
    ['erp', 'StockBalance', 'M-1/1010/0001', {}, 'The ERP committed StockBalance M-1/1010/0001.'],
  ])('tells a %s %s', (system, document, id, data, sentence) => {
    expect(commit(system, document, id, data)).toBe(sentence);
  });

  it('tells later versions from first ones', () => {
    const sentence = said((history) =>
      history
        .commit('procurement', 'PurchaseOrder', PO, order())
        .commit('procurement', 'PurchaseOrder', PO, order(PO, { revision: 2 }), { actor: 'anna' }),
    );
    expect(sentence).toBe(
      'PO-0000017 was changed by anna in procurement: revision 2, transmitted (1 line, 50.00 EUR).',
    );
  });

  it.each<[Call, string]>([
    [
      { key: PO },
      'The integration called the ERP: create purchase order for PO-0000017 (without an idempotency key).',
    ],
    [
      { key: PO, idempotencyKey: 'k-1' },
      'The integration called the ERP: create purchase order for PO-0000017 (idempotency key k-1).',
    ],
    [
      { callee: 'wms', operation: 'listExpectedReceipts', safe: true },
      'The integration asked the warehouse: list expected receipts.',
    ],
  ])('tells a call', (call, sentence) => {
    expect(said((history) => history.invoke(call))).toBe(sentence);
  });

  it.each<[Call, string]>([
    [{ key: PO, status: 201 }, 'The ERP answered 201 for PO-0000017.'],
    [{ key: PO, cut: 'reset' }, 'The answer for PO-0000017 was lost: the connection broke.'],
    [{ key: PO, cut: 'refused' }, 'The ERP could not be reached for PO-0000017.'],
    [
      { key: PO, status: 422, rule: 'period-closed' },
      'The ERP answered 422 for PO-0000017 (period-closed).',
    ],
    [
      { key: PO, status: 429, retryAfterMs: 5000 },
      'The ERP answered 429 for PO-0000017 and asked to wait 5 s.',
    ],
  ])('tells an answer', (call, sentence) => {
    expect(said((history) => history.call(call))).toBe(sentence);
  });

  it('makes a story of a duplicate that a person can follow', () => {
    const history = new HistoryBuilder().commit('procurement', 'PurchaseOrder', PO, order());
    const first = history.at(500).invoke({ key: PO });
    history.commit('erp', 'PurchaseOrder', '4500000017', erpOrder('4500000017'), {
      exchange: first,
    });
    history.complete(first, { key: PO, cut: 'reset' });
    const second = history.at(2500).invoke({ key: PO });
    history.commit('erp', 'PurchaseOrder', '4500000021', erpOrder('4500000021'), {
      exchange: second,
    });
    history.complete(second, { key: PO, status: 201 }).end();
    const [violation] = verdictOn(noDuplicates(orderToErp), history).violations;
    expect(storyOf(history, violation as Violation, narrate)).toEqual([
      {
        position: 0,
        afterMs: 0,
        sentence: 'PO-0000017 was issued by buyer anna (1 line, 50.00 EUR).',
      },
      {
        position: 1,
        afterMs: 500,
        sentence:
          'The integration called the ERP: create purchase order for PO-0000017 (without an idempotency key).',
      },
      { position: 2, afterMs: 500, sentence: 'The ERP committed PO-0000017 as 4500000017.' },
      {
        position: 3,
        afterMs: 500,
        sentence: 'The answer for PO-0000017 was lost: the connection broke.',
      },
      {
        position: 4,
        afterMs: 2500,
        sentence:
          'The integration called the ERP: create purchase order for PO-0000017 (attempt 2, without an idempotency key).',
      },
      { position: 5, afterMs: 2500, sentence: 'The ERP committed PO-0000017 as 4500000021.' },
    ]);
  });
});
