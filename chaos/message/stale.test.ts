import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../harness/clock.ts';
import { KeyedRandom } from '../../harness/random.ts';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { drop } from './drop.ts';
import { reorder } from './reorder.ts';
import { stale } from './stale.ts';

const link = 'notes -> integration';

describe('stale', () => {
  test('delivers the older version after the newer one, under an id of its own', async () => {
    const notes = new NotesLandscape([stale(link, { after: '2s' })]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.act('A');
    await notes.pass(2000);
    expect(arrivals.map(({ version, atMs }) => [version, atMs])).toEqual([
      [1, 0],
      [2, 0],
      [1, 2000],
    ]);
    expect(new Set(arrivals.map(({ id }) => id)).size).toBe(3);
    expect(notes.records('fault.fired')).toMatchObject([
      { kind: 'stale', message: arrivals[1]?.id, detail: expect.stringContaining('version 1') },
    ]);
  });

  test('a first version has nothing older: not fired', async () => {
    const notes = new NotesLandscape([stale(link)]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.act('B');
    await notes.pass(60_000);
    expect(arrivals).toHaveLength(2);
    expect(notes.records('fault.fired')).toEqual([]);
  });

  test('stays behind a newer version that is held', async () => {
    const held = reorder(link, { againstKeyOrder: true, atMost: '4s' });
    const notes = new NotesLandscape([held, stale(link)]);
    const arrivals = notes.follow();
    notes.act('A');
    await notes.pass(5000);
    notes.act('A');
    await notes.pass(20_000);
    expect(arrivals.map(({ version, atMs }) => [version, atMs])).toEqual([
      [1, 4000],
      [2, 9000],
      [1, 10_000],
    ]);
  });

  test('has nothing to follow when the newer one was lost', async () => {
    const notes = new NotesLandscape([drop(link), stale(link)]);
    notes.act('A');
    notes.act('A');
    expect(notes.records('fault.fired').map(({ kind }) => kind)).toEqual(['drop', 'drop']);
  });

  test('two events of one version could not be told apart: not struck', () => {
    const event = {
      id: 'newer',
      source: '/seatrial/notes',
      type: 'note.released',
      document: 'Note',
      key: 'A',
      version: 2,
      at: 0,
      correlationId: 'c',
      data: {},
    };
    const deliveries = [{ event, copy: 1, afterMs: 0 }];
    const fired: unknown[] = [];
    const planned = (version: number): number =>
      stale(link).plan(deliveries, {
        clock: new VirtualClock(),
        random: new KeyedRandom('seed'),
        earlier: () => ({ ...event, id: 'older', version }),
        fired: (detail) => fired.push(detail),
      }).length;
    expect([planned(3), planned(2)]).toEqual([1, 1]);
    expect(fired).toEqual([]);
    expect(planned(1)).toBe(2);
  });
});
