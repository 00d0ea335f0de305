import { describe, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { MemoryHistory } from './history.ts';
import { Store } from './store.ts';

interface Doc {
  readonly ref?: string;
}

const at = (time: number): Context => ({
  at: time,
  today: '2026-01-05',
  by: 'test',
  correlationId: 'c',
});
const makeStore = (): Store => new Store({ system: 'test', history: new MemoryHistory() });

describe('Collection', () => {
  test('versions count up by transaction, and the old ones stay readable', () => {
    const store = makeStore();
    const docs = store.collection<Doc>('Doc');
    for (const time of [10, 20, 30])
      store.transaction(at(time), () => docs.put('a', { ref: `r${time}` }));
    expect(docs.entry('a')).toMatchObject({ version: 3, at: 30, data: { ref: 'r30' } });
    expect([9, 10, 19, 20, 99].map((time) => docs.asOf('a', time)?.version)).toEqual([
      undefined,
      1,
      1,
      2,
      3,
    ]);
    expect(docs.entry('a')?.previous?.previous?.data).toEqual({ ref: 'r10' });
  });

  test('rewritten within one transaction it is one version: the last', () => {
    const history = new MemoryHistory();
    const store = new Store({ system: 'test', history });
    const docs = store.collection<Doc>('Doc');
    store.transaction(at(1), () => {
      docs.put('a', { ref: 'draft' });
      docs.put('a', { ref: 'final' });
    });
    expect(docs.entry('a')).toMatchObject({
      version: 1,
      data: { ref: 'final' },
      previous: undefined,
    });
    expect([...history]).toMatchObject([{ id: 'a', version: 1, data: { ref: 'final' } }]);
  });

  test('housekeeping keeps neither versions nor a history, and can be removed', () => {
    const history = new MemoryHistory();
    const store = new Store({ system: 'test', history });
    const locks = store.collection<Doc>('Lock', { recorded: false });
    store.transaction(at(1), () => locks.put('a', {}));
    store.transaction(at(2), () => locks.put('a', { ref: 'x' }));
    expect(locks.entry('a')?.previous).toBeUndefined();
    expect(history.length).toBe(0);
    locks.remove('a');
    locks.remove('never there');
    expect(locks.has('a')).toBe(false);
  });

  test('what a failed transaction removed is back', () => {
    const store = makeStore();
    const locks = store.collection<Doc>('Lock', { recorded: false });
    const byRef = locks.index(({ ref }) => ref);
    store.transaction(at(1), () => locks.put('a', { ref: 'x' }));
    const failing = (): void =>
      store.transaction(at(2), () => {
        locks.remove('a');
        locks.put('a', { ref: 'y' });
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(locks.get('a')).toEqual({ ref: 'x' });
    expect([byRef.find('x').length, byRef.find('y').length]).toEqual([1, 0]);
  });

  test('business documents cannot be removed', () => {
    const store = makeStore();
    const docs = store.collection<Doc>('Doc');
    store.transaction(at(1), () => docs.put('a', {}));
    expect(() => docs.remove('a')).toThrow('keeps its documents for ever');
  });

  test('an index made late knows what was there; without a value a document is in none', () => {
    const store = makeStore();
    const docs = store.collection<Doc>('Doc');
    store.transaction(at(1), () => {
      docs.put('a', { ref: 'x' });
      docs.put('b', {});
      docs.put('c', { ref: 'x' });
    });
    const byRef = docs.index(({ ref }) => ref);
    store.transaction(at(2), () => docs.put('b', { ref: 'x' }));
    expect(byRef.find('x')).toEqual([docs.get('a'), docs.get('c'), docs.get('b')]);
    expect(byRef.find('nowhere')).toEqual([]);
    expect(byRef.first('nowhere')).toBeUndefined();
  });

  test('values come in the order of their first writing; views see only what was there', () => {
    const store = makeStore();
    const docs = store.collection<Doc>('Doc');
    store.transaction(at(1), () => docs.put('b', { ref: 'b' }));
    store.transaction(at(2), () => docs.put('a', { ref: 'a' }));
    store.transaction(at(3), () => docs.put('b', { ref: 'b2' }));
    expect([...docs.values()].map(({ ref }) => ref)).toEqual(['b2', 'a']);
    expect(store.asOf(1, () => [...docs.values()].map(({ ref }) => ref))).toEqual(['b']);
    expect(store.asOf(1, () => docs.has('a'))).toBe(false);
    expect(() =>
      store.asOf(1, () => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
    expect(docs.has('a')).toBe(true);
  });

  test('the same collection at every call', () => {
    const store = makeStore();
    expect(store.collection('Doc')).toBe(store.collection('Doc'));
    expect([...store.collections].map(({ kind }) => kind)).toEqual(['Doc']);
  });
});
