import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { MemoryHistory } from './history.ts';
import type { CommitRecord } from './record.ts';
import { Store } from './store.ts';

interface Doc {
  readonly text: string;
  readonly tags: readonly string[];
}

const contextAt = (at: number): Context => ({
  at,
  today: '2026-01-05',
  by: 'test',
  correlationId: 'c',
});

/** What is done inside a transaction; a failing block throws at its end and is caught around it. */
type Step =
  | { readonly do: 'put'; readonly kind: Kind; readonly id: string; readonly doc: Doc }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'number'; readonly range: string }
  | { readonly do: 'emit'; readonly key: string }
  | { readonly do: 'block'; readonly steps: readonly Step[]; readonly fails: boolean };
type Commit = [id: string, version: number, doc: Doc];
type Kind = 'Order' | 'Lock';

interface Transaction {
  readonly waitMs: number;
  readonly steps: readonly Step[];
  readonly fails: boolean;
}

const id = fc.constantFrom('a', 'b', 'c');
const doc = fc.record({
  text: fc.string({ maxLength: 2 }),
  tags: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }),
});
const { steps } = fc.letrec<{ steps: Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 5 }),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      do: fc.constant('put' as const),
      kind: fc.constantFrom<Kind>('Order', 'Lock'),
      id,
      doc,
    }),
    fc.record({ do: fc.constant('remove' as const), id }),
    fc.record({ do: fc.constant('number' as const), range: fc.constantFrom('r', 's') }),
    fc.record({ do: fc.constant('emit' as const), key: id }),
    fc.record({ do: fc.constant('block' as const), steps: tie('steps'), fails: fc.boolean() }),
  ),
}));
const transactions = fc.array(fc.record({ waitMs: fc.nat(3), steps, fails: fc.boolean() }), {
  maxLength: 12,
});

class Failure extends Error {}

/** The store under test, driven by steps. */
class Subject {
  readonly history = new MemoryHistory();
  readonly published: string[] = [];
  readonly numbers: number[] = [];
  readonly store = new Store({
    system: 'test',
    history: this.history,
    publish: (event) => this.published.push(event.key),
  });
  readonly orders = this.store.collection<Doc>('Order');
  readonly locks = this.store.collection<Doc>('Lock', { recorded: false });
  readonly byTag = this.orders.index(({ tags }) => tags);
  readonly lockByText = this.locks.index(({ text }) => text);

  run({ steps, fails }: Transaction, at: number): void {
    try {
      this.store.transaction(contextAt(at), () => {
        this.#steps(steps);
        if (fails) throw new Failure();
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.do === 'put') this.#collection(step.kind).put(step.id, step.doc);
      else if (step.do === 'remove') this.locks.remove(step.id);
      else if (step.do === 'number') this.numbers.push(this.store.nextNumber(step.range, 10));
      else if (step.do === 'emit') {
        this.store.emit({ type: 't', document: 'Order', key: step.key, version: 1, data: {} });
      } else this.#block(step.steps, step.fails);
    }
  }

  #block(steps: readonly Step[], fails: boolean): void {
    try {
      this.store.transaction(contextAt(0), () => {
        this.#steps(steps);
        if (fails) throw new Failure();
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }

  #collection(kind: Kind): Subject['orders'] {
    return kind === 'Order' ? this.orders : this.locks;
  }
}

interface State {
  readonly Order: Map<string, Doc>;
  readonly Lock: Map<string, Doc>;
  readonly numbers: Map<string, number>;
  readonly events: string[];
}

const copyOf = (state: State): State => ({
  Order: new Map(state.Order),
  Lock: new Map(state.Lock),
  numbers: new Map(state.numbers),
  events: [...state.events],
});

/** The model: whole states, copied before whatever may fail. */
class Model {
  state: State = { Order: new Map(), Lock: new Map(), numbers: new Map(), events: [] };
  readonly drawn: number[] = [];
  /** States with the time from which they held. */
  readonly past: [at: number, orders: Map<string, Doc>][] = [];
  readonly versions = new Map<string, number>();
  readonly commits: Commit[] = [];

  run({ steps, fails }: Transaction, at: number): void {
    const before = copyOf(this.state);
    this.#steps(steps);
    if (fails) this.state = before;
    else {
      for (const [id, doc] of this.state.Order) {
        if (before.Order.get(id) === doc) continue;
        const version = (this.versions.get(id) ?? 0) + 1;
        this.versions.set(id, version);
        this.commits.push([id, version, doc]);
      }
    }
    this.past.push([at, new Map(this.state.Order)]);
  }

  ordersAt(at: number): Map<string, Doc> {
    return this.past.findLast(([since]) => since <= at)?.[1] ?? new Map();
  }

  #steps(steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.do === 'put') this.state[step.kind].set(step.id, step.doc);
      else if (step.do === 'remove') this.state.Lock.delete(step.id);
      else if (step.do === 'emit') this.state.events.push(step.key);
      else if (step.do === 'number') {
        const next = (this.state.numbers.get(step.range) ?? 9) + 1;
        this.state.numbers.set(step.range, next);
        this.drawn.push(next);
      } else {
        const before = copyOf(this.state);
        this.#steps(step.steps);
        if (step.fails) this.state = before;
      }
    }
  }
}

/** Docs as a bag: after a rollback the order within an index value is not promised. */
const bag = (docs: Iterable<Doc>): string[] => [...docs].map((doc) => JSON.stringify(doc)).sort();

function agree(
  { orders, locks, byTag, lockByText, store }: Subject,
  model: Model,
  lastAt: number,
): void {
  expect(new Map(entriesOf(orders))).toEqual(model.state.Order);
  expect(new Map(entriesOf(locks))).toEqual(model.state.Lock);
  expect(orders.size).toBe(model.state.Order.size);
  for (let at = -1; at <= lastAt; at++) {
    const then = model.ordersAt(at);
    for (const id of ['a', 'b', 'c']) expect(orders.asOf(id, at)?.data).toEqual(then.get(id));
    store.asOf(at, () => {
      expect(new Map(entriesOf(orders))).toEqual(then);
      // Housekeeping has no past.
      expect(new Map(entriesOf(locks))).toEqual(model.state.Lock);
      for (const tag of ['x', 'y', 'z']) {
        const tagged = [...then.values()].filter(({ tags }) => tags.includes(tag));
        expect(bag(byTag.find(tag))).toEqual(bag(tagged));
      }
    });
  }
  for (const tag of ['x', 'y', 'z']) {
    const tagged = [...model.state.Order.values()].filter(({ tags }) => tags.includes(tag));
    expect(bag(byTag.find(tag))).toEqual(bag(tagged));
    expect(byTag.first(tag)).toBe(byTag.find(tag)[0]);
  }
  for (const { text } of model.state.Lock.values()) {
    const same = [...model.state.Lock.values()].filter((lock) => lock.text === text);
    expect(bag(lockByText.find(text))).toEqual(bag(same));
  }
}

const entriesOf = (collection: Subject['orders']): [string, Doc][] =>
  [...collection.entries()].map(([id, { data }]) => [id, data]);

describe('Store', () => {
  test('agrees with a model over transactions, savepoints, rollbacks, views and indexes', () => {
    fc.assert(
      fc.property(transactions, (all) => {
        const subject = new Subject();
        const model = new Model();
        let at = 0;
        for (const transaction of all) {
          at += transaction.waitMs;
          subject.run(transaction, at);
          model.run(transaction, at);
          agree(subject, model, at);
        }
        expect(subject.numbers).toEqual(model.drawn);
        expect(subject.published).toEqual(model.state.events);
        const commits = [...subject.history] as CommitRecord[];
        const told = commits.map(({ id, version, data }): Commit => [id, version, data as Doc]);
        expect(told.sort(byVersion)).toEqual(model.commits.sort(byVersion));
        for (const { document } of commits) expect(document).toBe('Order');
      }),
      { numRuns: 400 },
    );
  });

  test('one number for the commits of a transaction, another for the next', () => {
    const { store, orders, history } = new Subject();
    const put = (...ids: string[]): void =>
      store.transaction(contextAt(1), () =>
        ids.forEach((id) => orders.put(id, { text: '', tags: [] })),
      );
    put('a', 'b');
    put('a');
    const numbers = ([...history] as CommitRecord[]).map(({ transaction }) => transaction);
    expect(numbers).toEqual([1, 1, 2]);
  });

  test('events follow the commits that they tell of, and may start a transaction of their own', () => {
    const history = new MemoryHistory();
    const seen: string[] = [];
    const store: Store = new Store({
      system: 'test',
      history,
      publish: ({ key }, context) => {
        seen.push(`${key} after ${history.length} commits`);
        if (key === 'first') {
          store.transaction(context, () =>
            store.collection<Doc>('Order').put('b', { text: '', tags: [] }),
          );
        }
      },
    });
    store.transaction(contextAt(1), () => {
      store.emit({ type: 't', document: 'Order', key: 'first', version: 1, data: {} });
      store.collection<Doc>('Order').put('a', { text: '', tags: [] });
      store.emit({ type: 't', document: 'Order', key: 'second', version: 1, data: {} });
    });
    expect(seen).toEqual(['first after 1 commits', 'second after 2 commits']);
  });

  test('carries who caused it into the commit', () => {
    const { store, orders, history } = new Subject();
    store.transaction({ ...contextAt(7), exchange: 'x1' }, () =>
      orders.put('a', { text: '', tags: [] }),
    );
    expect(history.at(0)).toMatchObject({
      type: 'commit',
      at: 7,
      system: 'test',
      exchange: 'x1',
      correlationId: 'c',
    });
    expect(history.at(0)).not.toHaveProperty('actor');
  });

  test('writes, events and numbers need a transaction', () => {
    const { store, orders } = new Subject();
    expect(() => orders.put('a', { text: '', tags: [] })).toThrow('needs a transaction');
    expect(() => store.nextNumber('r')).toThrow('needs a transaction');
    expect(() => store.emit({ type: 't', document: 'd', key: 'k', version: 1, data: {} })).toThrow(
      'needs a transaction',
    );
  });
});

const byVersion = (a: Commit, b: Commit): number =>
  a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1];
