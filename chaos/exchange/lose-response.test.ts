import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { loseResponse } from './lose-response.ts';
import { reject } from './reject.ts';

const link = 'integration -> notes';

describe('loseResponse', () => {
  test.each(['reset', 'timeout'] as const)(
    'the write is committed, the caller sees a %s',
    (how) => {
      const notes = new NotesLandscape([loseResponse(link, { how })]);
      const outcome = notes.call('PUT', '/v1/notes/A', 'text');
      // In the same turn: nothing in it waits.
      expect(outcome).toEqual({ kind: 'cut', cut: how });
      expect(notes.records('commit')).toMatchObject([{ id: 'A', exchange: 'notes-x1' }]);
      expect(notes.records('exchange.completed')).toMatchObject([{ outcome: 'info', cut: how }]);
      expect(notes.records('fault.fired')).toMatchObject([
        { kind: 'loseResponse', key: 'A', exchange: 'notes-x1', attempt: 1, detail: how },
      ]);
    },
  );

  test('reads and token requests come through, unless aimed at by on', async () => {
    const notes = new NotesLandscape([loseResponse(link)]);
    notes.act('A');
    expect(ending(await notes.call('GET', '/v1/notes/A'))).toBe(200);
    expect(ending(await notes.call('POST', '/oauth/token'))).toBe(200);
    expect(notes.records('fault.fired')).toEqual([]);
    const aimed = new NotesLandscape([loseResponse(link, { on: 'GET' })]);
    aimed.act('A');
    expect(ending(await aimed.call('GET', '/v1/notes/A'))).toBe('reset');
    expect(ending(await aimed.call('PUT', '/v1/notes/A', 'x'))).toBe(200);
  });

  test('an error answer gets through, for nothing was committed', async () => {
    const notes = new NotesLandscape([loseResponse(link)]);
    expect(ending(await notes.call('PUT', '/v1/notes/A', ''))).toBe(422);
    expect(notes.records('fault.fired')).toEqual([]);
    const inner = new NotesLandscape([loseResponse(link), reject(link, { error: 'unavailable' })]);
    expect(ending(await inner.call('PUT', '/v1/notes/A', 'x'))).toBe(503);
    expect(inner.records('fault.fired').map(({ kind }) => kind)).toEqual(['reject']);
  });

  test('strikes at a named key and attempt only', async () => {
    const notes = new NotesLandscape([loseResponse(link, { key: 'A', attempt: 2 })]);
    const seen: (number | string)[] = [];
    for (const key of ['A', 'B', 'A', 'B', 'A']) {
      seen.push(ending(await notes.call('PUT', `/v1/notes/${key}`, 'x')));
    }
    expect(seen).toEqual([200, 200, 'reset', 200, 200]);
  });
});
