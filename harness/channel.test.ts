import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Calendar } from './calendar.ts';
import { Channel, publishedEvent } from './channel.ts';
import { VirtualClock } from './clock.ts';
import type { Delivery, Hold, MessageFault } from './fault.ts';
import { FaultPlan } from './fault-plan.ts';
import { MemoryHistory } from './history.ts';
import { KeyedRandom } from './random.ts';
import type { World } from './world.ts';

/** What a message is to suffer, by its number. */
type Plan = Readonly<
  Record<number, { afterMs?: number; hold?: Hold; lost?: boolean; copies?: number }>
>;

class Bench {
  readonly clock = new VirtualClock({ startAt: 0 });
  readonly history = new MemoryHistory();
  readonly world: World;
  readonly channel: Channel;
  readonly got: { number: number; key: string; copy: number; at: number }[] = [];
  readonly earlier: (number | undefined)[] = [];
  #count = 0;

  constructor(plan: Plan = {}) {
    const fault: MessageFault = {
      layer: 'message',
      kind: 'test',
      link: '* -> integration',
      trigger: {},
      plan: (deliveries, tools) => {
        const first = deliveries[0] as Delivery;
        this.earlier.push(tools.earlier(first.event)?.version);
        const { lost, copies = 1, ...rest } = plan[first.event.version] ?? {};
        if (lost) return [];
        tools.fired('detail');
        return Array.from({ length: copies }, (_, copy) => ({ ...first, copy: copy + 1, ...rest }));
      },
    };
    const random = new KeyedRandom('seed');
    const { clock, history } = this;
    const faults = new FaultPlan([fault], random, clock);
    faults.begin();
    this.world = { seed: 'seed', random, clock, calendar: new Calendar(clock), history, faults };
    this.channel = new Channel(this.world, 'erp', 'events', ({ event, copy }) => {
      this.got.push({ number: event.version, key: event.key, copy, at: clock.now() });
    });
  }

  /** Publishes messages numbered from 0; the number is their version. */
  publish(...keys: string[]): void {
    for (const key of keys) {
      const at = this.clock.now();
      const event = { type: 't', document: 'D', key, version: this.#count++, data: {} };
      const context = { at, today: '', by: 'x', correlationId: `c-${key}` };
      this.channel.publish(publishedEvent(this.world, 'erp', event, context));
    }
  }

  get order(): number[] {
    return this.got.map(({ number }) => number);
  }
}

describe('without holds', () => {
  test('messages go in the turn they are published, recorded as emitted before', () => {
    const bench = new Bench();
    bench.publish('A', 'B');
    expect(bench.order).toEqual([0, 1]);
    expect([...bench.history]).toMatchObject([
      {
        type: 'message.emitted',
        link: 'erp -> integration',
        system: 'erp',
        channel: 'events',
        key: 'A',
        correlationId: 'c-A',
      },
      { type: 'fault.fired', kind: 'test', key: 'A', detail: 'detail' },
      { type: 'message.emitted', key: 'B' },
      { type: 'fault.fired' },
    ]);
    expect(bench.channel.pending).toBe(0);
  });

  test('delays are kept and counted', async () => {
    const bench = new Bench({ 0: { afterMs: 50 }, 1: { afterMs: 20, copies: 2 } });
    bench.publish('A', 'B', 'C');
    expect(bench.channel.pending).toBe(3);
    await bench.clock.run(() => false);
    expect(bench.got.map(({ number, at }) => [number, at])).toEqual([
      [2, 0],
      [1, 20],
      [1, 20],
      [0, 50],
    ]);
    expect(bench.channel.pending).toBe(0);
  });

  test('what nobody touched for ten thousand documents is forgotten', () => {
    const bench = new Bench();
    const others = Array.from({ length: 10_000 }, (_, number) => `other-${number}`);
    bench.publish('early', ...others, 'early', 'other-9999', 'other-0');
    expect(bench.earlier.slice(-3)).toEqual([undefined, 10_000, undefined]);
  });

  test('a fault is told of the earlier message of the same document', () => {
    const bench = new Bench();
    bench.publish('A', 'B', 'A', 'A');
    expect(bench.earlier).toEqual([undefined, undefined, 0, 2]);
  });
});

describe('holds', () => {
  const holdAll = (hold: Hold, count = 10): Plan =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [i, { hold }]));

  test('until so many later messages were published, those counted that are held themselves', () => {
    const bench = new Bench({ 0: { hold: { following: 2, atMostMs: 1000 } } });
    bench.publish('A', 'B');
    expect(bench.order).toEqual([1]);
    bench.publish('C');
    expect(bench.order).toEqual([1, 2, 0]);
    const all = new Bench(holdAll({ following: 3, atMostMs: 1000 }));
    all.publish(...'ABCDE');
    expect(all.order).toEqual([0, 1]);
    expect(all.channel.pending).toBe(3);
  });

  test('until a later message of the key was handed over, which lets itself not be held', () => {
    const bench = new Bench(holdAll({ sameKey: true, atMostMs: 1000 }));
    bench.publish('A', 'B', 'A', 'A', 'B');
    // The third A is the first of a new pair.
    expect(bench.order).toEqual([2, 0, 4, 1]);
    expect(bench.channel.pending).toBe(1);
  });

  test('a later message of the key that is lost or delayed frees nobody before it goes', async () => {
    const bench = new Bench({
      0: { hold: { sameKey: true, atMostMs: 1000 } },
      1: { lost: true },
      2: { afterMs: 100 },
    });
    bench.publish('A', 'A', 'A');
    expect(bench.order).toEqual([]);
    await bench.clock.run(() => false);
    expect(bench.got).toMatchObject([
      { number: 2, at: 100 },
      { number: 0, at: 100 },
    ]);
  });

  test('never longer than atMost', async () => {
    const bench = new Bench(holdAll({ following: 100, sameKey: true, atMostMs: 700 }));
    bench.publish('A', 'B');
    await bench.clock.run(() => false);
    expect(bench.got).toMatchObject([
      { number: 0, at: 700 },
      { number: 1, at: 700 },
    ]);
  });

  test('overtaken is called exactly when a later message went first', () => {
    const told: number[] = [];
    const plan: Plan = Object.fromEntries(
      [0, 1, 2].map((i) => [
        i,
        { hold: { following: 2, atMostMs: 10, overtaken: () => told.push(i) } },
      ]),
    );
    const bench = new Bench(plan);
    bench.publish('A', 'B', 'C');
    expect([bench.order, told]).toEqual([[0], []]);
    bench.publish('D');
    expect(bench.order).toEqual([0, 3, 1]);
    expect(told).toEqual([1, 2]);
  });

  test('whatever is planned, every message that is not lost goes exactly once, and in time', async () => {
    const fate = fc.record(
      {
        afterMs: fc.integer({ min: 0, max: 50 }),
        lost: fc.boolean(),
        hold: fc.record(
          {
            following: fc.integer({ min: 1, max: 6 }),
            sameKey: fc.constant(true),
            atMostMs: fc.integer({ min: 1, max: 90 }),
          },
          { requiredKeys: ['atMostMs'] },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('A', 'B', 'C'), fate, gapMs: fc.nat(20) }), {
          maxLength: 25,
        }),
        fc.option(fc.nat(200)),
        async (messages, flushAt) => {
          const bench = new Bench(Object.fromEntries(messages.map(({ fate }, i) => [i, fate])));
          const publishedAt: number[] = [];
          let at = 0;
          for (const { key, gapMs } of messages) {
            at += gapMs;
            publishedAt.push(at);
            bench.clock.after(at, () => bench.publish(key));
          }
          if (flushAt !== null) {
            bench.clock.after(flushAt, () => {
              bench.channel.flush();
              expect(bench.channel.pending).toBe(0);
            });
          }
          await bench.clock.run(() => false);
          expect(bench.channel.pending).toBe(0);
          const due = messages.flatMap(({ fate }, i) => (fate.lost ? [] : [i]));
          expect([...bench.order].sort((a, b) => a - b)).toEqual(due);
          for (const { number, at } of bench.got) {
            const { afterMs = 0, hold } = messages[number]?.fate ?? {};
            const since = publishedAt[number] as number;
            const soonest =
              flushAt !== null && flushAt >= since
                ? Math.min(since + afterMs, flushAt)
                : since + afterMs;
            expect(at).toBeGreaterThanOrEqual(soonest);
            expect(at).toBeLessThanOrEqual(since + afterMs + (hold?.atMostMs ?? 0));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('flush', () => {
  test('lets what is held go, in order, then what is delayed, by when it was due', async () => {
    const hold = { following: 9, atMostMs: 1000 };
    const bench = new Bench({
      0: { hold },
      1: { afterMs: 500 },
      2: { afterMs: 100, hold },
      3: { hold },
    });
    bench.publish(...'ABCD');
    expect(bench.channel.pending).toBe(4);
    bench.channel.flush();
    expect(bench.order).toEqual([0, 3, 2, 1]);
    expect(bench.channel.pending).toBe(0);
    await bench.clock.run(() => false);
    expect(bench.order).toHaveLength(4);
  });
});

test('an event has the same id in every run, and another one for another version', () => {
  const { world } = new Bench();
  const id = (key: string, version: number, of = world): string =>
    publishedEvent(
      of,
      'erp',
      { type: 't', document: 'D', key, version, data: {} },
      { at: 5, today: '', by: 'x', correlationId: 'c' },
    ).id;
  expect(id('A', 1)).toBe(id('A', 1, new Bench().world));
  expect(new Set([id('A', 1), id('A', 2), id('B', 1)]).size).toBe(3);
});
