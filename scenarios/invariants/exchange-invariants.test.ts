import { describe, expect, it } from 'vitest';
import type { Invariant } from '../../harness/invariant.ts';
import { businessErrorsNotRetried } from './business-errors-not-retried.ts';
import { type Call, HistoryBuilder, verdictOn } from './history-builder.ts';
import { idempotencyKeyBoundToPayload } from './idempotency-key-bound-to-payload.ts';
import { messagesTaken } from './messages-taken.ts';
import { resumesInTime } from './resumes-in-time.ts';
import { retryBudget } from './retry-budget.ts';
import { safeRetryAfterUnknownOutcome } from './safe-retry-after-unknown-outcome.ts';
import { throttlingRespected } from './throttling-respected.ts';

const key = 'PO-0000017';
const history = (): HistoryBuilder => new HistoryBuilder();
const repeat = (count: number, call: Call, stepMs = 1000, from = history()): HistoryBuilder => {
  for (let i = 0; i < count; i++) from.at(i * stepMs).call(call);
  return from;
};
const isUnknown = (invariant: Invariant, records: HistoryBuilder): void => {
  expect(verdictOn(invariant, records)).toMatchObject({
    status: 'unknown',
    violations: [],
    seen: 0,
  });
};

describe('business-errors-not-retried', () => {
  const invariant = businessErrorsNotRetried();
  const refused: Call = { key, status: 422, rule: 'period-closed' };

  it('accepts three refusals, and more when something else happened between', () => {
    expect(verdictOn(invariant, repeat(3, refused)).status).toBe('holds');
    const between = repeat(3, refused).call({ key, status: 201 });
    expect(verdictOn(invariant, repeat(3, refused, 1000, between)).status).toBe('holds');
  });

  it('accepts asking longer for something that may come, but not for ever', () => {
    const missing: Call = { key, status: 422, rule: 'unknown-order' };
    expect(verdictOn(invariant, repeat(20, missing)).status).toBe('holds');
    expect(verdictOn(invariant, repeat(21, missing)).status).toBe('violated');
  });

  it('rejects a retry loop', () => {
    expect(verdictOn(invariant, repeat(5, refused))).toMatchObject({
      status: 'violated',
      family: 'E',
      violations: [
        {
          keys: [key],
          positions: [1, 9],
          sentence:
            'createPurchaseOrder for PO-0000017 at the ERP was refused 5 times in a row for the same rule (period-closed) instead of being left to people.',
        },
      ],
    });
  });

  it('calls it unknown when nothing was refused', () =>
    isUnknown(invariant, repeat(3, { key, status: 201 })));

  it('does not count locks and throttling', () => {
    isUnknown(invariant, repeat(9, { key, status: 423, rule: 'locked' }));
    isUnknown(invariant, repeat(9, { key, status: 429 }));
  });
});

describe('throttling-respected', () => {
  const invariant = throttlingRespected();
  const throttled: Call = { key, status: 429, retryAfterMs: 10_000 };

  it('accepts who waits, and calls about something else', () => {
    const waited = history().call(throttled).at(1000).call({ key: 'PO-0000018', status: 201 });
    expect(verdictOn(invariant, waited.at(9500).call({ key, status: 201 })).status).toBe('holds');
  });

  it('rejects who comes back too soon', () => {
    expect(
      verdictOn(invariant, history().call(throttled).at(2000).call({ key, status: 201 })),
    ).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [key],
          positions: [1, 2],
          sentence:
            'createPurchaseOrder for PO-0000017 at the ERP was asked to wait 10 s and was called again after 2 s.',
        },
      ],
    });
  });

  it('accepts calls that were on their way, and rejects who comes again at once each time', () => {
    expect(verdictOn(invariant, repeat(3, throttled, 50)).status).toBe('holds');
    expect(verdictOn(invariant, repeat(4, throttled, 50)).status).toBe('violated');
    // Work that waited for the same thing, all at one moment.
    expect(verdictOn(invariant, repeat(16, throttled, 0)).status).toBe('holds');
    expect(verdictOn(invariant, repeat(17, throttled, 0)).status).toBe('violated');
  });

  it('asks nobody to wait longer than five minutes', () => {
    const forADay: Call = { ...throttled, retryAfterMs: 86_400_000 };
    const back = (ms: number) => history().call(forADay).at(ms).call({ key, status: 201 });
    expect(verdictOn(invariant, back(300_000)).status).toBe('holds');
    expect(verdictOn(invariant, back(200_000)).status).toBe('violated');
  });

  it('calls it unknown when nobody was asked to wait', () =>
    isUnknown(invariant, repeat(2, { key, status: 503 })));
});

describe('resumes-in-time', () => {
  const invariant = resumesInTime();
  const throttled: Call = { key, status: 429, retryAfterMs: 3_600_000 };

  it('accepts a wait that ends soon after healing', () => {
    const resumed = history()
      .call(throttled)
      .at(600_000)
      .heal()
      .at(700_000)
      .call({ key, status: 201 });
    expect(verdictOn(invariant, resumed.end()).status).toBe('holds');
  });

  it('rejects an hour because one answer said so', () => {
    const late = history()
      .call(throttled)
      .at(60_000)
      .heal()
      .at(3_600_000)
      .call({ key, status: 201 })
      .end();
    expect(verdictOn(invariant, late)).toMatchObject({
      status: 'violated',
      family: 'H',
      violations: [
        {
          keys: [key],
          positions: [1, 3],
          sentence:
            'createPurchaseOrder for PO-0000017 at the ERP was asked to wait 1 h and went on only after 59 min, though everything was healed.',
        },
      ],
    });
  });

  it('rejects who never came back', () => {
    const never = history().call(throttled).at(60_000).heal().at(1_000_000).end('deadline');
    expect(verdictOn(invariant, never).violations[0]?.sentence).toContain(
      'was not called again for 15 min',
    );
  });

  it('calls it unknown when nobody was asked to wait', () =>
    isUnknown(invariant, repeat(2, { key, status: 201 })));
});

describe('retry-budget', () => {
  const invariant = retryBudget();
  const down: Call = { key, cut: 'refused' };

  it('accepts twelve attempts, and slow knocking through an outage', () => {
    expect(verdictOn(invariant, repeat(12, down)).status).toBe('holds');
    expect(verdictOn(invariant, repeat(30, down, 30_000)).status).toBe('holds');
  });

  it('rejects a storm', () => {
    expect(verdictOn(invariant, repeat(13, down, 100))).toMatchObject({
      status: 'violated',
      family: 'E',
      violations: [
        {
          keys: [key],
          positions: [1, 25],
          sentence:
            'createPurchaseOrder for PO-0000017 at the ERP was tried 13 times in a row without success, the last ones within 1.2 s.',
          actual: 13,
        },
      ],
    });
  });

  it('rejects slow knocking for ever after healing', () => {
    const healed = history().heal();
    for (let i = 1; i <= 13; i++) healed.at(i * 30_000).call(down);
    expect(verdictOn(invariant, healed.end()).violations[0]?.sentence).toContain(
      'went on after everything was healed',
    );
  });

  it('starts anew after a success, and does not count reads', () => {
    const success = repeat(12, down, 10).call({ key, status: 201 });
    expect(verdictOn(invariant, repeat(12, down, 10, success)).status).toBe('holds');
    isUnknown(
      invariant,
      repeat(40, { key, operation: 'getPurchaseOrder', safe: true, status: 404 }, 10),
    );
  });
});

describe('safe-retry-after-unknown-outcome', () => {
  const invariant = safeRetryAfterUnknownOutcome();
  const lost: Call = { key, cut: 'reset', idempotencyKey: 'k-1', bodyHash: 'b-1' };

  it('accepts the same key with the same body', () => {
    const again = history()
      .call(lost)
      .call({ key, status: 201, idempotencyKey: 'k-1', bodyHash: 'b-1' });
    expect(verdictOn(invariant, again).status).toBe('holds');
  });

  it('accepts a look first', () => {
    const looked = history()
      .call({ key, cut: 'timeout' })
      .call({ key, operation: 'listPurchaseOrders', safe: true, status: 200 })
      .call({ key, status: 201 });
    expect(verdictOn(invariant, looked).status).toBe('holds');
  });

  it.each([
    ['without an idempotency key', {}],
    ['with another idempotency key', { idempotencyKey: 'k-2', bodyHash: 'b-1' }],
    ['with another body', { idempotencyKey: 'k-1', bodyHash: 'b-2' }],
  ])('rejects a second attempt %s', (how, sent) => {
    const again = history()
      .call(lost)
      .call({ key, status: 201, ...sent });
    expect(verdictOn(invariant, again)).toMatchObject({
      status: 'violated',
      family: 'U',
      violations: [
        {
          keys: [key],
          positions: [0, 2],
          sentence: `The answer to createPurchaseOrder for PO-0000017 at the ERP was lost, and it was sent again ${how} and without a look at what had become of it.`,
        },
      ],
    });
  });

  it('rejects a look whose own answer was lost', () => {
    const blind = history()
      .call({ key, cut: 'timeout' })
      .call({ key, operation: 'listPurchaseOrders', safe: true, cut: 'timeout' })
      .call({ key, status: 201 });
    expect(verdictOn(invariant, blind).status).toBe('violated');
  });

  it('calls it unknown when no outcome was unknown, or harm is impossible', () => {
    isUnknown(invariant, repeat(2, { key, status: 422 }));
    isUnknown(invariant, repeat(2, { key, callee: 'wms', cut: 'reset' }));
    isUnknown(invariant, repeat(2, { key, operation: 'cancelGoodsReceipt', cut: 'reset' }));
  });
});

describe('idempotency-key-bound-to-payload', () => {
  const invariant = idempotencyKeyBoundToPayload();
  const sent: Call = { key, status: 201, idempotencyKey: 'k-1', bodyHash: 'b-1' };

  it('accepts the same request again', () => {
    expect(verdictOn(invariant, repeat(3, sent)).status).toBe('holds');
  });

  it('rejects another body, and another request', () => {
    expect(
      verdictOn(
        invariant,
        history()
          .call(sent)
          .call({ ...sent, bodyHash: 'b-2' }),
      ),
    ).toMatchObject({
      status: 'violated',
      violations: [
        {
          keys: [key, 'k-1'],
          positions: [0, 2],
          sentence:
            'The idempotency key k-1 went to the ERP with two different bodies: first createPurchaseOrder for PO-0000017, then createPurchaseOrder for PO-0000017.',
        },
      ],
    });
    const other = history()
      .call(sent)
      .call({ ...sent, operation: 'createSupplierInvoice', key: 'IV-1' });
    expect(verdictOn(invariant, other).violations[0]?.sentence).toContain('two different requests');
  });

  it('calls it unknown when there are no keys', () =>
    isUnknown(invariant, repeat(2, { key, status: 201 })));
});

describe('messages-taken', () => {
  const invariant = messagesTaken();
  const about = {
    message: 'm-1',
    system: 'procurement',
    channel: 'events',
    link: 'procurement -> integration',
    document: 'PurchaseOrder',
    key,
    version: 1,
  } as const;
  const delivered = (records: HistoryBuilder, attempt: number, status?: number): HistoryBuilder =>
    records.add({
      type: 'message.delivered',
      ...about,
      event: 'purchase-order.issued',
      attempt,
      copy: 1,
      outcome: status === undefined ? 'info' : status < 400 ? 'ok' : 'info',
      ...(status === undefined ? {} : { status }),
    });
  const abandoned = (records: HistoryBuilder): HistoryBuilder =>
    records.add({ type: 'message.abandoned', ...about });

  it('accepts a message that was taken at last', () => {
    const taken = delivered(delivered(history(), 1, 500).at(10).heal(), 2, 202).end();
    expect(verdictOn(invariant, taken).status).toBe('holds');
  });

  it('rejects a message that was refused after healing until it was given up', () => {
    const given = abandoned(delivered(delivered(history(), 1, 500).at(10).heal().at(20), 2, 500))
      .at(30)
      .end();
    expect(verdictOn(invariant, given)).toMatchObject({
      status: 'violated',
      family: 'H',
      violations: [
        {
          keys: [key, 'm-1'],
          positions: [2, 3],
          sentence:
            'The message about PO-0000017 from procurement was refused 2 times, after healing still with status 500, and was given up.',
        },
      ],
    });
  });

  it('accepts a message given up while nobody was there, before healing', () => {
    const gone = abandoned(delivered(history(), 1)).at(10).heal().at(20).end();
    expect(verdictOn(invariant, gone).status).toBe('holds');
  });

  it('calls it unknown when no message was sent', () => isUnknown(invariant, history().end()));
});
