import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { latency } from './latency.ts';

const link = 'integration -> notes';

const times = async (
  options: Parameters<typeof latency>[1],
): Promise<{ committed: number; answered: number; fired: number }> => {
  const notes = new NotesLandscape([latency(link, options)]);
  const startedAt = notes.clock.now();
  await notes.answer('PUT', '/v1/notes/A', 'x');
  const committed = (notes.records('commit')[0]?.at ?? 0) - startedAt;
  const fired = notes.records('fault.fired').length;
  return { committed, answered: notes.clock.now() - startedAt, fired };
};

describe('latency', () => {
  test.each([
    [undefined, 200],
    ['both', 200],
    ['upstream', 400],
    ['downstream', 0],
  ] as const)('stream %s: committed after %i ms, answered after 400', async (stream, committed) => {
    const options = { latency: 400, ...(stream === undefined ? {} : { stream }) };
    expect(await times(options)).toEqual({ committed, answered: 400, fired: 1 });
  });

  test('none is no fault, and is answered in the same turn', () => {
    const notes = new NotesLandscape([latency(link, { latency: 0 })]);
    expect(notes.call('PUT', '/v1/notes/A', 'x')).toMatchObject({ reply: { status: 200 } });
    expect(notes.records('fault.fired')).toEqual([]);
  });

  test('jitter is within its bounds, never negative, and the same for the same exchange', async () => {
    const run = async (): Promise<number[]> => {
      const notes = new NotesLandscape([latency(link, { latency: 100, jitter: 300 })]);
      const lasted: number[] = [];
      for (let i = 0; i < 40; i++) {
        const startedAt = notes.clock.now();
        await notes.answer('PUT', `/v1/notes/K${i}`, 'x');
        lasted.push(notes.clock.now() - startedAt);
      }
      return lasted;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(Math.min(...first)).toBe(0);
    expect(Math.max(...first)).toBeLessThanOrEqual(400);
    expect(new Set(first).size).toBeGreaterThan(10);
  });

  test('two requests under way can overtake each other', async () => {
    const slow = latency(link, { latency: 500, key: 'A' });
    const notes = new NotesLandscape([slow, latency(link, { latency: 10, key: 'B' })]);
    void notes.call('PUT', '/v1/notes/A', 'x');
    void notes.call('PUT', '/v1/notes/B', 'x');
    expect(notes.landscape.pending()).toEqual([{ what: 'exchanges open at notes', count: 2 }]);
    await notes.pass(1000);
    expect(notes.records('commit').map(({ id }) => id)).toEqual(['B', 'A']);
    expect(notes.landscape.pending()).toEqual([]);
  });
});
