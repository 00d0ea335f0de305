import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, endingOf } from './check.ts';
import { type Invariant, type InvariantResult, type Shared, defineInvariant } from './invariant.ts';
import type { HistoryRecord } from './record.ts';

const commit = (
  position: number,
  id: string,
  document = 'Note',
  system = 'erp',
  data: object = { length: id.length },
): HistoryRecord => ({
  type: 'commit',
  position,
  at: position,
  system,
  document,
  id,
  version: 1,
  data,
  transaction: position,
});

const phase = (position: number, name: 'heal' | 'check', reason?: string): HistoryRecord => ({
  type: 'phase',
  position,
  at: position * 10,
  phase: name,
  ...(reason === undefined ? {} : { reason }),
});

/** Counts the commits of each key and complains of those with more than `limit`. */
const atMost = (limit: number, extras: Partial<Invariant<{ count: number }>> = {}): Invariant =>
  defineInvariant<{ count: number }>({
    name: 'at-most',
    promise: 'No key has too many.',
    interests: [{ type: 'commit', document: 'Note' }],
    keysOf: (record) => (record.type === 'commit' ? record.id : undefined),
    begin: () => ({ count: 0 }),
    step(state) {
      state.count++;
      return state;
    },
    end: ({ count }, key) => ({
      exercised: true,
      violations:
        count > limit
          ? [{ keys: [key], positions: [], sentence: `${key} has ${count}.`, actual: count }]
          : [],
    }),
    ...extras,
  });

const isLater = ({ position }: HistoryRecord): boolean => position > 5;

const unordered = ({ violations, ...rest }: InvariantResult): object => ({
  ...rest,
  violations: violations.toSorted((a, b) => (a.sentence < b.sentence ? -1 : 1)),
});

const ids = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 60 });

describe('check', () => {
  it('finds exactly the keys that have too many, in parts as well as at once', () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 5 }), (keys, partitions) => {
        const history = keys.map((key, index) => commit(index, key));
        const counts = Map.groupBy(keys, (key) => key);
        const expected = [...counts].filter(([, all]) => all.length > 2).map(([key]) => key);
        const [result] = check(history, [atMost(2)], { partitions });
        expect(result?.violations.map(({ keys: [key] }) => key).toSorted()).toEqual(
          expected.toSorted(),
        );
        expect(result?.seen).toBe(counts.size);
      }),
    );
  });

  it('says the same of a long history, whose keys it lets go of, and shows each record once', () => {
    const group = {};
    const judges = [atMost(1, { group }), atMost(3, { group }), atMost(2, { opens: isLater })];
    const lengths = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(ids, lengths, fc.integer({ min: 1, max: 3 }), (keys, spanRecords, partitions) => {
        const history = [
          ...keys.map((key, index) => commit(index, key)),
          phase(keys.length, 'heal'),
        ];
        const seen: HistoryRecord[] = [];
        const see = (record: HistoryRecord): number => seen.push(record);
        const listAtMost = 1000;
        const long = check(history, judges, {
          long: true,
          listAtMost,
          spanRecords,
          partitions,
          see,
        });
        expect(long.map(unordered)).toEqual(check(history, judges, { listAtMost }).map(unordered));
        expect(seen).toEqual(history);
      }),
    );
  });

  it('holds no key of a long history that it speaks of no more', () => {
    const held = new Set<string>();
    let most = 0;
    const counted = atMost(9, {
      begin: (key) => {
        most = Math.max(most, held.add(key).size);
        return { count: 0 };
      },
      end: (_, key) => ({ exercised: held.delete(key), violations: [] }),
    });
    const history = Array.from({ length: 1000 }, (_, index) =>
      commit(index, `k${Math.floor(index / 3)}`),
    );
    expect(check(history, [counted], { long: true, spanRecords: 10 })[0]?.seen).toBe(334);
    expect(most).toBeLessThan(12);
  });

  it('reads a long history oftener, the longer its documents are', () => {
    const readings = (text: string): number => {
      let begun = 0;
      const keys = Array.from({ length: 2000 }, (_, index) => `k${index}`);
      const records = [...keys, ...keys].map((key, position) =>
        commit(position, key, 'Note', 'erp', { text }),
      );
      const history = {
        length: records.length,
        at: (position: number) => records[position],
        [Symbol.iterator]: () => {
          begun++;
          return records[Symbol.iterator]();
        },
      };
      const [result] = check(history, [atMost(2)], { long: true });
      expect([result?.status, result?.seen]).toEqual(['holds', 2000]);
      return begun;
    };
    expect(readings('short')).toBe(2);
    // 2,000 keys at a time of 50,000 characters each, 30 million at once.
    expect(readings('x'.repeat(50_000))).toBe(1 + 4);
  });

  it('gives a group the same answers as its members apart', () => {
    fc.assert(
      fc.property(ids, (keys) => {
        const history = keys.map((key, index) => commit(index, key));
        const apart = check(history, [atMost(1), atMost(3)]);
        const group = {};
        expect(check(history, [atMost(1, { group }), atMost(3, { group })])).toEqual(apart);
        expect(
          check(history, [atMost(1, { group, fold: group }), atMost(3, { group, fold: group })]),
        ).toEqual(apart);
      }),
    );
  });

  it('asks a group for its keys once', () => {
    let asked = 0;
    const group = {};
    const keysOf = (): string => {
      asked++;
      return 'a';
    };
    check(
      [commit(0, 'a')],
      [atMost(1, { group, keysOf }), atMost(2, { group, keysOf }), atMost(3, { group, keysOf })],
    );
    expect(asked).toBe(1);
  });

  it('dispatches only what an invariant is interested in', () => {
    const history = [
      commit(0, 'a'),
      commit(1, 'a', 'Other'),
      commit(2, 'a', 'Note', 'wms'),
      phase(3, 'heal'),
    ];
    const count = (interest: object): number | undefined =>
      check(history, [atMost(0, { interests: [{ type: 'commit', ...interest }] })])[0]
        ?.violations[0]?.actual as number;
    expect(count({})).toBe(3);
    expect(count({ document: 'Note' })).toBe(2);
    expect(count({ document: 'Note', system: 'wms' })).toBe(1);
  });

  it('makes no state before a record opens the key', () => {
    const history = [commit(0, 'a'), commit(1, 'a'), commit(2, 'a')];
    const [result] = check(history, [atMost(0, { opens: ({ position }) => position >= 2 })]);
    expect(result?.violations[0]?.actual).toBe(1);
    expect(check(history, [atMost(0, { opens: () => false })])[0]).toMatchObject({
      seen: 0,
      status: 'unknown',
    });
  });

  it('takes a fresh invariant for each check, with what all of them share', () => {
    const given: Shared[] = [];
    const fresh = (shared: Shared): Invariant<{ count: number }> => {
      given.push(shared);
      return atMost(1) as Invariant<{ count: number }>;
    };
    const learning = [atMost(9, { fresh }), atMost(9, { fresh })];
    expect(check([commit(0, 'a'), commit(1, 'a')], learning).map(({ status }) => status)).toEqual([
      'violated',
      'violated',
    ]);
    check([], learning);
    expect(given[0]).toBe(given[1]);
    expect(given[2]).not.toBe(given[0]);
  });

  it('lets a record belong to several keys', () => {
    const keysOf = (): string[] => ['a', 'b'];
    expect(
      check([commit(0, 'x')], [atMost(0, { keysOf })])[0]?.violations.map(({ keys }) => keys[0]),
    ).toEqual(['a', 'b']);
  });

  it('lists so many violations and counts the others', () => {
    const history = Array.from({ length: 30 }, (_, index) => commit(index, `k${index}`));
    expect(check(history, [atMost(0)])[0]).toMatchObject({ unlisted: 10, status: 'violated' });
    expect(check(history, [atMost(0)], { listAtMost: 1 })[0]?.violations).toHaveLength(1);
  });

  it('calls it unknown when nothing exercised it, and idle when only something particular does', () => {
    expect(check([], [atMost(1)])[0]).toEqual({
      invariant: 'at-most',
      promise: 'No key has too many.',
      seen: 0,
      violations: [],
      unlisted: 0,
      status: 'unknown',
      reason: 'nothing in this trial exercised it',
    });
    expect(check([], [atMost(1, { conditional: true })])[0]?.idle).toBe(true);
    expect(check([commit(0, 'a')], [atMost(1, { conditional: true })])[0]).not.toHaveProperty(
      'idle',
    );
  });

  it('lets a violation beat an unknown key', () => {
    const end: Invariant<{ count: number }>['end'] = ({ count }, key) =>
      count > 1
        ? { exercised: true, violations: [{ keys: [key], positions: [], sentence: 'Too many.' }] }
        : { exercised: true, violations: [], unknown: 'too early' };
    expect(check([commit(0, 'a')], [atMost(0, { end })])[0]).toMatchObject({
      status: 'unknown',
      reason: 'too early',
    });
    expect(
      check([commit(0, 'a'), commit(1, 'b'), commit(2, 'b')], [atMost(0, { end })])[0]?.status,
    ).toBe('violated');
  });
});

describe('endingOf', () => {
  it('reads healing, end and quiet', () => {
    expect(endingOf([phase(1, 'heal'), commit(50, 'a'), phase(9, 'check', 'quiet')])).toEqual({
      healedAt: 10,
      endedAt: 90,
      quiet: true,
    });
    expect(endingOf([phase(9, 'check', 'deadline')])).toEqual({
      healedAt: 90,
      endedAt: 90,
      quiet: false,
    });
  });

  it('takes the end for the healing when nothing was healed', () => {
    expect(endingOf([commit(7, 'a')])).toEqual({ healedAt: 7, endedAt: 7, quiet: true });
  });
});
