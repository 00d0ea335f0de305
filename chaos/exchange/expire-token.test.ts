import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { expireToken } from './expire-token.ts';

const link = 'integration -> notes';

/** Logs on with `token`, as a client that keeps its token does. */
const call = async (notes: NotesLandscape, token: string): Promise<number | string> =>
  ending(await notes.call('PUT', '/v1/notes/A', 'x', { authorization: `Bearer ${token}` }));

describe('expireToken', () => {
  test('once: 401, the old token stays bad, a new one is good', async () => {
    const notes = new NotesLandscape([expireToken(link, { at: '1s' })]);
    expect(await call(notes, 't1')).toBe(200);
    await notes.pass(1000);
    expect(await call(notes, 't1')).toBe(401);
    expect(notes.records('fault.fired')).toMatchObject([{ kind: 'expireToken', key: 'A' }]);
    expect(await call(notes, 't1')).toBe(401);
    expect(ending(await notes.call('POST', '/oauth/token'))).toBe(200);
    expect(await call(notes, 't2')).toBe(200);
    await notes.pass(3_600_000);
    expect(await call(notes, 't2')).toBe(200);
    expect(notes.records('fault.fired')).toHaveLength(1);
  });

  test('again with every period', async () => {
    const notes = new NotesLandscape([expireToken(link, { every: '1m' })]);
    expect(await call(notes, 't1')).toBe(401);
    expect(await call(notes, 't2')).toBe(200);
    await notes.pass(60_000);
    expect(await call(notes, 't2')).toBe(401);
    expect(await call(notes, 't3')).toBe(200);
    expect(notes.records('fault.fired')).toHaveLength(2);
  });

  test('by rate, first attempts only, so that a caller who logs on again gets through', async () => {
    const notes = new NotesLandscape([expireToken(link, { rate: 1 })]);
    expect(await call(notes, 't1')).toBe(401);
    expect(await call(notes, 't2')).toBe(200);
  });

  test('never strikes the request for a token', async () => {
    const notes = new NotesLandscape([expireToken(link)]);
    expect(ending(await notes.call('POST', '/oauth/token'))).toBe(200);
    expect(notes.records('fault.fired')).toEqual([]);
  });
});
