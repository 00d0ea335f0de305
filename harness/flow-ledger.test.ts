import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { FlowLedger } from './flow-ledger.ts';
import { FlowTracker } from './flow-tracker.ts';
import { defineFlow } from './flow.ts';
import type { HistoryRecord } from './record.ts';

const copies = defineFlow({
  name: 'copies',
  from: { system: 'a', document: 'Fact', when: ({ owes }) => owes, rank: ({ rank }) => rank },
  to: { system: 'b', document: 'Copy', where: ({ counts }) => counts },
  key: { from: ({ id }) => id, to: ({ of }) => of },
  agree: ['value'],
  owner: 'a',
  within: '1m',
  lapses: {
    system: 'a',
    document: 'Fact',
    key: ({ undoes }) => undoes,
    when: ({ owes }) => owes,
    takesBack: true,
  },
});

/** Both ends are one kind of document: a record may be a fact and an answer at once. */
const chain = defineFlow({
  name: 'chain',
  from: { system: 'a', document: 'Fact' },
  to: { system: 'a', document: 'Fact' },
  key: { from: ({ id }) => id, to: ({ undoes }) => undoes },
  owner: 'a',
  within: '1m',
});

const name = fc.constantFrom('k', 'l', 'm', 'n');
const fact = fc.record({
  id: name,
  owes: fc.boolean(),
  rank: fc.nat(2),
  value: fc.nat(1),
  undoes: fc.option(name, { nil: undefined }),
});
const copy = fc.record({
  of: fc.oneof(name, fc.uniqueArray(name)),
  counts: fc.boolean(),
  value: fc.nat(1),
});

const commits = fc
  .array(
    fc.oneof(
      fact.map((data) => ({ system: 'a', document: 'Fact', data })),
      copy.map((data) => ({ system: 'b', document: 'Copy', data })),
    ),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map((each, position) => ({ type: 'commit', position, at: 0, id: '', ...each })),
  );

describe('FlowLedger', () => {
  it('counts over a whole history what a tracker counts record by record', () => {
    const parts = fc.record({
      long: fc.boolean(),
      spanRecords: fc.integer({ min: 1, max: 9 }),
      partitions: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(commits, parts, (records, options) => {
        const history = records as unknown as HistoryRecord[];
        const tracker = new FlowTracker([copies, chain]);
        for (const record of history) tracker.see(record);
        const ledger = new FlowLedger([copies, chain]);
        const results = check(history, ledger.invariants, options);
        expect(ledger.results()).toEqual(tracker.results());
        const counted = (owed: { readonly what: string; readonly count: number }[]): object[] =>
          owed.map(({ what, count }) => ({ what, count }));
        expect(counted(ledger.owed())).toEqual(counted(tracker.owed()));
        expect(results.flatMap(({ violations }) => violations)).toEqual([]);
      }),
    );
  });

  it('gives as an example what was said longest ago', () => {
    const due = (position: number, id: string): HistoryRecord =>
      ({
        type: 'commit',
        position,
        system: 'a',
        document: 'Fact',
        data: { id, owes: true, rank: 0 },
      }) as unknown as HistoryRecord;
    const ledger = new FlowLedger([copies]);
    check([due(0, 'x'), due(1, 'y'), due(2, 'x')], ledger.invariants, { partitions: 3 });
    expect(ledger.owed()).toEqual([{ what: 'copies', count: 2, example: 'y' }]);
  });
});
