import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyTexts } from './key-texts.ts';

const odd = fc.constantFrom('\0', '\u0001', '\u0002', '\u0003', '\u0004', 'a', '😀');
const text = fc.oneof(
  fc.array(odd, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.string({ minLength: 1 }), odd).map(([each, last]) => each.repeat(900) + last),
);

const noLong = (): Promise<string> => Promise.reject(new Error('There is none.'));

describe('keys for PostgreSQL', () => {
  test('come back as they were, fit, and have no NUL', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (key) => {
        const keys = new KeyTexts();
        const short = keys.short(key);
        expect(short).not.toContain('\0');
        expect(Buffer.byteLength(short)).toBeLessThanOrEqual(1000);
        const kept = new Map(keys.takeLong());
        for (const each of kept.values()) expect(each).not.toContain('\0');
        const full = await keys.full(short, async (asked) => kept.get(asked) ?? noLong());
        expect(full).toBe(key);
      }),
    );
  });

  test('differ when they differed, and sort as they did', () => {
    const ascii = fc.array(fc.constantFrom('\0', '\u0001', '\u0002', '\u0003', 'a'), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(ascii, ascii, (one, other) => {
        const keys = new KeyTexts();
        const [a, b] = [one.join(''), other.join('')];
        expect(keys.short(a) < keys.short(b)).toBe(a < b);
        expect(keys.short(a) === keys.short(b)).toBe(a === b);
      }),
    );
  });

  test('are bounded by the greatest of them', () => {
    const keys = new KeyTexts();
    const long = 'k'.repeat(2000);
    expect(keys.bound(keys.short(long)) > long).toBe(true);
    expect(keys.bound(keys.short('a\0'))).toBe('a\0');
  });
});
