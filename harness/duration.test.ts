import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Duration, describeDuration, milliseconds } from './duration.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const unit = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));

describe('milliseconds', () => {
  test('whole numbers of any unit', () => {
    fc.assert(
      fc.property(fc.nat(100_000), unit, (count, of) => {
        expect(milliseconds(`${count}${of}`)).toBe(count * units[of]);
        expect(milliseconds(count)).toBe(count);
      }),
    );
  });

  test('seconds with up to three decimals are whole milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (ms) => {
        expect(milliseconds(`${(ms / 1000).toFixed(3)}s` as Duration)).toBe(ms);
      }),
    );
    expect(milliseconds('16.1s')).toBe(16_100);
    expect(milliseconds('1.5h')).toBe(5_400_000);
  });

  test.each([
    '',
    's',
    '5',
    '5 s',
    '-5s',
    '1e3s',
    '5sec',
    '1.s',
    '.5s',
    '5S',
    ' 5s',
    '5s ',
    -1,
    NaN,
    Infinity,
    null,
    undefined,
    {},
    true,
  ])('%j is none, and the field is named', (value) => {
    expect(() => milliseconds(value as Duration, 'faults[2].at')).toThrow(
      /^Failed to read faults\[2\]\.at: /,
    );
    expect(() => milliseconds(value as Duration)).toThrow(
      expect.objectContaining({ code: 'duration.invalid' }),
    );
  });
});

describe('describeDuration', () => {
  test.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1550, '1.6 s'],
    [59_940, '59.9 s'],
    [59_999, '1 min'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [3_599_999, '1 h'],
    [3_660_000, '1 h 1 min'],
    [7_199_999, '2 h'],
    [86_399_999, '1 d'],
    [90_000_000, '1 d 1 h'],
  ])('%d ms is %s', (ms, words) => {
    expect(describeDuration(ms)).toBe(words);
  });

  test('says it to within a hundredth, and never 60 of what has 60', () => {
    const sizes: Record<string, number> = {
      ms: 1,
      s: 1000,
      min: 60_000,
      h: 3_600_000,
      d: 86_400_000,
    };
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), (ms) => {
        const words = describeDuration(ms).split(' ');
        let said = 0;
        for (let i = 0; i < words.length; i += 2) {
          const size = sizes[words[i + 1] as string] as number;
          said += Number(words[i]) * size;
          if (i > 0) expect(Number(words[i])).toBeLessThan(size === 3_600_000 ? 24 : 60);
        }
        expect(Math.abs(said - ms)).toBeLessThanOrEqual(Math.max(0.5, ms * 0.05));
      }),
    );
  });
});
