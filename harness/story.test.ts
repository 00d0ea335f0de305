import { describe, expect, it } from 'vitest';
import type { HistoryRecord } from './record.ts';
import { storyLines, storyOf } from './story.ts';
import type { Narrator } from './workload.ts';

const common = { link: 'integration -> erp', callee: 'erp', operation: 'create' } as const;
const invoked = (position: number, exchange: string, key: string, safe = false): HistoryRecord => ({
  ...common,
  type: 'exchange.invoked',
  position,
  at: position * 100,
  exchange,
  caller: 'integration',
  key,
  attempt: 1,
  method: 'POST',
  path: '/',
  safe,
});
const completed = (
  position: number,
  exchange: string,
  key: string,
  outcome: 'ok' | 'info',
): HistoryRecord => ({
  ...common,
  type: 'exchange.completed',
  position,
  at: position * 100,
  exchange,
  key,
  outcome,
});
const commit = (position: number, id: string, exchange?: string, version = 1): HistoryRecord => ({
  type: 'commit',
  position,
  at: position * 100,
  system: 'erp',
  document: 'Note',
  id,
  version,
  data: {},
  transaction: 1,
  ...(exchange === undefined ? {} : { exchange }),
});
const fault = (position: number, exchange: string): HistoryRecord => ({
  type: 'fault.fired',
  position,
  at: position * 100,
  fault: 'lose',
  kind: 'loseResponse',
  link: 'integration -> erp',
  exchange,
});

const narrate: Narrator = (record) =>
  record.type === 'phase' ? undefined : `${record.position} ${record.type}`;
const positionsOf = (
  history: readonly HistoryRecord[],
  keys: string[],
  positions: number[],
  atMost?: number,
): number[] =>
  storyOf(
    history,
    { keys, positions, sentence: '' },
    narrate,
    atMost === undefined ? {} : { atMost },
  ).map(({ position }) => position);

const duplicate = [
  commit(0, 'N-1'),
  commit(1, 'N-2'),
  invoked(2, 'x1', 'N-1'),
  commit(3, '450', 'x1'),
  fault(4, 'x1'),
  completed(5, 'x1', 'N-1', 'info'),
  invoked(6, 'x2', 'N-2'),
  completed(7, 'x2', 'N-2', 'ok'),
  invoked(8, 'x3', 'N-1', true),
  invoked(9, 'x4', 'N-1'),
  commit(10, '451', 'x4'),
  completed(11, 'x4', 'N-1', 'ok'),
];

describe('storyOf', () => {
  it('tells only what happened to the keys, with the fault that struck, in order', () => {
    // The broken answer (5) is what the fault (4) did, and the look (8) and the good answer (11) add nothing.
    expect(positionsOf(duplicate, ['N-1', '450', '451'], [3, 10])).toEqual([0, 2, 3, 4, 9, 10]);
  });

  it('tells what proves it first of all when there is little room', () => {
    expect(positionsOf(duplicate, ['N-1', '450', '451'], [3, 10], 2)).toEqual([3, 10]);
    expect(positionsOf(duplicate, ['N-1', '450', '451'], [3, 10], 3)).toContain(4);
  });

  it('never tells more than it is allowed to', () => {
    const long = Array.from({ length: 100 }, (_, index) =>
      commit(index, 'N-1', undefined, index + 1),
    );
    expect(positionsOf(long, ['N-1'], [99])).toHaveLength(10);
    expect(positionsOf(long, ['N-1'], [99])).toContain(0);
  });

  it('tells messages that went wrong and leaves out those that went well', () => {
    const about = {
      message: 'm-1',
      system: 'a',
      channel: 'events',
      link: 'a -> integration',
      event: 'e',
      document: 'Note',
      key: 'N-1',
      version: 1,
    };
    const delivered = (position: number, copy: number, message = 'm-1'): HistoryRecord => ({
      ...about,
      type: 'message.delivered',
      position,
      at: position,
      message,
      attempt: 1,
      copy,
      outcome: 'ok',
    });
    expect(
      positionsOf([delivered(0, 1), delivered(1, 2), delivered(2, 1, 'm-2')], ['N-1'], []),
    ).toEqual([0, 1]);
  });

  it('tells the same sentence once when it comes twice in a row', () => {
    const history = [
      commit(0, 'N-1'),
      commit(1, 'N-1', undefined, 2),
      commit(2, 'N-1', undefined, 3),
    ];
    const story = storyOf(history, { keys: ['N-1'], positions: [], sentence: '' }, () => 'Again.');
    expect(story).toHaveLength(1);
  });

  it('leaves out calls about other documents when it is terse, unless a fault fell on them', () => {
    const tell = (history: readonly HistoryRecord[]): number[] =>
      storyOf(history, { keys: ['N-1', '450', '451'], positions: [3, 10], sentence: '' }, narrate, {
        terse: true,
      }).map(({ position }) => position);
    // The receipt changes the note: a call that is about it, and went well.
    const along = [invoked(6, 'x2', 'R-1'), commit(7, 'N-1', 'x2', 2)];
    const history = [...duplicate.slice(0, 6), ...along, ...duplicate.slice(8)];
    expect(tell(history)).toEqual([0, 2, 3, 4, 9, 10]);
    const struck = [invoked(6, 'x2', 'R-1'), fault(7, 'x2'), commit(8, 'N-1', 'x2', 2)];
    const worse = [...duplicate.slice(0, 6), ...struck, ...duplicate.slice(9)];
    expect(tell(worse)).toEqual([0, 2, 3, 4, 6, 7, 9, 10]);
  });

  it('leaves out what the narrator has no words for', () => {
    expect(
      storyOf(duplicate, { keys: ['N-1'], positions: [0], sentence: '' }, () => undefined),
    ).toEqual([]);
  });
});

describe('storyLines', () => {
  it('sets each sentence beside the time since the first', () => {
    const story = storyOf(
      duplicate,
      { keys: ['N-1', '450'], positions: [3], sentence: '' },
      narrate,
      { atMost: 2 },
    );
    expect(storyLines(story)).toEqual(['+0 ms    3 commit', expect.stringMatching(/^\+\d+ ms  /)]);
    expect(storyLines([])).toEqual([]);
  });
});
