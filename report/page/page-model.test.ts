import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gauge, binCount } from './gauge.ts';
import { lanesOf } from './lanes.ts';
import { pageModel } from './page-model.ts';
import { orderSource } from './testing/order-history.ts';
import { inWords, titled } from './words.ts';

const model = pageModel(orderSource());

describe('what the page shows of a history', () => {
  it('names the stages that the flows begin with, each with its copies', () => {
    expect(model.stages).toEqual([
      {
        title: 'Order',
        kinds: [
          { system: 'suite', document: 'Order' },
          { system: 'ledger', document: 'LedgerOrder' },
        ],
      },
      { title: 'Invoice', kinds: [{ system: 'ledger', document: 'Invoice' }] },
      { title: 'Payment', kinds: [{ system: 'ledger', document: 'Payment' }] },
    ]);
  });

  it('sees the outage from the first call turned away to the first that got through', () => {
    const { history } = orderSource();
    const completed = [...history].filter((record) => record.type === 'exchange.completed');
    const refused = completed.filter(({ cut }) => cut === 'refused');
    const next = completed.find(
      ({ outcome, at }) => outcome === 'ok' && at > (refused.at(-1)?.at ?? 0),
    );
    expect(model.outages).toEqual([
      {
        link: 'integration -> ledger',
        faults: [],
        turnedAway: 3,
        fromMs: (refused[0]?.at ?? 0) - model.startedAt,
        toMs: (next?.at ?? 0) - model.startedAt,
      },
    ]);
  });

  it('splits exceptions by what helps against them, and says which were got past', () => {
    expect(model.exceptions).toEqual([
      {
        class: 'transient',
        party: 'ledger',
        operation: 'createOrder',
        reason: 'could not be reached',
        count: 3,
        keys: 1,
        recovered: 1,
        examples: ['O-2'],
      },
      {
        class: 'transient',
        party: 'ledger',
        operation: 'createOrder',
        reason: 'connection broke',
        count: 1,
        keys: 1,
        recovered: 1,
        examples: ['O-1'],
      },
      {
        class: 'business',
        party: 'ledger',
        operation: 'createOrder',
        reason: 'unknown-supplier',
        count: 1,
        keys: 1,
        recovered: 0,
        examples: ['O-9'],
      },
    ]);
  });

  it('measures a stage from the fact to its arrival', () => {
    const orders = model.latencies.find(({ flow }) => flow === 'order-to-ledger');
    // O-1 disagrees at the end, but had arrived before; O-2 waited for the outage to end.
    expect(orders).toMatchObject({ slowest: 'O-2' });
    expect(orders?.longest).toBeGreaterThan(300);
    expect(orders?.p50).toBeLessThanOrEqual(orders?.longest ?? 0);
  });

  it('tells which states were never reached', () => {
    expect(model.states.find(({ document }) => document === 'Invoice')).toEqual({
      system: 'ledger',
      document: 'Invoice',
      declared: true,
      documents: 2,
      states: [
        { state: 'parked', documents: 0 },
        { state: 'posted', documents: 2 },
        { state: 'paid', documents: 1 },
      ],
    });
  });

  it('lays the fact beside every document that stands for it, field by field', () => {
    expect(model.comparisons['order-to-ledger/no-duplicates#0']).toEqual({
      flow: 'order-to-ledger',
      sides: [
        { system: 'suite', document: 'Order', id: 'O-1', version: 1 },
        { system: 'ledger', document: 'LedgerOrder', id: 'L-1', version: 1 },
        { system: 'ledger', document: 'LedgerOrder', id: 'L-2', version: 1 },
      ],
      fields: [
        {
          field: 'supplier',
          values: ['Miller', 'Miller', 'Miller'],
          differs: [false, false, false],
        },
        { field: 'amount', values: ['10', '10', '11'], differs: [false, false, true] },
      ],
    });
  });

  it('counts what is owed at each moment, and ends with what is owed at the end', () => {
    for (const { values } of model.timeline.owed) {
      expect(values).toHaveLength(binCount);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    }
    const atEnd = model.timeline.owed.reduce((sum, { values }) => sum + (values.at(-1) ?? 0), 0);
    const owed = model.report.owed.reduce((sum, { count }) => sum + count, 0);
    expect(atEnd).toBeGreaterThanOrEqual(owed);
  });

  it('makes a model of an empty history', () => {
    const source = orderSource();
    const empty = pageModel({ ...source, history: [] });
    expect(empty).toMatchObject({ records: 0, spanMs: 0, outages: [], exceptions: [] });
  });
});

describe('a level over time', () => {
  it('keeps the peak of each bin, and the level of bins in which nothing happened', () => {
    const changes = fc.array(
      fc.tuple(fc.nat({ max: binCount - 1 }), fc.integer({ min: -3, max: 3 })),
    );
    fc.assert(
      fc.property(changes, (unsorted) => {
        const sorted = unsorted.toSorted(([a], [b]) => a - b);
        const gauge = new Gauge();
        for (const [bin, by] of sorted) gauge.change(bin, by);
        const values = gauge.values();
        const levelAfter = (bin: number): number =>
          sorted.filter(([at]) => at <= bin).reduce((sum, [, by]) => sum + by, 0);
        values.forEach((value, bin) => {
          expect(value).toBeGreaterThanOrEqual(levelAfter(bin));
          if (!sorted.some(([at]) => at === bin)) expect(value).toBe(levelAfter(bin));
        });
      }),
    );
  });
});

describe('lanes', () => {
  it('has the integration between the systems, whatever their number', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 9 }),
        (systems) => {
          const others = systems.filter((each) => each !== 'integration');
          const lanes = lanesOf(others).map(({ name }) => name);
          const left = lanes.indexOf('integration');
          expect(Math.abs(left - (lanes.length - 1 - left))).toBeLessThanOrEqual(1);
          expect(lanes.filter((each) => each !== 'integration')).toEqual(others);
        },
      ),
    );
  });
});

describe('identifiers as people say them', () => {
  it.each([
    ['createPurchaseOrder', 'create purchase order'],
    ['AdvanceShipNotice', 'advance ship notice'],
    ['order-to-erp', 'order to erp'],
    ['A_PurchaseOrder', 'a purchase order'],
    ['GRReport', 'GR report'],
  ])('%s', (name, words) => {
    expect(inWords(name)).toBe(words);
  });

  it('begins a title with a capital', () => {
    expect(titled('loseResponse')).toBe('Lose response');
    expect(titled('')).toBe('');
  });
});
