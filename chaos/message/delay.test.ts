import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { delay } from './delay.ts';

const link = 'notes -> integration';

describe('delay', () => {
  test('delivers later, and lets other messages overtake', async () => {
    const notes = new NotesLandscape([delay(link, { key: 'A', by: '2s' })]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.act('B');
    await notes.pass(2000);
    expect(arrivals.map(({ key, atMs }) => [key, atMs])).toEqual([
      ['B', 0],
      ['A', 2000],
    ]);
    expect(notes.records('fault.fired')).toMatchObject([{ key: 'A', detail: '2 s' }]);
  });

  test('jitter stays within its bounds, differs by message, and is the same in every run', async () => {
    const run = async (): Promise<Map<string, number>> => {
      const notes = new NotesLandscape([delay(link, { by: '1s', jitter: '400ms' })]);
      const arrivals = notes.follow();
      for (let i = 0; i < 50; i++) notes.act(`K${i}`);
      await notes.pass(5000);
      return new Map(arrivals.map(({ key, atMs }) => [key, atMs]));
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.size).toBe(50);
    expect(Math.min(...first.values())).toBeGreaterThanOrEqual(600);
    expect(Math.max(...first.values())).toBeLessThanOrEqual(1400);
    expect(new Set(first.values()).size).toBeGreaterThan(25);
  });

  test('a delay of nothing has not fired', () => {
    const notes = new NotesLandscape([delay(link, { by: 0 })]);
    notes.act('A');
    expect(notes.records('fault.fired')).toEqual([]);
  });

  test('healing delivers what is delayed at once', () => {
    const notes = new NotesLandscape([delay(link, { by: '1d' })]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.landscape.heal();
    expect(arrivals).toMatchObject([{ key: 'A', atMs: 0 }]);
    expect(notes.landscape.pending()).toEqual([]);
  });
});
