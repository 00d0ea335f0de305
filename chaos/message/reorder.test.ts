import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { drop } from './drop.ts';
import { reorder } from './reorder.ts';

const link = 'notes -> integration';

const keysOf = (arrivals: readonly { key: string }[]): number[] =>
  arrivals.map(({ key }) => Number(key.slice(1)));

describe('reorder within a window', () => {
  test('every message arrives once, moved by at most the window', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.string(),
        async (window, rate, seed) => {
          const notes = new NotesLandscape([reorder(link, { window, rate })], seed);
          const arrivals = notes.follow();
          for (let i = 0; i < 40; i++) notes.act(`K${i}`);
          await notes.pass(5000);
          const order = keysOf(arrivals);
          expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, index) => index));
          order.forEach((place, index) => expect(index - place).toBeLessThanOrEqual(window));
          const behind = order.filter((place, index) =>
            order.slice(0, index).some((earlier) => earlier > place),
          );
          const fired = notes.records('fault.fired').map(({ key }) => Number(key?.slice(1)));
          expect(fired.sort((a, b) => a - b)).toEqual(behind.sort((a, b) => a - b));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('shuffles when all are struck, the same way in every run', async () => {
    const run = async (): Promise<number[]> => {
      const notes = new NotesLandscape([reorder(link, { window: 5 })]);
      const arrivals = notes.follow();
      for (let i = 0; i < 60; i++) notes.act(`K${i}`);
      await notes.pass(5000);
      return keysOf(arrivals);
    };
    const order = await run();
    expect(await run()).toEqual(order);
    const moved = order.filter((place, index) => place !== index).length;
    expect(moved).toBeGreaterThan(30);
  });

  test('nothing waits longer than atMost, and what was not overtaken has not fired', async () => {
    const notes = new NotesLandscape([reorder(link, { window: 3, rate: 0.999, atMost: '700ms' })]);
    const arrivals = notes.follow();
    notes.act('K0');
    await notes.pass(699);
    expect(arrivals).toEqual([]);
    await notes.pass(1);
    expect(arrivals).toMatchObject([{ key: 'K0', atMs: 700 }]);
    expect(notes.records('fault.fired')).toEqual([]);
  });
});

describe('reorder against the key order', () => {
  test('a newer version goes before the older one; other keys do not matter', async () => {
    const notes = new NotesLandscape([reorder(link, { againstKeyOrder: true, key: 'A' })]);
    const arrivals = notes.follow();
    notes.act('A');
    notes.act('B');
    notes.act('A');
    expect(arrivals.map(({ key, version }) => `${key}${version}`)).toEqual(['B1', 'A2', 'A1']);
    expect(notes.records('fault.fired')).toMatchObject([{ key: 'A', kind: 'reorder' }]);
    await notes.pass(60_000);
    expect(arrivals).toHaveLength(3);
  });

  test('waits for a newer version that really goes, not for one that is lost', async () => {
    const lost = drop(link, { on: 'note.written', at: '1s', for: '1s' });
    const notes = new NotesLandscape([
      reorder(link, { againstKeyOrder: true, atMost: '30s' }),
      lost,
    ]);
    const arrivals = notes.follow();
    notes.act('A');
    await notes.pass(1500);
    notes.act('A');
    expect(arrivals).toEqual([]);
    await notes.pass(1500);
    notes.act('A');
    expect(arrivals.map(({ version }) => version)).toEqual([3, 1]);
  });

  test('a document that never changes again is only late, by atMost at the most', async () => {
    const notes = new NotesLandscape([reorder(link, { againstKeyOrder: true })]);
    const arrivals = notes.follow();
    notes.act('A');
    await notes.pass(60_000);
    expect(arrivals).toMatchObject([{ atMs: 5000 }]);
    expect(notes.records('fault.fired')).toEqual([]);
  });
});
