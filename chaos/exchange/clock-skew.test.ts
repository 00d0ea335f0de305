import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { clockSkew } from './clock-skew.ts';

const link = 'integration -> notes';

describe('clockSkew', () => {
  test.each([
    [{ ahead: '30s' } as const, 30_000, '30 s ahead'],
    [{ behind: '2s' } as const, -2000, '2 s behind'],
  ])('%j sets the clock once, until healing', async (options, offsetMs, detail) => {
    const notes = new NotesLandscape([clockSkew(link, options)]);
    const seat = notes.landscape.world.integration;
    expect(seat?.offsetMs).toBe(0);
    for (const key of ['A', 'B']) await notes.call('PUT', `/v1/notes/${key}`, 'x');
    expect(seat?.offsetMs).toBe(offsetMs);
    expect(notes.records('fault.fired')).toMatchObject([{ kind: 'clockSkew', detail }]);
    notes.landscape.heal();
    expect(seat?.offsetMs).toBe(0);
  });

  test('does not say that it fired where nobody reads a clock of ours', async () => {
    const notes = new NotesLandscape([clockSkew(link, { ahead: '1s' })]);
    await notes.call('PUT', '/v1/notes/A', 'x');
    expect(notes.records('fault.fired')).toEqual([]);
  });

  test.each([{}, { ahead: '1s', behind: '1s' } as const])('refuses %j', (options) => {
    expect(() => clockSkew(link, options)).toThrow(/ahead/);
  });
});
