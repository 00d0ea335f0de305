import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from './clock.ts';
import type { ExchangeFault, ExchangeView, MessageFault, Trigger } from './fault.ts';
import { FaultPlan, onLink } from './fault-plan.ts';
import { KeyedRandom } from './random.ts';
import type { PublishedEvent } from './system.ts';

const exchangeFault = (
  kind: string,
  trigger: Trigger = {},
  link = 'integration -> erp',
): ExchangeFault => ({
  layer: 'exchange',
  kind,
  link,
  trigger,
  intercept: (_exchange, next) => next(),
});
const messageFault = (trigger: Trigger = {}, link = 'erp -> integration'): MessageFault => ({
  layer: 'message',
  kind: 'duplicate',
  link,
  trigger,
  plan: (deliveries) => deliveries,
});
const view = (part: Partial<ExchangeView> = {}): ExchangeView => ({
  link: 'integration -> erp',
  operation: 'createPurchaseOrder',
  key: 'PO-1',
  attempt: 1,
  method: 'POST',
  safe: false,
  ...part,
});
const event = (part: Partial<PublishedEvent> = {}): PublishedEvent => ({
  id: 'id',
  source: '/seatrial/erp',
  type: 'purchase-order.created',
  document: 'PurchaseOrder',
  key: 'PO-1',
  version: 1,
  at: 0,
  correlationId: 'c',
  data: {},
  ...part,
});

function begun(
  faults: readonly (ExchangeFault | MessageFault)[],
  seed = 'seed',
  clock = new VirtualClock(),
): FaultPlan {
  const plan = new FaultPlan(faults, new KeyedRandom(seed), clock);
  plan.begin();
  return plan;
}

const kinds = (plan: FaultPlan, of: ExchangeView): string[] =>
  plan.exchangeFaults(of).map(({ fault }) => fault.kind);

const views = fc.array(
  fc.record({ key: fc.stringMatching(/^PO-\d{1,4}$/), attempt: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 40 },
);

describe('decisions', () => {
  test('are independent of the other faults, of the interleaving and of what was asked before', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.string(),
        views,
        fc.array(rate, { minLength: 2, maxLength: 5 }),
        (seed, asked, rates) => {
          const faults = rates.map((each, index) => exchangeFault(`fault${index}`, { rate: each }));
          const together = begun(faults, seed);
          const decided = asked.map((each) => kinds(together, view(each)));
          const reversed = begun(faults.toReversed(), seed);
          const backwards = asked
            .toReversed()
            .map((each) => kinds(reversed, view(each)).sort())
            .toReversed();
          expect(backwards).toEqual(decided.map((each) => each.sort()));
          for (const fault of faults) {
            const alone = begun([fault], seed);
            asked.forEach((each, index) => {
              expect(kinds(alone, view(each)).length === 1).toBe(
                decided[index]?.includes(fault.kind),
              );
            });
          }
        },
      ),
    );
  });

  test('a higher rate strikes the same and more', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.string(), views, rate, rate, (seed, asked, a, b) => {
        const rarely = begun([exchangeFault('f', { rate: Math.min(a, b) })], seed);
        const often = begun([exchangeFault('f', { rate: Math.max(a, b) })], seed);
        for (const each of asked) {
          if (kinds(rarely, view(each)).length > 0) expect(kinds(often, view(each))).toEqual(['f']);
        }
      }),
    );
  });

  test('strike at their rate, and two faults at their product', () => {
    const plan = begun([exchangeFault('a', { rate: 0.2 }), exchangeFault('b', { rate: 0.5 })]);
    const struck = Array.from({ length: 20_000 }, (_, i) =>
      kinds(plan, view({ key: `PO-${i}` })).join(''),
    );
    const share = (of: (kinds: string) => boolean): number =>
      struck.filter(of).length / struck.length;
    expect(share((kinds) => kinds.includes('a'))).toBeCloseTo(0.2, 1);
    expect(Math.abs(share((kinds) => kinds === 'ab') - 0.1)).toBeLessThan(0.011);
    expect(Math.abs(share((kinds) => kinds === '') - 0.4)).toBeLessThan(0.018);
  });

  test('differ by key, attempt, operation, link, message and seed', () => {
    const fault = exchangeFault('f', { rate: 0.5 }, '* -> *');
    const pattern = (part: (i: number) => Partial<ExchangeView>, seed = 'seed'): string => {
      const plan = begun([fault], seed);
      return Array.from(
        { length: 64 },
        (_, i) => kinds(plan, view({ key: `K${i}`, ...part(i) })).length,
      ).join('');
    };
    const patterns = [
      pattern(() => ({})),
      pattern(() => ({ attempt: 2 })),
      pattern(() => ({ operation: 'other' })),
      pattern(() => ({ link: 'integration -> wms' })),
      pattern(() => ({ delivery: 'm1/1' })),
      pattern(() => ({ delivery: 'm1/2' })),
      pattern(() => ({}), 'seed2'),
      pattern(() => ({ key: 'K' })),
    ];
    expect(new Set(patterns).size).toBe(patterns.length);
    expect(patterns.at(-1)).toMatch(/^(0+|1+)$/);
  });

  test('perKey: one draw for all attempts', () => {
    const plan = begun([exchangeFault('f', { rate: 0.5, perKey: true })]);
    const struck = Array.from({ length: 40 }, (_, i) => {
      const seen = [1, 2, 3, 4, 5].map(
        (attempt) => kinds(plan, view({ key: `K${i}`, attempt })).length,
      );
      expect(new Set(seen).size).toBe(1);
      return seen[0];
    });
    expect(new Set(struck).size).toBe(2);
  });

  test('of messages are drawn for each version', () => {
    const plan = begun([messageFault({ rate: 0.5 })]);
    const struck = Array.from(
      { length: 64 },
      (_, i) => plan.messageFaults('erp -> integration', event({ version: i })).length,
    );
    expect(new Set(struck).size).toBe(2);
    expect(plan.messageFaults('erp -> integration', event({ version: 0 })).length).toBe(struck[0]);
  });
});

describe('aim', () => {
  test.each([
    [{}, true],
    [{ on: 'POST' }, true],
    [{ on: 'createPurchaseOrder' }, true],
    [{ on: 'PUT' }, false],
    [{ key: 'PO-1' }, true],
    [{ key: 'PO-2' }, false],
    [{ attempt: 1 }, true],
    [{ attempt: 2 }, false],
    [{ atMostPerKey: 1 }, true],
    [{ rate: 0 }, false],
    [{ rate: 1 }, true],
  ])('%o strikes a first POST of PO-1: %s', (trigger, strikes) => {
    expect(kinds(begun([exchangeFault('f', trigger)]), view())).toEqual(strikes ? ['f'] : []);
  });

  test('atMostPerKey ends with that attempt', () => {
    const plan = begun([exchangeFault('f', { atMostPerKey: 2 })]);
    expect([1, 2, 3, 4].map((attempt) => kinds(plan, view({ attempt })).length)).toEqual([
      1, 1, 0, 0,
    ]);
  });

  test('messages are aimed at by event type or by document', () => {
    for (const on of ['purchase-order.created', 'PurchaseOrder']) {
      expect(
        begun([messageFault({ on })]).messageFaults('erp -> integration', event()),
      ).toHaveLength(1);
    }
    expect(
      begun([messageFault({ on: 'Invoice' })]).messageFaults('erp -> integration', event()),
    ).toEqual([]);
  });

  test('the layers do not meet', () => {
    const plan = begun([messageFault({}, '* -> *'), exchangeFault('f', {}, '* -> *')]);
    expect(kinds(plan, view())).toEqual(['f']);
    expect(
      plan.messageFaults('erp -> integration', event()).map(({ fault }) => fault.kind),
    ).toEqual(['duplicate']);
  });
});

describe('schedule', () => {
  test('strikes in [at, at + for), again with every, not before it begins and not after healing', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const plan = new FaultPlan(
      [exchangeFault('f', { at: '2s', for: '1s', every: '5s' })],
      new KeyedRandom('s'),
      clock,
    );
    const struck: number[] = [];
    // The plan begins later than the clock.
    clock.after(10_000, () => plan.begin());
    for (let at = 0; at < 30_000; at += 500) {
      clock.after(at, () => {
        if (kinds(plan, view()).length > 0) struck.push(at);
      });
    }
    clock.after(24_000, () => plan.heal());
    await clock.run(() => false);
    expect(struck).toEqual([12_000, 12_500, 17_000, 17_500, 22_000, 22_500]);
    expect(plan.healed).toBe(true);
  });

  test('a schedule that is none is named by its place', () => {
    const broken = exchangeFault('f', { at: 'later' as never });
    expect(() => begun([exchangeFault('g'), broken])).toThrow(/faults\[1\]\.at/);
  });
});

describe('labels', () => {
  test('tell faults apart by where, what and when, and number those that are the same', () => {
    const plan = begun([
      exchangeFault('f'),
      exchangeFault('f'),
      exchangeFault('f', { on: 'POST', key: 'K', attempt: 2 }),
      exchangeFault('f', { at: '1m', for: 500, every: '2m' }),
      { ...exchangeFault('f'), label: 'mine' },
    ]);
    expect(plan.planned.map(({ label }) => label)).toEqual([
      'f integration -> erp',
      'f integration -> erp #2',
      'f integration -> erp on POST of K attempt 2',
      'f integration -> erp at 1m for 500ms every 2m',
      'mine',
    ]);
  });

  test('equal faults draw each for itself', () => {
    const plan = begun([exchangeFault('f', { rate: 0.5 }), exchangeFault('f', { rate: 0.5 })]);
    const counts = Array.from(
      { length: 100 },
      (_, i) => kinds(plan, view({ key: `K${i}` })).length,
    );
    expect(new Set(counts)).toEqual(new Set([0, 1, 2]));
  });
});

test.each([
  ['integration -> erp', 'integration -> erp', true],
  ['integration -> erp', 'integration -> wms', false],
  ['* -> erp', 'integration -> erp', true],
  ['* -> erp', 'erp -> integration', false],
  ['integration -> *', 'integration -> erp', true],
  ['* -> *', 'erp -> integration', true],
])('%s covers %s: %s', (pattern, link, covers) => {
  expect(onLink(pattern, link)).toBe(covers);
});

test('touches: only links that an exchange fault could strike', () => {
  const plan = begun([
    exchangeFault('f', { rate: 0 }, '* -> erp'),
    messageFault({}, 'wms -> integration'),
  ]);
  expect(plan.touches('integration -> erp')).toBe(true);
  expect(plan.touches('integration -> wms')).toBe(false);
  expect(plan.touches('wms -> integration')).toBe(false);
});

test('memories belong to a fault, a link and a plan', () => {
  const plan = begun([]);
  const first = plan.memoryOf('f', 'a -> b', () => ({ n: 1 }));
  expect(plan.memoryOf('f', 'a -> b', () => ({ n: 2 }))).toBe(first);
  expect(plan.memoryOf('g', 'a -> b', () => ({ n: 2 }))).toEqual({ n: 2 });
  expect(plan.memoryOf('f', 'a -> c', () => ({ n: 3 }))).toEqual({ n: 3 });
  expect(begun([]).memoryOf('f', 'a -> b', () => ({ n: 4 }))).toEqual({ n: 4 });
});

describe('faults that come while the trial runs', () => {
  const plan = (): { clock: VirtualClock; plan: FaultPlan } => {
    const clock = new VirtualClock();
    return { clock, plan: new FaultPlan([exchangeFault('f')], new KeyedRandom('s'), clock) };
  };
  const striking = (of: FaultPlan): string[] => of.exchangeFaults(view()).map(({ label }) => label);

  test('strike from then on, by a schedule of their own', async () => {
    const { clock, plan: faults } = plan();
    faults.begin();
    await clock.step(60_000);
    const before = faults.revision;
    const { label } = faults.add(exchangeFault('g', { at: '10s', for: '5s' }));
    expect(faults.revision).toBeGreaterThan(before);
    const seen: boolean[] = [];
    for (let second = 0; second < 20; second++) {
      seen.push(striking(faults).includes(label));
      await clock.step(1000);
    }
    expect(seen.flatMap((each, second) => (each ? [second] : []))).toEqual([10, 11, 12, 13, 14]);
  });

  test('have labels of their own, and draws that leave the others as they were', () => {
    const { plan: faults } = plan();
    faults.begin();
    const first = faults.add(exchangeFault('g', { rate: 0.5 }));
    const hit = (): string[] =>
      Array.from({ length: 50 }, (_, i) => `K${i}`).filter((key) =>
        faults.exchangeFaults(view({ key })).some(({ label }) => label === first.label),
      );
    const alone = hit();
    const second = faults.add(exchangeFault('g', { rate: 0.5 }));
    expect(second.label).not.toBe(first.label);
    expect(hit()).toEqual(alone);
  });

  test('are healed one by one, and all at once; what comes after is not healed', () => {
    const { plan: faults } = plan();
    faults.begin();
    const { label } = faults.add(exchangeFault('g'));
    const [own] = striking(faults);
    expect(faults.heal('nothing')).toBe(false);
    expect(faults.heal(label)).toBe(true);
    expect([striking(faults), faults.isHealed(label), faults.healed]).toEqual([[own], true, false]);
    faults.heal();
    expect([striking(faults), faults.healed]).toEqual([[], true]);
    const late = faults.add(exchangeFault('h'));
    expect([striking(faults), faults.healed]).toEqual([[late.label], false]);
  });

  test('strike before the others have begun', () => {
    const { plan: faults } = plan();
    expect(striking(faults)).toEqual([]);
    const { label } = faults.add(exchangeFault('g'));
    expect(striking(faults)).toEqual([label]);
  });
});
