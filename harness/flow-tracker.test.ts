import { describe, expect, it } from 'vitest';
import { type FlowOptions, defineFlow } from './flow.ts';
import { FlowTracker } from './flow-tracker.ts';
import type { HistoryRecord } from './record.ts';

const ends = {
  system: 'a',
  document: 'Count',
  key: ({ undoes }: { undoes?: string }) => undoes,
  when: () => true,
};

const options: FlowOptions = {
  name: 'counts',
  from: { system: 'a', document: 'Count', when: ({ undoes }) => undoes === undefined },
  to: { system: 'b', document: 'Copy' },
  key: { from: ({ id }) => id, to: ({ of }) => of },
  owner: 'a',
  within: '1m',
  lapses: ends,
};

const commit = (system: string, document: string, data: object): HistoryRecord =>
  ({ type: 'commit', system, document, data }) as unknown as HistoryRecord;

describe('a flow whose facts are taken back by others of their kind', () => {
  const tracker = (...records: HistoryRecord[]): FlowTracker => {
    const made = new FlowTracker([defineFlow(options)]);
    for (const record of records) made.see(record);
    return made;
  };
  const counted = commit('a', 'Count', { id: '1' });

  it('owes what was counted until it arrives', () => {
    expect(tracker(counted).owed()).toEqual([{ what: 'counts', count: 1, example: '1' }]);
    expect(tracker(counted, commit('b', 'Copy', { of: '1' })).owed()).toEqual([]);
  });

  it('owes nothing of what was taken back, and nothing for taking it back', () => {
    expect(tracker(counted, commit('a', 'Count', { id: '2', undoes: '1' })).owed()).toEqual([]);
    expect(tracker(counted, commit('a', 'Count', { id: '2', undoes: '9' })).owed()).toEqual([
      { what: 'counts', count: 1, example: '1' },
    ]);
  });

  it('owes the end of what came of it, where the flow says so', () => {
    const lapses = { ...ends, takesBack: true };
    const where = ({ gone }: { gone?: boolean }): boolean => gone !== true;
    const flow = defineFlow({ ...options, to: { ...options.to, where }, lapses });
    const made = new FlowTracker([flow]);
    const owed = (...records: HistoryRecord[]): number => {
      for (const record of records) made.see(record);
      return made.owed()[0]?.count ?? 0;
    };
    const undone = commit('a', 'Count', { id: '2', undoes: '1' });
    expect(owed(counted, undone)).toBe(0);
    expect(owed(commit('b', 'Copy', { of: '1' }))).toBe(1);
    expect(owed(commit('b', 'Copy', { of: '1', gone: true }))).toBe(0);
  });

  it('takes several at once back', () => {
    const both = commit('a', 'Count', { id: '3', undoes: ['1', '2'] });
    const all = tracker(counted, commit('a', 'Count', { id: '2' }), both);
    expect(all.owed()).toEqual([]);
  });
});
