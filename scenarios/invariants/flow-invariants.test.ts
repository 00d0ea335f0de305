import { describe, expect, it } from 'vitest';
import type { Invariant } from '../../harness/invariant.ts';
import { acknowledgementToErp } from '../flows/acknowledgements.ts';
import { orderToErp, orderToWms } from '../flows/orders.ts';
import { procureToPayFlows } from '../flows/procure-to-pay-flows.ts';
import { receiptToErp, receiptToProcurement } from '../flows/receipts.ts';
import { shipNoticeToWms } from '../flows/ship-notices.ts';
import { correlationCarried } from './correlation-carried.ts';
import { fieldsAgree } from './fields-agree.ts';
import { flowInvariants } from './flow-invariants.ts';
import { HistoryBuilder, verdictOn } from './history-builder.ts';
import { noDuplicates } from './no-duplicates.ts';
import { noStaleOverwrite } from './no-stale-overwrite.ts';
import { nothingInvented } from './nothing-invented.ts';
import { nothingLost } from './nothing-lost.ts';
import { onTime } from './on-time.ts';
import { ownerRespected } from './owner-respected.ts';
import {
  confirmation,
  erpOrder,
  expectedReceipt,
  order,
  orderLine,
  receipt,
} from './sample-documents.ts';

const PO = 'PO-0000017';
const issued = (fields: object = {}): HistoryBuilder =>
  new HistoryBuilder().commit('procurement', 'PurchaseOrder', PO, order(PO, fields), {
    correlationId: 'c-1',
  });
const inErp = (
  history: HistoryBuilder,
  id = '4500000017',
  fields: object = {},
  extras: object = {},
): HistoryBuilder =>
  history.commit('erp', 'PurchaseOrder', id, erpOrder(id, PO, fields), {
    exchange: 'x1',
    correlationId: 'c-1',
    ...extras,
  });
const quantity = (value: string): object => ({ lines: [orderLine({ quantity: value })] });

const isUnknown = (invariant: Invariant, history: HistoryBuilder): void => {
  expect(verdictOn(invariant, history)).toMatchObject({ status: 'unknown', violations: [] });
};

describe('nothing-lost', () => {
  const invariant = nothingLost(orderToErp);

  it('accepts an order that arrived', () => {
    expect(verdictOn(invariant, inErp(issued()).end())).toMatchObject({ status: 'holds', seen: 1 });
  });

  it('rejects an order that never arrived', () => {
    const result = verdictOn(invariant, issued().at(400_000).heal().at(1_000_000).end());
    expect(result.status).toBe('violated');
    expect(result.violations).toEqual([
      {
        keys: [PO],
        positions: [0],
        sentence:
          'PO-0000017 was ordered in procurement and never reached the ERP, 10 min after healing.',
      },
    ]);
  });

  it.each([
    ['supplier-blocked', 'holds'],
    ['period-closed', 'holds'],
    ['tax-mismatch', 'violated'],
    ['invalid-body', 'violated'],
    ['unknown-supplier', 'violated'],
    ['too-many-decimals', 'violated'],
    ['wrong-plant', 'violated'],
  ] as const)('says of an order refused by the rule %s: %s', (rule, status) => {
    const history = issued().at(400_000).heal().at(800_000).call({ key: PO, status: 422, rule });
    expect(verdictOn(invariant, history.at(1_000_000).end()).status).toBe(status);
  });

  it('says nothing where nothing was ordered, whatever was refused', () => {
    const history = new HistoryBuilder().call({ key: PO, status: 422, rule: 'tax-mismatch' });
    isUnknown(invariant, history.end());
  });

  it('rejects a refused order that is still being tried', () => {
    const history = issued();
    for (let i = 0; i < 13; i++) history.call({ key: PO, status: 422, rule: 'period-closed' });
    const [violation] = verdictOn(invariant, history.end()).violations;
    expect(violation?.sentence).toContain('which refused it 13 times (period-closed)');
    expect(violation?.positions).toEqual([0, history.last - 1]);
  });

  it.each([receiptToErp, receiptToProcurement])(
    'asks $name for no receipt that was taken back before it arrived',
    (flow) => {
      const counted = (): HistoryBuilder =>
        new HistoryBuilder().commit('wms', 'ReceiptConfirmation', 'WR-1', confirmation('WR-1'));
      expect(verdictOn(nothingLost(flow), counted().end()).status).toBe('violated');
      const reversal = confirmation('WR-2', '10', { reverses: 'WR-1' });
      const back = counted().commit('wms', 'ReceiptConfirmation', 'WR-2', reversal);
      expect(verdictOn(nothingLost(flow), back.end())).toMatchObject({
        status: 'unknown',
        seen: 0,
      });
    },
  );

  it('calls it unknown when the trial was cut short, or nothing was ordered', () => {
    const short = issued().at(1000).end('deadline');
    expect(verdictOn(invariant, short)).toMatchObject({
      status: 'unknown',
      reason: `the trial ended before ${PO} had its 5 min`,
    });
    isUnknown(invariant, new HistoryBuilder().end());
  });

  it('takes a final refusal as an exception, and a cancelled order as owing nothing', () => {
    const refused = issued().call({ key: PO, status: 422, rule: 'supplier-blocked' }).end();
    expect(verdictOn(invariant, refused).status).toBe('holds');
    const cancelled = issued()
      .commit('procurement', 'PurchaseOrder', PO, order(PO, { status: 'cancelled' }))
      .end();
    isUnknown(invariant, cancelled);
  });

  it('does not take a refusal for a missing parent as an exception before healing', () => {
    const notice = {
      number: 'ASN-1',
      supplier: 'S-1',
      status: 'inTransit',
      lines: [{ line: '1', purchaseOrder: PO }],
    };
    const told = new HistoryBuilder()
      .commit('procurement', 'AdvanceShipNotice', 'ASN-1', notice)
      .call({
        callee: 'wms',
        operation: 'createShipNotice',
        key: 'ASN-1',
        status: 422,
        rule: 'unknown-order',
      });
    const lost = nothingLost(shipNoticeToWms);
    expect(verdictOn(lost, told.at(1000).heal().at(2000).end()).status).toBe('violated');
  });

  it('excuses a child whose parent was refused for good', () => {
    const notice = {
      number: 'ASN-1',
      supplier: 'S-1',
      status: 'inTransit',
      lines: [{ line: '1', purchaseOrder: PO }],
    };
    const history = new HistoryBuilder()
      .commit('procurement', 'AdvanceShipNotice', 'ASN-1', notice)
      .call({
        callee: 'wms',
        operation: 'createExpectedReceipt',
        key: PO,
        status: 422,
        rule: 'rejected',
      });
    expect(verdictOn(nothingLost(shipNoticeToWms), history.at(1000).heal().end()).status).toBe(
      'holds',
    );
  });

  it('excuses an acknowledgement of an order that was cancelled before it got there', () => {
    const answer = { number: 'OA-1', purchaseOrder: PO, orderRevision: 1, lines: [] };
    const history = issued().commit('procurement', 'OrderAcknowledgement', 'OA-1', answer);
    const lost = nothingLost(acknowledgementToErp);
    expect(verdictOn(lost, history).status).toBe('violated');
    history.commit('procurement', 'PurchaseOrder', PO, order(PO, { status: 'cancelled' }));
    isUnknown(lost, history.end());
  });

  it('excuses an acknowledgement of a revision that was overtaken', () => {
    const answer = { number: 'OA-1', purchaseOrder: PO, orderRevision: 1, lines: [] };
    const history = new HistoryBuilder().commit(
      'procurement',
      'OrderAcknowledgement',
      'OA-1',
      answer,
    );
    const invariant = nothingLost(acknowledgementToErp);
    isUnknown(invariant, inErp(history, '4500000017', { revision: 2 }).end());
  });
});

describe('no-duplicates', () => {
  const invariant = noDuplicates(orderToErp);

  it('accepts one document, changed as often as it likes', () => {
    expect(
      verdictOn(invariant, inErp(inErp(issued()), '4500000017', { revision: 2 }).end()).status,
    ).toBe('holds');
  });

  it('rejects two documents for one order', () => {
    const history = inErp(inErp(issued()), '4500000021').end();
    expect(verdictOn(invariant, history)).toMatchObject({
      status: 'violated',
      family: 'U',
      violations: [
        {
          keys: [PO, '4500000017', '4500000021'],
          positions: [1, 2],
          sentence:
            'PO-0000017 was ordered once and the ERP holds it twice: 4500000017 and 4500000021.',
        },
      ],
    });
  });

  it('calls it unknown when nothing arrived', () => isUnknown(invariant, issued().end()));

  it('forgives a receipt that was taken back', () => {
    const history = new HistoryBuilder()
      .commit('erp', 'MaterialDocument', '2026/1', receipt('1', 'WR-1'))
      .commit('erp', 'MaterialDocument', '2026/2', receipt('2', 'WR-1'));
    expect(verdictOn(noDuplicates(receiptToErp), history)).toMatchObject({
      status: 'violated',
      family: 'R',
    });
    history.commit(
      'erp',
      'MaterialDocument',
      '2026/2',
      receipt('2', 'WR-1', '10', { reversedBy: '2026/3' }),
    );
    expect(verdictOn(noDuplicates(receiptToErp), history).status).toBe('holds');
  });
});

describe('nothing-invented', () => {
  const invariant = nothingInvented(orderToErp);

  it('accepts what was issued before', () => {
    expect(verdictOn(invariant, inErp(issued()).end()).status).toBe('holds');
  });

  it('rejects what nobody ordered, and what came before it was issued', () => {
    expect(verdictOn(invariant, inErp(new HistoryBuilder()).end())).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [PO, '4500000017'],
          positions: [0],
          sentence:
            'The ERP holds 4500000017 for PO-0000017, which was never ordered in procurement.',
        },
      ],
    });
    const early = inErp(issued({ status: 'approved' })).at(3200);
    const [violation] = verdictOn(
      invariant,
      early.commit('procurement', 'PurchaseOrder', PO, order()).end(),
    ).violations;
    expect(violation?.sentence).toBe(
      'The ERP holds 4500000017 for PO-0000017, which was ordered in procurement only 3.2 s later.',
    );
  });

  it('calls it unknown when the target holds nothing', () => isUnknown(invariant, issued().end()));
});

describe('fields-agree', () => {
  const invariant = fieldsAgree(orderToErp);

  it('accepts the same content under other line numbers', () => {
    const history = inErp(issued(), '4500000017', { lines: [orderLine({ line: '10' })] }).end();
    expect(verdictOn(invariant, history).status).toBe('holds');
  });

  it('rejects a change that never arrived', () => {
    const history = inErp(issued())
      .commit('procurement', 'PurchaseOrder', PO, order(PO, quantity('12')))
      .end();
    expect(verdictOn(invariant, history)).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [PO, '4500000017'],
          positions: [2, 1],
          sentence:
            'PO-0000017 ends with lines[].quantity 12 in procurement and 10 in the ERP (4500000017).',
          expected: { 'lines[].quantity': '12' },
          actual: { 'lines[].quantity': '10' },
        },
      ],
    });
  });

  it('calls it unknown when cut short, or when one side has nothing', () => {
    const changed = inErp(issued()).commit(
      'procurement',
      'PurchaseOrder',
      PO,
      order(PO, quantity('12')),
    );
    isUnknown(invariant, changed.end('deadline'));
    isUnknown(invariant, issued().end());
  });

  it('rejects an order that was cancelled and still stands', () => {
    const cancelled = inErp(issued())
      .commit('procurement', 'PurchaseOrder', PO, order(PO, { status: 'cancelled' }))
      .end();
    expect(verdictOn(invariant, cancelled).violations[0]?.sentence).toContain(
      'cancelled true in procurement and false in the ERP',
    );
  });

  it('asks the warehouse only for lines that goods come for', () => {
    const lines = [orderLine(), orderLine({ line: '2', goodsReceiptExpected: false })];
    const history = issued({ lines })
      .commit('wms', 'ExpectedReceipt', 'ER-1', expectedReceipt())
      .end();
    expect(verdictOn(fieldsAgree(orderToWms), history).status).toBe('holds');
  });

  it('takes a change that was refused under the ERP number as an exception', () => {
    const history = inErp(issued())
      .commit('procurement', 'PurchaseOrder', PO, order(PO, quantity('12')))
      .call({
        operation: 'changePurchaseOrder',
        key: '4500000017',
        status: 422,
        rule: 'below-received',
      });
    expect(verdictOn(invariant, history.end()).status).toBe('holds');
  });
});

describe('no-stale-overwrite', () => {
  const invariant = noStaleOverwrite(orderToErp);
  const twoVersions = (): HistoryBuilder =>
    issued().commit(
      'procurement',
      'PurchaseOrder',
      PO,
      order(PO, { ...quantity('12'), revision: 2 }),
    );

  it('accepts versions in order, and versions left out', () => {
    expect(
      verdictOn(invariant, inErp(inErp(twoVersions()), '4500000017', quantity('12')).end()).status,
    ).toBe('holds');
    expect(
      verdictOn(invariant, inErp(twoVersions(), '4500000017', quantity('12')).end()).status,
    ).toBe('holds');
  });

  it('rejects an older version over a newer one', () => {
    const history = inErp(inErp(twoVersions(), '4500000017', quantity('12'))).end();
    expect(verdictOn(invariant, history)).toMatchObject({
      status: 'violated',
      family: 'I',
      violations: [
        {
          keys: [PO, '4500000017'],
          positions: [0, 1, 3],
          sentence: 'The ERP already had version 2 of PO-0000017 and was set back to version 1.',
        },
      ],
    });
  });

  it('accepts a version that says again what an older one said', () => {
    const back = twoVersions().commit('procurement', 'PurchaseOrder', PO, order());
    expect(
      verdictOn(invariant, inErp(inErp(back, '4500000017', quantity('12'))).end()).status,
    ).toBe('holds');
  });

  it('calls it unknown when the target never showed a version', () =>
    isUnknown(invariant, issued().end()));
});

describe('owner-respected', () => {
  const invariant = ownerRespected(orderToErp);

  it('accepts changes by the owner, and touches that change nothing agreed', () => {
    const history = issued()
      .commit('procurement', 'PurchaseOrder', PO, order(PO, quantity('12')), { actor: 'anna' })
      .commit(
        'procurement',
        'PurchaseOrder',
        PO,
        order(PO, { ...quantity('12'), status: 'fullyReceived' }),
        { exchange: 'x1' },
      );
    expect(verdictOn(invariant, history.end()).status).toBe('holds');
  });

  it('rejects a change by the integration', () => {
    const history = issued()
      .commit('procurement', 'PurchaseOrder', PO, order(PO, quantity('12')), { exchange: 'x1' })
      .end();
    expect(verdictOn(invariant, history)).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [PO],
          positions: [1],
          sentence:
            'PO-0000017 belongs to procurement, and the integration changed its lines[].quantity there from 10 to 12.',
        },
      ],
    });
  });

  it('calls it unknown when there was no document', () =>
    isUnknown(invariant, new HistoryBuilder().end()));
});

describe('on-time', () => {
  const invariant = onTime(orderToErp);

  it('accepts what comes within its time of healing', () => {
    const history = issued().at(600_000).heal().at(800_000);
    expect(verdictOn(invariant, inErp(history).end()).status).toBe('holds');
  });

  it('rejects what comes later', () => {
    const history = inErp(issued().at(60_000).heal().at(600_000)).end();
    expect(verdictOn(invariant, history)).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [PO],
          positions: [0, 2],
          sentence: 'PO-0000017 reached the ERP 9 min after healing; 5 min were promised.',
        },
      ],
    });
  });

  it('calls it unknown when nothing arrived', () => isUnknown(invariant, issued().end()));
});

describe('correlation-carried', () => {
  const invariant = correlationCarried(orderToErp);

  it('accepts the id of any version', () => {
    expect(verdictOn(invariant, inErp(issued()).end()).status).toBe('holds');
  });

  const heard = (history: HistoryBuilder): HistoryBuilder => {
    const message = {
      message: 'm-1',
      system: 'procurement',
      channel: 'events',
      link: 'procurement -> integration',
      event: 'purchase-order.issued',
      document: 'PurchaseOrder',
      key: PO,
      version: 1,
    } as const;
    history.add({ type: 'message.emitted', ...message, correlationId: 'c-1' });
    return history.add({
      type: 'message.delivered',
      ...message,
      attempt: 1,
      copy: 1,
      outcome: 'ok',
    });
  };

  it('rejects no id, once the integration was told one', () => {
    const history = inErp(
      heard(issued()),
      '4500000017',
      {},
      { correlationId: 'uncorrelated-erp-x1' },
    );
    expect(verdictOn(invariant, history.end())).toMatchObject({
      status: 'violated',
      family: 'K',
      violations: [
        {
          keys: [PO, '4500000017'],
          positions: [3],
          sentence:
            'PO-0000017 has the correlation id c-1 in procurement; 4500000017 in the ERP was written under none.',
        },
      ],
    });
  });

  it('does not ask for an id that nobody had told when the request was made', () => {
    const unheard = inErp(issued(), '4500000017', {}, { correlationId: 'uncorrelated-erp-x1' });
    isUnknown(invariant, unheard.end());
    const early = issued();
    const exchange = early.invoke({ key: PO });
    inErp(heard(early), '4500000017', {}, { exchange, correlationId: 'uncorrelated-erp-x1' });
    isUnknown(invariant, early.end());
  });

  it('rejects an id of its own, told or not', () => {
    const history = inErp(issued(), '4500000017', {}, { correlationId: 'c-9' }).end();
    expect(verdictOn(invariant, history).violations[0]?.sentence).toContain('written under c-9.');
  });

  it('does not ask what a receipt did to the order, nor a fact whose message was dropped', () => {
    const received = inErp(
      inErp(issued()),
      '4500000017',
      { status: 'fullyReceived' },
      { correlationId: 'c-9' },
    );
    expect(verdictOn(invariant, received.end()).status).toBe('holds');
    const dropped = issued().add({
      type: 'fault.fired',
      fault: 'drop',
      kind: 'drop',
      link: 'procurement -> integration',
      key: PO,
    });
    expect(
      verdictOn(invariant, inErp(dropped, '4500000017', {}, { correlationId: 'c-9' }).end()).status,
    ).toBe('holds');
  });

  it('calls it unknown when the integration wrote nothing', () =>
    isUnknown(invariant, issued().end()));
});

describe('the flows of procure-to-pay', () => {
  it('give invariants with unique names, and none about the integration within one system', () => {
    const names = flowInvariants(procureToPayFlows).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('requisition-to-order/nothing-lost');
    expect(names).not.toContain('requisition-to-order/correlation-carried');
    expect(names).not.toContain('invoice-to-erp/owner-respected');
    expect(names).toContain('order-to-erp/owner-respected');
  });

  it('compare receipts by what was counted as good', () => {
    const counted = confirmation('WR-1', '10');
    const history = new HistoryBuilder()
      .commit('wms', 'ReceiptConfirmation', 'WR-1', counted)
      .commit('erp', 'MaterialDocument', '2026/1', receipt('1', 'WR-1', '9'));
    const [violation] = verdictOn(fieldsAgree(receiptToErp), history.end()).violations;
    expect(violation?.sentence).toBe(
      'WR-1 ends with lines[].quantity M-1 10 C62 in the warehouse and M-1 9 C62 in the ERP (2026/1).',
    );
  });
});
