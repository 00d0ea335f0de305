import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { outage } from './outage.ts';

const link = 'integration -> notes';

describe('outage', () => {
  test('nothing gets through while it lasts, not even a token', async () => {
    const notes = new NotesLandscape([outage(link, { at: '10s', for: '5s' })]);
    const put = async (): Promise<number | string> =>
      ending(await notes.call('PUT', '/v1/notes/A', 'x'));
    expect(await put()).toBe(200);
    await notes.pass(10_000);
    expect(await put()).toBe('refused');
    expect(ending(await notes.call('POST', '/oauth/token'))).toBe('refused');
    await notes.pass(4999);
    expect(await put()).toBe('refused');
    await notes.pass(1);
    expect(await put()).toBe(200);
    expect(notes.records('commit')).toHaveLength(2);
    expect(notes.records('fault.fired')).toHaveLength(3);
    // A refused connection is certain: nothing was done.
    expect(notes.records('exchange.completed')[1]).toMatchObject({
      outcome: 'fail',
      cut: 'refused',
    });
  });

  test('comes back with every', async () => {
    const notes = new NotesLandscape([outage(link, { at: '1s', for: '1s', every: '10s' })]);
    const seen: (number | string)[] = [];
    for (let second = 0; second < 13; second++) {
      seen.push(ending(await notes.call('GET', '/v1/notes')));
      await notes.pass(1000);
    }
    const down = seen.flatMap((each, second) => (each === 'refused' ? [second] : []));
    expect(down).toEqual([1, 11]);
  });

  test('as 503 with Retry-After', async () => {
    const notes = new NotesLandscape([outage(link, { answer: 'unavailable', retryAfter: '30s' })]);
    const outcome = await notes.call('PUT', '/v1/notes/A', 'x');
    expect(outcome).toMatchObject({ reply: { status: 503, headers: { 'retry-after': '30' } } });
    expect(notes.records('commit')).toEqual([]);
  });

  test('ends with healing', async () => {
    const notes = new NotesLandscape([outage(link)]);
    expect(ending(await notes.call('PUT', '/v1/notes/A', 'x'))).toBe('refused');
    notes.landscape.heal();
    expect(ending(await notes.call('PUT', '/v1/notes/A', 'x'))).toBe(200);
  });
});
