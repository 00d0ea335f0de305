import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import type { Outcome } from '../../harness/wire.ts';
import { latency } from './latency.ts';
import { staleRead } from './stale-read.ts';

const link = 'integration -> notes';
const textOf = (outcome: Outcome): string =>
  (JSON.parse(outcome.kind === 'reply' ? outcome.reply.body : '{}') as { text: string }).text;

describe('staleRead', () => {
  test('answers as it was, and fires only when that differs', async () => {
    const notes = new NotesLandscape([staleRead(link, { age: '10s' })]);
    notes.act('A', 'old');
    await notes.pass(20_000);
    expect(textOf(await notes.call('GET', '/v1/notes/A'))).toBe('old');
    expect(notes.records('fault.fired')).toEqual([]);
    notes.act('A', 'new');
    await notes.pass(5000);
    expect(textOf(await notes.call('GET', '/v1/notes/A'))).toBe('old');
    expect(notes.records('fault.fired')).toMatchObject([{ kind: 'staleRead', key: 'A' }]);
    await notes.pass(5000);
    expect(textOf(await notes.call('GET', '/v1/notes/A'))).toBe('new');
    expect(notes.records('fault.fired')).toHaveLength(1);
  });

  test('what was just created is not there yet, neither alone nor in a list', async () => {
    const notes = new NotesLandscape([staleRead(link, { age: '10s' })]);
    await notes.call('PUT', '/v1/notes/A', 'x');
    expect(ending(await notes.call('GET', '/v1/notes/A'))).toBe(404);
    expect(await notes.call('GET', '/v1/notes')).toMatchObject({ reply: { body: '[]' } });
    expect(notes.records('fault.fired')).toHaveLength(2);
  });

  test('writes are never done on an old state', async () => {
    const notes = new NotesLandscape([staleRead(link, { age: '10s', on: 'PUT' })]);
    await notes.call('PUT', '/v1/notes/A', 'x');
    await notes.call('PUT', '/v1/notes/A', 'y');
    expect(notes.records('commit').map(({ version }) => version)).toEqual([1, 2]);
    expect(notes.records('fault.fired')).toEqual([]);
  });

  test('also behind a slow path', async () => {
    const notes = new NotesLandscape([
      staleRead(link, { age: '10s' }),
      latency(link, { latency: 100 }),
    ]);
    notes.act('A');
    expect(ending(await notes.answer('GET', '/v1/notes/A'))).toBe(404);
  });
});
