import { describe, expect, it } from 'vitest';
import type { Invariant } from '../../harness/invariant.ts';
import { grIrClears } from './gr-ir-clears.ts';
import { HistoryBuilder, verdictOn } from './history-builder.ts';
import { invoiceWithinTolerance } from './invoice-within-tolerance.ts';
import { ledgerBalanced } from './ledger-balanced.ts';
import { noReceiptForCancelledOrder } from './no-receipt-for-cancelled-order.ts';
import { paidOnce } from './paid-once.ts';
import { paidOnlyReceived } from './paid-only-received.ts';
import { paymentsMatchInvoices } from './payments-match-invoices.ts';
import { procureToPayInvariants } from './procure-to-pay-invariants.ts';
import { quantitiesConserved } from './quantities-conserved.ts';
import { receiptsWithinOrder } from './receipts-within-order.ts';
import { receivedOnce } from './received-once.ts';
import {
  accounting,
  confirmation,
  erpInvoice,
  erpOrder,
  expectedReceipt,
  invoice,
  invoiceLine,
  order,
  orderLine,
  payment,
  paymentItem,
  receipt,
} from './sample-documents.ts';
import { statusMoves } from './status-moves.ts';
import { stockEqualsMovements } from './stock-equals-movements.ts';
import { threeWayMatch } from './three-way-match.ts';

const PO = 'PO-0000017';
const ERP = '4500000017';
const IV = '2026/5105600001';

const isUnknown = (invariant: Invariant, history: HistoryBuilder): void => {
  expect(verdictOn(invariant, history)).toMatchObject({ status: 'unknown', violations: [] });
};
const violates = (invariant: Invariant, history: HistoryBuilder, violation: object): void => {
  expect(verdictOn(invariant, history)).toMatchObject({
    status: 'violated',
    violations: [violation],
  });
};
const holds = (invariant: Invariant, history: HistoryBuilder): void => {
  expect(verdictOn(invariant, history)).toMatchObject({ status: 'holds', violations: [] });
};

const ordered = (fields: object = {}): HistoryBuilder =>
  new HistoryBuilder()
    .commit('procurement', 'PurchaseOrder', PO, order(PO, fields))
    .commit('erp', 'PurchaseOrder', ERP, erpOrder(ERP, PO, fields));
const counted = (
  history: HistoryBuilder,
  number = 'WR-1',
  quantity = '10',
  fields: object = {},
): HistoryBuilder =>
  history.commit('wms', 'ReceiptConfirmation', number, confirmation(number, quantity, fields));
const posted = (
  history: HistoryBuilder,
  number: string,
  reference = 'WR-1',
  quantity = '10',
  fields: Parameters<typeof receipt>[3] = {},
): HistoryBuilder =>
  history.commit(
    'erp',
    'MaterialDocument',
    `2026/${number}`,
    receipt(number, reference, quantity, fields),
  );
const invoiced = (history: HistoryBuilder, fields: object = {}, id = IV): HistoryBuilder =>
  history.commit('erp', 'SupplierInvoice', id, erpInvoice(id.slice(5), 'IV-1', fields));
const paid = (
  history: HistoryBuilder,
  number: string,
  items: readonly object[] = [paymentItem(IV)],
  fields: object = {},
): HistoryBuilder =>
  history.commit('erp', 'Payment', `2026/${number}`, payment(number, items, fields));

describe('received-once', () => {
  const invariant = receivedOnce('erp', 'MaterialDocument');

  it('accepts one receipt, and a reversal on both sides', () => {
    holds(invariant, posted(counted(ordered()), '1').end());
    const reversed = posted(counted(ordered()), '1');
    counted(reversed, 'WR-2', '10', { reverses: 'WR-1' });
    posted(reversed, '2', 'WR-2', '10', { movementType: '102', reverses: '2026/1' });
    holds(invariant, reversed.end());
  });

  it('rejects a confirmation that was posted twice', () => {
    violates(invariant, posted(posted(counted(ordered()), '1'), '2').end(), {
      keys: ['WR-1', '2026/1', '2026/2'],
      positions: [3, 4],
      sentence:
        'The warehouse counted 10 C62 of M-1 in WR-1, and the ERP received 20 C62 for it in 2 postings (2026/1, 2026/2).',
      expected: '10',
      actual: '20',
    });
  });

  it('accepts a double that was taken back', () => {
    const mended = posted(posted(counted(ordered()), '1'), '2');
    posted(mended, '3', 'WR-1', '10', { movementType: '102', reverses: '2026/2' });
    holds(invariant, mended.end());
  });

  it('leaves a reversal that did not arrive to the flow, which knows whether it was refused', () => {
    const waiting = counted(posted(counted(ordered()), '1'), 'WR-2', '10', { reverses: 'WR-1' });
    holds(invariant, waiting.end());
  });

  it('calls it unknown when nothing was posted, or the trial was cut short', () => {
    isUnknown(invariant, counted(ordered()).end());
    const twice = posted(posted(counted(ordered()), '1'), '2');
    isUnknown(invariant, twice.end('deadline'));
  });
});

describe('quantities-conserved', () => {
  const invariant = quantitiesConserved('erp', 'MaterialDocument');

  it('accepts equal quantities, also in another unit', () => {
    holds(invariant, posted(posted(counted(ordered()), '1', 'WR-1', '4'), '2', 'WR-1', '6').end());
    const dozen = counted(ordered(), 'WR-1', '12');
    const line = {
      ...(receipt('1', 'WR-1') as { lines: object[] }).lines[0],
      quantity: '1',
      unit: 'DZN',
    };
    holds(invariant, posted(dozen, '1', 'WR-1', '1', { lines: [line] }).end());
  });

  it('rejects a difference', () => {
    violates(invariant, posted(counted(ordered()), '1', 'WR-1', '9').end(), {
      keys: [PO, 'WR-1'],
      positions: [3],
      sentence:
        'The warehouse received 10 C62 of M-1 for PO-0000017 (WR-1), and the ERP says 9 C62.',
    });
  });

  it('takes a refused receipt as an exception', () => {
    const refused = counted(ordered()).call({
      operation: 'createGoodsReceipt',
      key: 'WR-1',
      status: 422,
      rule: 'over-delivery',
    });
    holds(invariant, refused.end());
  });

  it('calls it unknown when cut short, or nothing was counted', () => {
    isUnknown(invariant, counted(ordered()).end('deadline'));
    isUnknown(invariant, ordered().end());
  });

  it('compares procurement too', () => {
    const history = counted(ordered()).commit(
      'procurement',
      'Receipt',
      'RC-1',
      receipt('RC-1', 'WR-1', '7', { purchaseOrder: PO }),
    );
    const [violation] = verdictOn(
      quantitiesConserved('procurement', 'Receipt'),
      history.end(),
    ).violations;
    expect(violation?.sentence).toContain('procurement says 7 C62');
  });
});

describe('receipts-within-order', () => {
  const invariant = receiptsWithinOrder();

  it('accepts receipts within the tolerance, and flagged ones', () => {
    const tolerant = ordered({ lines: [orderLine({ overdeliveryTolerancePercent: '10' })] });
    holds(invariant, posted(tolerant, '1', 'WR-1', '11').end());
    const flagged = ordered().commit(
      'procurement',
      'Receipt',
      'RC-1',
      receipt('RC-1', 'WR-1', '12', { purchaseOrder: PO, exceptions: [{}] }),
    );
    holds(invariant, flagged.end());
  });

  it('rejects more than was ordered', () => {
    violates(invariant, posted(posted(ordered(), '1'), '2', 'WR-2', '2').end(), {
      keys: [PO, '2026/2'],
      positions: [3],
      sentence:
        'The ERP has received 12 C62 of PO-0000017 line 1 with 2026/2; 10 C62 were ordered and at most 10 allowed.',
    });
  });

  it('calls it unknown when nothing was received', () => isUnknown(invariant, ordered().end()));
});

describe('no-receipt-for-cancelled-order', () => {
  const invariant = noReceiptForCancelledOrder();
  const cancelled = (): HistoryBuilder =>
    ordered()
      .commit('wms', 'ExpectedReceipt', 'ER-1', expectedReceipt())
      .at(1000)
      .commit('procurement', 'PurchaseOrder', PO, order(PO, { status: 'cancelled' }));
  const told = (history: HistoryBuilder): HistoryBuilder =>
    history.commit('wms', 'ExpectedReceipt', 'ER-1', expectedReceipt(PO, { status: 'cancelled' }));

  it('accepts goods that came before the warehouse could know', () => {
    holds(invariant, told(counted(cancelled())).end());
  });

  it('rejects goods that the warehouse took though it knew', () => {
    violates(invariant, counted(told(cancelled())).end(), {
      keys: [PO, 'WR-1'],
      positions: [3, 5],
      sentence:
        'PO-0000017 was cancelled, and the warehouse received goods for it afterwards (WR-1) though it knew.',
    });
  });

  it('rejects goods taken because nobody told the warehouse', () => {
    violates(invariant, counted(cancelled()).end(), {
      sentence:
        'PO-0000017 was cancelled, and the warehouse received goods for it afterwards (WR-1) and was never told.',
    });
  });

  it('accepts when the warehouse refused to cancel', () => {
    const refused = counted(cancelled()).call({
      callee: 'wms',
      operation: 'cancelExpectedReceipt',
      key: 'ER-1',
      status: 409,
      rule: 'already-received',
    });
    holds(invariant, refused.end());
  });

  it('calls it unknown when cut short, or nothing was cancelled', () => {
    isUnknown(invariant, counted(cancelled()).end('deadline'));
    isUnknown(invariant, counted(ordered()).end());
  });
});

describe('three-way-match', () => {
  const invariant = threeWayMatch();

  it('accepts an invoice over what was received', () =>
    holds(invariant, invoiced(counted(ordered())).end()));

  it('accepts a blocked one, one that was let go later, and a cancelled one', () => {
    holds(invariant, invoiced(ordered(), { paymentBlocks: ['quantity'] }).end());
    holds(invariant, invoiced(invoiced(ordered(), { paymentBlocks: ['quantity'] })).end());
    holds(invariant, invoiced(invoiced(ordered()), { status: 'cancelled' }).end());
  });

  it('rejects more than the warehouse counted, whatever the ERP was told', () => {
    const double = posted(
      posted(counted(ordered(), 'WR-1', '5'), '1', 'WR-1', '5'),
      '2',
      'WR-1',
      '5',
    );
    violates(invariant, invoiced(double).end(), {
      keys: [PO, IV],
      positions: [5],
      sentence:
        'PO-0000017 line 1: 10 C62 were invoiced and released for payment (2026/5105600001), and only 5 C62 were received.',
      expected: '5',
      actual: '10',
    });
  });

  it('does not look at receipts where none are expected', () => {
    const limit = ordered({ lines: [orderLine({ goodsReceiptExpected: false })] });
    holds(invariant, invoiced(limit).end());
  });

  it('calls it unknown when nothing was invoiced', () =>
    isUnknown(invariant, counted(ordered()).end()));
});

describe('invoice-within-tolerance', () => {
  const invariant = invoiceWithinTolerance();
  const asking = (amount: string, fields: object = {}): HistoryBuilder =>
    invoiced(ordered(), { lines: [invoiceLine({ purchaseOrder: ERP, amount })], ...fields }).end();

  it('accepts up to two percent more, ten percent less, and any blocked price', () => {
    for (const amount of ['50', '51', '45']) holds(invariant, asking(amount));
    holds(invariant, asking('80', { paymentBlocks: ['price'] }));
  });

  it('rejects what is beyond and not blocked', () => {
    violates(invariant, asking('60'), {
      keys: [PO, IV],
      positions: [2],
      sentence:
        "Invoice 2026/5105600001 asks 60 for 10 C62 of PO-0000017 line 1, which at the order's price are 50.00, and is not blocked.",
    });
  });

  it('calls it unknown when nothing was invoiced', () => isUnknown(invariant, ordered().end()));
});

describe('ledger-balanced', () => {
  const invariant = ledgerBalanced();
  const booked = (lines: readonly (readonly [string, string])[]): HistoryBuilder =>
    new HistoryBuilder()
      .commit('erp', 'AccountingDocument', '1000/2026/1', accounting('1', lines))
      .end();

  it('accepts balanced documents, to the last of many decimals', () => {
    holds(
      invariant,
      booked([
        ['BSX', '50.01'],
        ['WRX', '-50.01'],
      ]),
    );
    holds(
      invariant,
      booked([
        ['BSX', '123456789012.123456789'],
        ['WRX', '-123456789012.123456789'],
      ]),
    );
  });

  it('rejects a document that does not balance, and with it the trial balance', () => {
    expect(
      verdictOn(
        invariant,
        booked([
          ['BSX', '50'],
          ['WRX', '-49.99'],
        ]),
      ),
    ).toMatchObject({
      status: 'violated',
      family: 'B',
      violations: [
        {
          keys: ['1000/2026/1', 'GoodsReceipt 2026/5000000001'],
          positions: [0],
          sentence:
            'Accounting document 1 for GoodsReceipt 2026/5000000001 does not balance: debits and credits differ by 0.01 EUR.',
        },
        {
          keys: ['1000'],
          positions: [0],
          sentence: 'The trial balance of company 1000 is off by 0.01 after 1 documents.',
        },
      ],
    });
  });

  it('calls it unknown when nothing was booked', () => isUnknown(invariant, ordered().end()));
});

describe('gr-ir-clears', () => {
  const invariant = grIrClears();
  const book = (history: HistoryBuilder, number: string, amount: string): HistoryBuilder =>
    history.commit(
      'erp',
      'AccountingDocument',
      `1000/2026/${number}`,
      accounting(number, [['WRX', amount]]),
    );

  it('accepts an even line that is cleared, and an open one on the right side', () => {
    holds(invariant, book(invoiced(book(posted(ordered(), '1'), '1', '-50')), '2', '50').end());
    holds(invariant, book(posted(ordered(), '1'), '1', '-50').end());
  });

  it('rejects an even line that is not cleared', () => {
    violates(invariant, book(invoiced(book(posted(ordered(), '1'), '1', '-50')), '2', '48').end(), {
      keys: [ERP],
      positions: [5],
      sentence:
        'GR/IR clearing of 4500000017 line 1 stands at -2, with 10 received and 10 invoiced.',
    });
  });

  it('rejects a clearing on the wrong side', () => {
    violates(invariant, book(posted(ordered(), '1'), '1', '50').end(), {
      expected: 'a credit',
      actual: '50',
    });
  });

  it('calls it unknown when nothing was booked on it', () =>
    isUnknown(invariant, posted(ordered(), '1').end()));
});

describe('stock-equals-movements', () => {
  const invariant = stockEqualsMovements();
  const stock = (history: HistoryBuilder, quantity: string): HistoryBuilder =>
    history.commit('erp', 'StockBalance', 'M-1/1010/0001', { material: 'M-1', quantity });

  it('accepts the sum of receipts and issues', () => {
    const issue = posted(posted(ordered(), '1'), '2', 'x', '4', { movementType: '201' });
    holds(invariant, stock(issue, '6').end());
  });

  it('rejects stock that nothing moved', () => {
    violates(invariant, stock(posted(ordered(), '1'), '12').end(), {
      keys: ['M-1/1010/0001'],
      positions: [3],
      sentence: 'Stock of M-1/1010/0001 is 12, and its 1 movements add up to 10.',
    });
  });

  it('calls it unknown when nothing moved', () => isUnknown(invariant, ordered().end()));
});

describe('paid-once', () => {
  const invariant = paidOnce();

  it('accepts one payment, and a second after the first was rejected', () => {
    holds(invariant, paid(invoiced(ordered()), '1').end());
    const again = paid(
      paid(paid(ordered(), '1'), '1', [paymentItem(IV)], { status: 'rejected' }),
      '2',
    );
    holds(invariant, again.end());
  });

  it('rejects a second payment, also under another invoice number', () => {
    const other = paymentItem('2026/5105600002');
    violates(invariant, paid(paid(ordered(), '1'), '2', [other]).end(), {
      keys: ['S-1 R-77', IV, '2026/5105600002'],
      positions: [2, 3],
      sentence: 'Invoice S-1 R-77 over 59.5 was paid twice, 119 in all: 2026/1 and 2026/2.',
    });
  });

  it('calls it unknown when nothing was paid', () =>
    isUnknown(invariant, invoiced(ordered()).end()));
});

describe('paid-only-received', () => {
  const invariant = paidOnlyReceived();

  it('accepts payment for what was counted', () =>
    holds(invariant, paid(invoiced(counted(ordered())), '1').end()));

  it('rejects payment before the goods came', () => {
    const early = counted(paid(invoiced(ordered()), '1'));
    violates(invariant, early.end(), {
      keys: [PO, '2026/1', IV],
      positions: [2, 3],
      sentence: 'Payment 2026/1 paid 10 C62 of PO-0000017 line 1 when 0 C62 had been received.',
    });
  });

  it('leaves to people what was blocked and let go', () => {
    const released = invoiced(invoiced(ordered(), { paymentBlocks: ['quantity'] }));
    holds(invariant, paid(released, '1').end());
  });

  it('calls it unknown when nothing was paid', () =>
    isUnknown(invariant, invoiced(ordered()).end()));
});

describe('payments-match-invoices', () => {
  const invariant = paymentsMatchInvoices();

  it('accepts amount and discount that make up the invoice', () => {
    const items = [paymentItem(IV, { discount: '1.19', paidAmount: '58.31' })];
    holds(invariant, paid(invoiced(ordered()), '1', items, { amount: '58.31' }).end());
  });

  it.each([
    [
      'another amount',
      [paymentItem(IV, { paidAmount: '60' })],
      { amount: '60' },
      'settles 60 EUR of invoice 2026/5105600001, which is over 59.5 EUR.',
    ],
    [
      'another supplier',
      [paymentItem(IV)],
      { supplier: 'S-2' },
      'pays invoice 2026/5105600001 of S-1 to S-2.',
    ],
    [
      'an unknown invoice',
      [paymentItem('2026/9')],
      {},
      'pays invoice 2026/9, which the ERP does not have.',
    ],
  ])('rejects %s', (_, items, fields, words) => {
    const result = verdictOn(invariant, paid(invoiced(ordered()), '1', items, fields).end());
    expect(result.violations).toMatchObject([
      { keys: ['2026/1', expect.any(String)], positions: [3], sentence: `Payment 2026/1 ${words}` },
    ]);
  });

  it('rejects a sum that its items do not make', () => {
    violates(invariant, paid(invoiced(ordered()), '1', [paymentItem(IV)], { amount: '70' }).end(), {
      keys: ['2026/1'],
      sentence: 'Payment 2026/1 is over 70 EUR, and its 1 items add up to 59.5.',
    });
  });

  it('calls it unknown when nothing was paid', () =>
    isUnknown(invariant, invoiced(ordered()).end()));
});

describe('status-moves', () => {
  const of = (name: string): Invariant =>
    statusMoves().find((each) => each.name === name) as Invariant;
  const invariant = of('procurement/PurchaseOrder/status-moves');
  const moved = (...states: string[]): HistoryBuilder => {
    const history = new HistoryBuilder();
    for (const status of states)
      history.commit('procurement', 'PurchaseOrder', PO, order(PO, { status }));
    return history.end();
  };

  it('accepts moves of the table', () =>
    holds(invariant, moved('approved', 'transmitted', 'acknowledged', 'acknowledged')));

  it('rejects a way back from where there is none', () => {
    violates(invariant, moved('transmitted', 'cancelled', 'acknowledged'), {
      keys: [PO],
      positions: [1, 2],
      sentence:
        'PO-0000017 in procurement went from cancelled to acknowledged, which is no move it may make.',
    });
  });

  it('knows invoices, and what is final in the warehouse', () => {
    const invoices = new HistoryBuilder()
      .commit('procurement', 'Invoice', 'IV-1', invoice('IV-1', { status: 'cancelled' }))
      .commit('procurement', 'Invoice', 'IV-1', invoice('IV-1', { status: 'paid' }));
    const [violation] = verdictOn(
      of('procurement/Invoice/status-moves'),
      invoices.end(),
    ).violations;
    expect(violation?.sentence).toBe(
      'Invoice IV-1 in procurement went from cancelled to paid, which is no move it may make.',
    );
  });

  it('calls it unknown when nothing moved', () => isUnknown(invariant, moved('transmitted')));
});

describe('procureToPayInvariants', () => {
  it('gives at least 24 kinds of promise under unique names', () => {
    const invariants = procureToPayInvariants();
    const names = invariants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names.map((name) => name.split('/').at(-1))).size).toBeGreaterThanOrEqual(24);
    for (const each of invariants) {
      expect(each.promise).toMatch(/^[A-Z].*\.$/);
      expect(each.family).toBeDefined();
    }
  });

  it('calls every promise unknown over an empty history', () => {
    for (const each of procureToPayInvariants()) {
      expect(verdictOn(each, new HistoryBuilder().end()).status).toBe('unknown');
    }
  });
});
