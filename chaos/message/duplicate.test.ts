import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { duplicate } from './duplicate.ts';

const link = 'notes -> integration';

describe('duplicate', () => {
  test('delivers the same message again, as further copies', async () => {
    const notes = new NotesLandscape([duplicate(link, { copies: 2, after: '3s' })]);
    const arrivals = notes.follow();
    notes.act('A');
    expect(arrivals).toHaveLength(1);
    await notes.pass(10_000);
    expect(arrivals.map(({ copy, atMs }) => [copy, atMs])).toEqual([
      [1, 0],
      [2, 3000],
      [3, 6000],
    ]);
    expect(new Set(arrivals.map(({ id }) => id)).size).toBe(1);
    expect(notes.records('fault.fired')).toMatchObject([
      { kind: 'duplicate', link, key: 'A', message: arrivals[0]?.id, detail: '2 more copies' },
    ]);
  });

  test('two faults add up, with a number for each copy', () => {
    const notes = new NotesLandscape([duplicate(link), duplicate(link, { label: 'again' })]);
    const arrivals = notes.follow();
    notes.act('A');
    expect(arrivals.map(({ copy }) => copy)).toEqual([1, 2, 3]);
  });

  test('at every rate fires exactly for the messages that came twice', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.string(), (rate, seed) => {
        const notes = new NotesLandscape([duplicate(link, { rate })], seed);
        const arrivals = notes.follow();
        for (let i = 0; i < 20; i++) notes.act(`K${i}`);
        const twice = arrivals.filter(({ copy }) => copy === 2).map(({ key }) => key);
        expect(notes.records('fault.fired').map(({ key }) => key)).toEqual(twice);
        expect(arrivals.length).toBe(20 + twice.length);
      }),
      { numRuns: 30 },
    );
  });
});
