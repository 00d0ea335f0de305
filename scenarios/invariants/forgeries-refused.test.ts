import { describe, expect, it } from 'vitest';
import { forgeriesRefused } from './forgeries-refused.ts';
import { HistoryBuilder, verdictOn } from './history-builder.ts';

const invariant = forgeriesRefused();

const delivered = (
  outcome: 'ok' | 'fail' | 'info',
  forged?: 'unsigned' | 'wrongKey' | 'replayed',
  message = 'm-1',
): HistoryBuilder =>
  new HistoryBuilder().add({
    type: 'message.delivered',
    message,
    system: 'wms',
    channel: 'events',
    link: 'wms -> integration',
    event: 'receipt.confirmed',
    document: 'ReceiptConfirmation',
    key: 'WR-1',
    version: 1,
    attempt: 1,
    copy: 1,
    outcome,
    status: outcome === 'ok' ? 204 : 401,
    ...(forged === undefined ? {} : { forged }),
  });

describe('forgeries-refused', () => {
  it('accepts that a forged message is refused', () =>
    expect(verdictOn(invariant, delivered('fail', 'wrongKey'))).toMatchObject({
      status: 'holds',
      seen: 1,
    }));

  it.each([
    ['unsigned', 'without a signature'],
    ['wrongKey', 'signed with another key'],
    ['replayed', 'signed an hour before'],
  ] as const)('rejects that a message is taken that is %s', (forged, words) =>
    expect(verdictOn(invariant, delivered('ok', forged))).toMatchObject({
      status: 'violated',
      family: 'A',
      violations: [
        {
          keys: ['WR-1', 'm-1'],
          positions: [0],
          sentence: `A message about WR-1 in the name of the warehouse, ${words}, was taken with status 204.`,
        },
      ],
    }),
  );

  it('calls it unknown when nobody forged anything', () =>
    expect(verdictOn(invariant, delivered('ok'))).toMatchObject({ status: 'unknown', seen: 0 }));
});
