import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyedRandom, freshSeed, stableHash } from './random.ts';

const random = new KeyedRandom('golden');

/** Pearson's statistic against equal shares. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Upper 1-in-a-million bound of chi-square, by Wilson and Hilferty. */
const bound = (freedom: number): number =>
  freedom * (1 - 2 / (9 * freedom) + 4.75 * Math.sqrt(2 / (9 * freedom))) ** 3;

/** The ways in which keys differ in a trial: by a counter at the end, in the middle, by attempt. */
const families: readonly [string, (i: number) => (string | number)[]][] = [
  ['order numbers', (i) => ['duplicate', `PO-${String(i).padStart(7, '0')}`]],
  ['a counter before other parts', (i) => ['wms -> integration', i, 'receipt.confirmed', 1]],
  ['attempts', (i) => ['PO-1', i]],
  ['one long key', (i) => [`${'x'.repeat(200)}${i}`]],
];

describe('KeyedRandom', () => {
  // Pinned: a release that changes these makes every replay token of the one before worthless.
  test('golden values', () => {
    expect(stableHash('')).toBe('e1938cafcb72770f');
    expect(stableHash('PO-0000001')).toBe('14e9b3b964d4db64');
    expect(random.draw('PO-0000001', 1)).toBe(0.6926336429395243);
    expect(random.draw('PO-0000001', 2)).toBe(0.9088647140542414);
    expect(random.integer(1, 1000, 'a')).toBe(729);
    expect(random.hex(20, 'a')).toBe('407f43ee26069fbfeb16');
    expect(random.uuid('a')).toBe('407f43ee-2606-4fbf-ab16-09bbbd0c380c');
    expect(random.fork('faults').draw('a')).toBe(0.1739909683683878);
  });

  test('the same key draws the same, whatever was drawn between', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }),
        fc.array(fc.string()),
        (seed, key, others) => {
          const first = new KeyedRandom(seed).draw(...key);
          const again = new KeyedRandom(seed);
          for (const other of others) again.draw(other);
          expect(again.draw(...key)).toBe(first);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(first).toBeLessThan(1);
        },
      ),
    );
  });

  describe.each(families)('%s', (_name, keyOf) => {
    const draws = Array.from({ length: 20_000 }, (_, i) => random.draw(...keyOf(i)));

    test('draws are uniform', () => {
      const counts = Array.from({ length: 100 }, () => 0);
      for (const draw of draws) counts[Math.floor(draw * 100)]!++;
      expect(chiSquare(counts)).toBeLessThan(bound(99));
    });

    test('neighbours are independent', () => {
      const counts = Array.from({ length: 100 }, () => 0);
      for (let i = 0; i + 1 < draws.length; i++) {
        counts[Math.floor(draws[i]! * 10) * 10 + Math.floor(draws[i + 1]! * 10)]!++;
      }
      expect(chiSquare(counts)).toBeLessThan(bound(99));
    });

    test('the low digits are as good as the high ones', () => {
      const counts = Array.from({ length: 64 }, () => 0);
      for (const draw of draws) counts[(draw * 2 ** 53) % 64]!++;
      expect(chiSquare(counts)).toBeLessThan(bound(63));
    });

    test.each([
      ['another seed', new KeyedRandom('golden2')],
      ['a fork', random.fork('faults')],
    ])('%s is independent of it', (_which, other) => {
      const counts = Array.from({ length: 100 }, () => 0);
      draws.forEach((draw, i) => {
        counts[Math.floor(draw * 10) * 10 + Math.floor(other.draw(...keyOf(i)) * 10)]!++;
      });
      expect(chiSquare(counts)).toBeLessThan(bound(99));
    });

    test('no two keys draw the same', () => {
      expect(new Set(draws).size).toBe(draws.length);
    });
  });

  test('chance happens as often as it says', () => {
    for (const probability of [0, 0.02, 0.5, 0.98, 1]) {
      let hits = 0;
      for (let i = 0; i < 20_000; i++) if (random.chance(probability, 'chance', i)) hits++;
      const deviation = 5 * Math.sqrt(20_000 * probability * (1 - probability));
      expect(Math.abs(hits - 20_000 * probability)).toBeLessThanOrEqual(deviation);
    }
  });

  test('whole numbers are in range and all are reached', () => {
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 7000; i++) counts[random.integer(-3, 3, 'integer', i) + 3]!++;
    expect(chiSquare(counts)).toBeLessThan(bound(6));
    const list = ['a', 'b', 'c'];
    expect(new Set(Array.from({ length: 100 }, (_, i) => random.pick(list, i)))).toEqual(
      new Set(list),
    );
  });

  test('parts of a key do not run into each other', () => {
    expect(random.draw('ab', 'c')).not.toBe(random.draw('a', 'bc'));
    expect(random.draw('a', 1)).not.toBe(random.draw('a1'));
    expect(random.draw('a', '')).not.toBe(random.draw('a'));
  });

  test('hex has the length asked for, and UUIDs their shape and no repetition', () => {
    for (const length of [0, 1, 16, 17, 48]) {
      expect(random.hex(length, 'k')).toMatch(new RegExp(`^[0-9a-f]{${length}}$`));
    }
    const uuids = Array.from({ length: 5000 }, (_, i) => random.uuid('event', i));
    expect(new Set(uuids).size).toBe(uuids.length);
    for (const uuid of uuids) {
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    }
  });

  test('hashes of short and of similar texts do not collide', () => {
    const texts = new Set<string>(['']);
    for (let i = 0; i < 256; i++) {
      texts
        .add(String.fromCharCode(i))
        .add(`${String.fromCharCode(i)}a`)
        .add(`a${String.fromCharCode(i)}`);
      texts.add('\u0000'.repeat(i));
    }
    for (let i = 0; i < 50_000; i++) texts.add(`{"number":"PO-${i}"}`);
    expect(new Set([...texts].map(stableHash)).size).toBe(texts.size);
  });

  test('a bit of difference in the key changes half of the bits', () => {
    let flipped = 0;
    for (let i = 0; i < 2000; i++) {
      const a = BigInt(`0x${stableHash(`key ${2 * i}`)}`);
      const b = BigInt(`0x${stableHash(`key ${2 * i + 1}`)}`);
      flipped += (a ^ b).toString(2).replaceAll('0', '').length;
    }
    expect(flipped / 2000 / 64).toBeCloseTo(0.5, 1);
  });

  test('fresh seeds differ', () => {
    expect(freshSeed()).toMatch(/^[0-9a-f]{10}$/);
    expect(freshSeed()).not.toBe(freshSeed());
  });
});
