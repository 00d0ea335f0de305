import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { throttle } from './throttle.ts';

const link = 'integration -> notes';

describe('throttle', () => {
  test('beyond the budget of a second: 429 with Retry-After, and time brings it back', async () => {
    const notes = new NotesLandscape([throttle(link, { requestsPerSecond: 2, retryAfter: '3s' })]);
    const burst = (): (number | string)[] =>
      Array.from({ length: 4 }, () => ending(notes.call('PUT', '/v1/notes/A', 'x') as never));
    expect(burst()).toEqual([200, 200, 429, 429]);
    await notes.pass(500);
    expect(burst()).toEqual([200, 429, 429, 429]);
    await notes.pass(60_000);
    expect(burst()).toEqual([200, 200, 429, 429]);
    const refused = notes.records('exchange.completed').filter(({ status }) => status === 429);
    expect(refused[0]).toMatchObject({ outcome: 'fail', retryAfterMs: 3000 });
    expect(notes.records('fault.fired')).toHaveLength(refused.length);
    expect(notes.records('commit')).toHaveLength(5);
  });

  test('by rate, the same ones in every run', async () => {
    const run = async (): Promise<(number | string)[]> => {
      const notes = new NotesLandscape([throttle(link, { rate: 0.3 })]);
      const seen: (number | string)[] = [];
      for (let i = 0; i < 40; i++)
        seen.push(ending(await notes.call('PUT', `/v1/notes/K${i}`, 'x')));
      return seen;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 429]));
    expect(await run()).toEqual(first);
  });

  test('one fault value in two landscapes has two budgets', () => {
    const fault = throttle(link, { requestsPerSecond: 1 });
    for (let i = 0; i < 2; i++) {
      const notes = new NotesLandscape([fault]);
      expect(ending(notes.call('PUT', '/v1/notes/A', 'x') as never)).toBe(200);
      expect(ending(notes.call('PUT', '/v1/notes/A', 'x') as never)).toBe(429);
    }
  });
});
