import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, reply, retryAfterMs, splitTarget } from './wire.ts';

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The HTTP date of an instant, by the engine's own calendar. */
function httpDate(at: number): string {
  const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const { weekday, day, month, year, hour, minute, second } = of;
  return `${weekday}, ${day} ${month} ${year?.padStart(4, '0')} ${hour}:${minute}:${second} GMT`;
}

describe('retryAfterMs', () => {
  test('seconds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seconds, now) => {
        expect(retryAfterMs(String(seconds), now)).toBe(seconds * 1000);
      }),
    );
  });

  test('an HTTP date of any second between 1970 and 9999, seen from any time', () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 });
    fc.assert(
      fc.property(seconds, seconds, (at, now) => {
        expect(retryAfterMs(httpDate(at * 1000), now * 1000)).toBe(Math.max(0, (at - now) * 1000));
      }),
      {
        examples: [
          [951_782_400, 0], // 29 February 2000
          [951_868_800, 0], // 1 March 2000
          [4_107_542_400, 0], // 1 March 2100, after no leap day
        ],
      },
    );
  });

  test('the example of RFC 9110', () => {
    expect(retryAfterMs('Fri, 31 Dec 1999 23:59:59 GMT', 946_684_740_000)).toBe(59_000);
  });

  test.each([
    undefined,
    '',
    '-1',
    '1.5',
    'soon',
    '10 s',
    'Fri, 31 Foo 1999 23:59:59 GMT',
    'Fri, 31 Dec 1999 23:59:59',
    '1999-12-31T23:59:59Z',
  ])('%j says nothing', (value) => {
    expect(retryAfterMs(value, 0)).toBeUndefined();
  });
});

test('splitTarget takes the first question mark and loses nothing', () => {
  fc.assert(
    fc.property(fc.string(), (target) => {
      const { path, query } = splitTarget(target);
      expect(path).not.toContain('?');
      expect(target.includes('?') ? `${path}?${query}` : path).toBe(target);
    }),
  );
});

test('outcomes', () => {
  const answer = { status: 200, headers: {}, body: '' };
  expect(reply(answer)).toEqual({ kind: 'reply', reply: answer });
  expect(cut('reset')).toEqual({ kind: 'cut', cut: 'reset' });
});
