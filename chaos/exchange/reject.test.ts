import { describe, expect, test } from 'vitest';
import { NotesLandscape, ending } from '../../harness/testing/notes-system.ts';
import { reject } from './reject.ts';

const link = 'integration -> notes';

describe('reject', () => {
  test.each([
    ['unavailable', 503, 'info'],
    ['serverError', 500, 'info'],
    ['locked', 423, 'fail'],
    ['businessError', 422, 'fail'],
  ] as const)(
    "%s: %i in the callee's own words, and nothing is committed",
    (error, status, seen) => {
      const notes = new NotesLandscape([reject(link, { error })]);
      const outcome = notes.call('PUT', '/v1/notes/A', 'text');
      expect(outcome).toMatchObject({ reply: { status, body: JSON.stringify({ edge: error }) } });
      expect(notes.records('commit')).toEqual([]);
      expect(notes.records('exchange.completed')).toMatchObject([{ outcome: seen, status }]);
      expect(notes.records('fault.fired')).toMatchObject([
        { kind: 'reject', key: 'A', detail: error },
      ]);
    },
  );

  test('unavailable may say when to come back', () => {
    const notes = new NotesLandscape([
      reject(link, { error: 'unavailable', retryAfter: '1500ms' }),
    ]);
    expect(notes.call('GET', '/v1/notes/A')).toMatchObject({
      reply: { headers: { 'retry-after': '2' } },
    });
    expect(notes.records('exchange.completed')).toMatchObject([{ retryAfterMs: 2000 }]);
  });

  test('a business error is final: every attempt at a key is refused, or none', async () => {
    const notes = new NotesLandscape([
      reject(link, { error: 'businessError', rule: 'supplier-blocked', rate: 0.5 }),
    ]);
    const refused: number[] = [];
    for (let i = 0; i < 30; i++) {
      const seen = new Set<number | string>();
      for (let attempt = 0; attempt < 6; attempt++) {
        seen.add(ending(await notes.call('PUT', `/v1/notes/K${i}`, 'x')));
      }
      expect(seen.size).toBe(1);
      if (seen.has(422)) refused.push(i);
    }
    expect(refused.length).toBeGreaterThan(5);
    expect(refused.length).toBeLessThan(25);
    const rules = notes.records('exchange.completed').filter(({ rule }) => rule !== undefined);
    expect(rules).toHaveLength(refused.length * 6);
    expect(rules[0]?.rule).toBe('supplier-blocked');
  });

  test('a transient error is drawn for each attempt', async () => {
    const notes = new NotesLandscape([reject(link, { error: 'unavailable', rate: 0.5 })]);
    const seen = new Set<number | string>();
    for (let i = 0; i < 20; i++) seen.add(ending(await notes.call('PUT', '/v1/notes/A', 'x')));
    expect(seen).toEqual(new Set([200, 503]));
  });

  test('an error in the body comes with status 200, and nothing was done', async () => {
    const notes = new NotesLandscape([reject(link, { error: 'inBody', attempt: 1 })]);
    const outcome = await notes.call('PUT', '/v1/notes/A', 'x');
    expect(outcome).toMatchObject({ kind: 'reply', reply: { status: 200 } });
    expect(notes.records('commit')).toEqual([]);
    expect(notes.records('fault.fired')).toMatchObject([{ kind: 'reject', detail: 'inBody' }]);
    await notes.call('PUT', '/v1/notes/A', 'x');
    expect(notes.records('commit')).toHaveLength(1);
  });

  test('atMostPerKey lets retries through', async () => {
    const notes = new NotesLandscape([reject(link, { error: 'unavailable', atMostPerKey: 2 })]);
    const seen: (number | string)[] = [];
    for (let i = 0; i < 4; i++) seen.push(ending(await notes.call('PUT', '/v1/notes/A', 'x')));
    expect(seen).toEqual([503, 503, 200, 200]);
  });

  test('reads meet outages, not locks or business errors', async () => {
    for (const error of ['locked', 'businessError'] as const) {
      const notes = new NotesLandscape([reject(link, { error })]);
      notes.act('A');
      expect(ending(await notes.call('GET', '/v1/notes/A'))).toBe(200);
      expect(notes.records('fault.fired')).toEqual([]);
    }
  });
});
