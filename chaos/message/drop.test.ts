import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { drop } from './drop.ts';
import { duplicate } from './duplicate.ts';

const link = 'notes -> integration';

describe('drop', () => {
  test('loses the message for good, yet it was emitted', async () => {
    const notes = new NotesLandscape([drop(link, { key: 'A' })]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.act('B');
    await notes.pass(3_600_000);
    notes.landscape.heal();
    expect(arrivals.map(({ key }) => key)).toEqual(['B']);
    expect(notes.records('message.emitted').map(({ key }) => key)).toEqual(['A', 'B']);
    expect(notes.records('fault.fired')).toMatchObject([{ key: 'A', detail: 'lost for good' }]);
  });

  test('with redelivery, the message comes after all', async () => {
    const notes = new NotesLandscape([drop(link, { key: 'A', redeliverAfter: '5m' })]);
    const arrivals = notes.follow();
    notes.act('A');
    await notes.pass(299_999);
    expect(arrivals).toEqual([]);
    expect(notes.landscape.pending()).toEqual([{ what: 'messages held at notes', count: 1 }]);
    await notes.pass(1);
    expect(arrivals).toMatchObject([{ key: 'A', copy: 1, atMs: 300_000 }]);
    expect(notes.records('fault.fired')).toHaveLength(1);
  });

  test('loses every copy, and nothing is left for a later fault to fire on', () => {
    const notes = new NotesLandscape([
      duplicate(link),
      drop(link),
      duplicate(link, { label: 'b' }),
    ]);
    const arrivals = notes.follow();
    notes.act('A');
    expect(arrivals).toEqual([]);
    expect(notes.records('fault.fired').map(({ kind }) => kind)).toEqual(['duplicate', 'drop']);
  });
});
