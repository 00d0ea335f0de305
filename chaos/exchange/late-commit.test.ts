import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { lateCommit } from './late-commit.ts';

const link = 'integration -> notes';

describe('lateCommit', () => {
  test.each([
    ['timeout', 'timeout'],
    ['gatewayTimeout', 504],
  ] as const)('answers %s first and commits later', async (answer, seen) => {
    const notes = new NotesLandscape([lateCommit(link, { after: '3s', answer })]);
    expect(ending(await notes.call('PUT', '/v1/notes/A', 'text'))).toBe(seen);
    expect(notes.records('commit')).toEqual([]);
    expect(notes.landscape.pending()).toEqual([{ what: 'exchanges open at notes', count: 1 }]);
    await notes.pass(2999);
    expect(notes.records('commit')).toEqual([]);
    const before = notes.clock.now();
    await notes.pass(1);
    expect(notes.records('commit')).toMatchObject([
      { id: 'A', exchange: 'notes-x1', at: before + 1 },
    ]);
    await notes.pass(1);
    expect(notes.landscape.pending()).toEqual([]);
    expect(notes.records('exchange.completed')).toMatchObject([{ outcome: 'info' }]);
    expect(notes.records('fault.fired')).toMatchObject([{ kind: 'lateCommit', key: 'A' }]);
  });

  test('a retry overtakes the late one, and both are done', async () => {
    const notes = new NotesLandscape([lateCommit(link, { after: '3s', attempt: 1 })]);
    await notes.call('PUT', '/v1/notes/A', 'first');
    await notes.call('PUT', '/v1/notes/A', 'second');
    await notes.pass(3000);
    const written = notes.records('commit').map(({ data }) => (data as { text: string }).text);
    expect(written).toEqual(['second', 'first']);
  });

  test('what is refused later leaves nothing behind and keeps nobody waiting', async () => {
    const notes = new NotesLandscape([lateCommit(link, { after: '3s' })]);
    expect(ending(await notes.call('PUT', '/v1/notes/A', ''))).toBe('timeout');
    await notes.pass(3001);
    expect(notes.records('commit')).toEqual([]);
    expect(notes.landscape.pending()).toEqual([]);
  });

  test('reads and token requests are answered at once', async () => {
    const notes = new NotesLandscape([lateCommit(link, { after: '3s' })]);
    notes.act('A');
    expect(ending(await notes.call('GET', '/v1/notes/A'))).toBe(200);
    expect(ending(await notes.call('POST', '/oauth/token'))).toBe(200);
    expect(notes.records('fault.fired')).toEqual([]);
  });
});
