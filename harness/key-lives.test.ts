import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyLives } from './key-lives.ts';

describe('KeyLives', () => {
  it('knows the last span of each key, and how many there are at a time', () => {
    const spans = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 80 }), spans, (keys, spanRecords) => {
        const lives = new KeyLives(spanRecords);
        for (const [position, key] of keys.entries()) lives.see(`k${key}`, position);
        const spanOf = (position: number): number => Math.floor(position / spanRecords);
        const all = [...new Set(keys)].map((key) => ({
          key,
          first: spanOf(keys.indexOf(key)),
          last: spanOf(keys.lastIndexOf(key)),
        }));
        for (const { key, last } of all) expect(lives.lastOf(`k${key}`)).toBe(last);
        const at = (span: number): number =>
          all.filter(({ first, last }) => first <= span && span <= last).length;
        expect(lives.mostAtOnce).toBe(Math.max(0, ...keys.map((_, index) => at(spanOf(index)))));
        expect(lives.lastOf('never seen')).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('lets none of very many go too early', () => {
    const lives = new KeyLives(1);
    const many = 30_000;
    for (let i = 0; i < 2 * many; i++) lives.see(`key ${i % many}`, i);
    for (let i = 0; i < many; i++) {
      if (lives.lastOf(`key ${i}`) < many + i) expect.fail(`key ${i}`);
    }
    expect(lives.mostAtOnce).toBeGreaterThan(many - 10);
  });
});
