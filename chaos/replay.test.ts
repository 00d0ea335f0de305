/** What the faults promise together: one seed, one story; and none leans on another. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault, MessageFault } from '../harness/fault.ts';
import type { FaultRecord, HistoryRecord } from '../harness/record.ts';
import { NotesLandscape } from '../harness/testing/notes-system.ts';
import { reply } from '../harness/wire.ts';
import * as chaos from './index.ts';

const messages = (): MessageFault[] => [
  chaos.duplicate('notes -> integration', { rate: 0.3, copies: 2, after: '40ms' }),
  chaos.drop('notes -> integration', { rate: 0.1, redeliverAfter: '500ms' }),
  chaos.drop('notes -> integration', { rate: 0.1, label: 'lost for good' }),
  chaos.delay('notes -> integration', { rate: 0.3, by: '200ms', jitter: '150ms' }),
  chaos.stale('notes -> integration', { rate: 0.5, after: '100ms' }),
];
const exchanges = (): Fault[] => [
  chaos.loseResponse('* -> *', { rate: 0.2 }),
  chaos.lateCommit('integration -> notes', { rate: 0.2, after: '700ms' }),
  chaos.reject('integration -> notes', { rate: 0.2, error: 'unavailable', retryAfter: '1s' }),
  chaos.reject('integration -> notes', { rate: 0.1, error: 'businessError' }),
  chaos.throttle('integration -> notes', { requestsPerSecond: 20 }),
  chaos.expireToken('integration -> notes', { every: '2s' }),
  chaos.outage('integration -> notes', { at: '1s', for: '300ms', every: '3s' }),
  chaos.latency('* -> *', { latency: 30, jitter: 30 }),
  chaos.staleRead('integration -> notes', { rate: 0.5, age: '400ms' }),
  chaos.reorder('notes -> integration', { window: 4, rate: 0.3 }),
  chaos.reorder('notes -> integration', { againstKeyOrder: true, rate: 0.3 }),
];

/** An integration that copies every note it hears of, and reads it back. */
async function story(faults: readonly Fault[], seed: string): Promise<NotesLandscape> {
  const notes = new NotesLandscape(faults, seed);
  notes.landscape.deliverTo(async (_path, { body }) => {
    const { key } = JSON.parse(body) as { key: string };
    if (key.startsWith('copy')) return reply({ status: 204, headers: {}, body: '' });
    const written = await notes.call('PUT', `/v1/notes/copy${key}`, body);
    const read = await notes.call('GET', `/v1/notes/copy${key}`);
    const done = [written, read].every(({ kind }) => kind === 'reply');
    return reply({ status: done ? 204 : 500, headers: {}, body: '' });
  });
  for (let i = 0; i < 30; i++)
    notes.clock.after(i * 150, () => notes.act(`K${i % 7}`, `text ${i}`));
  await notes.pass(6000);
  notes.landscape.heal();
  await notes.clock.run(() => notes.landscape.pending().length === 0);
  return notes;
}

describe('all faults at once', () => {
  test('the same seed tells the same story, record by record; healing ends it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const tell = async (): Promise<HistoryRecord[]> => {
          const notes = await story([...messages(), ...exchanges()], seed);
          expect(notes.landscape.pending()).toEqual([]);
          return [...notes.landscape.world.history];
        };
        expect(await tell()).toEqual(await tell());
      }),
      { numRuns: 5 },
    );
  });

  test('every kind fires', async () => {
    const fired = new Set<string>();
    for (const seed of ['a', 'b', 'c']) {
      const notes = await story([...messages(), ...exchanges()], seed);
      for (const { kind } of notes.records('fault.fired')) fired.add(kind);
    }
    expect([...fired].sort()).toEqual(
      [...new Set([...messages(), ...exchanges()].map(({ kind }) => kind))].sort(),
    );
  });

  test('another seed tells another story', async () => {
    const fired = async (seed: string): Promise<unknown> =>
      (await story(messages(), seed))
        .records('fault.fired')
        .map(({ kind, key, at }) => [kind, key, at]);
    expect(await fired('a')).not.toEqual(await fired('b'));
  });
});

test('taking one message fault away does not shift the others', async () => {
  const fired = (faults: readonly Fault[]): Map<string, string[]> => {
    const notes = new NotesLandscape(faults);
    for (let i = 0; i < 80; i++) notes.act(`K${i % 20}`);
    const byFault = new Map<string, string[]>();
    for (const { fault, message = '' } of notes.records('fault.fired') as FaultRecord[]) {
      byFault.set(fault, [...(byFault.get(fault) ?? []), message]);
    }
    return byFault;
  };
  // Without the one that loses messages for good: on those no later fault can take effect.
  const faults = messages().filter(({ label }) => label === undefined);
  const together = fired(faults);
  expect(together.size).toBe(faults.length);
  faults.forEach((_, index) => {
    for (const [fault, struck] of fired(faults.toSpliced(index, 1))) {
      expect(struck).toEqual(together.get(fault));
    }
  });
});
