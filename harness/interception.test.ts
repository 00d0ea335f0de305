import { describe, expect, test } from 'vitest';
import type { ExchangeFault, ExchangeView } from './fault.ts';
import { Background, type Callee, intercept } from './interception.ts';
import { NotesLandscape } from './testing/notes-system.ts';
import { type Outcome, cut, reply } from './wire.ts';

const view: ExchangeView = {
  link: 'integration -> notes',
  operation: 'writeNote',
  key: 'A',
  attempt: 3,
  method: 'PUT',
  safe: false,
};
const ok: Outcome = reply({ status: 200, headers: {}, body: 'ok' });

function bench(...faults: ExchangeFault['intercept'][]) {
  const said: string[] = [];
  const notes = new NotesLandscape(
    faults.map((each, index) => ({
      layer: 'exchange',
      kind: `kind${index}`,
      link: 'integration -> notes',
      trigger: {},
      intercept: each,
    })),
  );
  const { world } = notes.landscape;
  const callee: Callee = {
    answer: () => (said.push('answer'), ok),
    answerAsOf: (ageMs) => (said.push(`answer as of ${ageMs}`), ok),
    refuse: ({ kind }) => (said.push(kind), ok),
    revokeTokens: () => void said.push('revoke'),
  };
  const background = new Background();
  const run = (): Outcome | Promise<Outcome> =>
    intercept(
      world,
      view,
      { exchange: 'x1' },
      world.faults.exchangeFaults(view),
      callee,
      background,
    );
  return { notes, said, run, background };
}

describe('intercept', () => {
  test('without faults the callee answers, in the same turn', () => {
    const { run, said } = bench();
    expect(run()).toBe(ok);
    expect(said).toEqual(['answer']);
  });

  test('the first declared stands outermost', async () => {
    const order: string[] = [];
    const layer =
      (name: string): ExchangeFault['intercept'] =>
      async (_exchange, next) => {
        order.push(`${name} before`);
        const outcome = await next();
        order.push(`${name} after`);
        return outcome;
      };
    await bench(layer('outer'), layer('inner')).run();
    expect(order).toEqual(['outer before', 'inner before', 'inner after', 'outer after']);
  });

  test('who does not go on keeps the callee out of it', () => {
    const { run, said } = bench(
      () => cut('refused'),
      (_exchange, next) => next(),
    );
    expect(run()).toEqual(cut('refused'));
    expect(said).toEqual([]);
  });

  test('the tools lead to the callee', () => {
    const { run, said } = bench((_exchange, _next, tools) => {
      tools.revokeTokens();
      void tools.answerAsOf(5);
      return tools.refuse({ kind: 'locked' });
    });
    void run();
    expect(said).toEqual(['revoke', 'answer as of 5', 'locked']);
  });

  test('firing is recorded with all that addresses it, by the fault that fired', () => {
    const { run, notes } = bench(
      (_exchange, next) => next(),
      (_exchange, next, tools) => (tools.fired('why'), next()),
    );
    void run();
    expect(notes.records('fault.fired')).toMatchObject([
      {
        fault: 'kind1 integration -> notes',
        kind: 'kind1',
        link: 'integration -> notes',
        operation: 'writeNote',
        key: 'A',
        attempt: 3,
        exchange: 'x1',
        detail: 'why',
      },
    ]);
  });

  test('each fault has a random and a memory of its own, the same at each exchange', () => {
    const draws: number[] = [];
    const memories: object[] = [];
    const look: ExchangeFault['intercept'] = (_exchange, next, { random, memory }) => {
      draws.push(random.draw('x'));
      memories.push(memory(() => ({})));
      return next();
    };
    const { run } = bench(look, look);
    void run();
    void run();
    expect(draws[0]).not.toBe(draws[1]);
    expect(draws.slice(2)).toEqual(draws.slice(0, 2));
    expect(memories[0]).not.toBe(memories[1]);
    expect(memories[2]).toBe(memories[0]);
  });
});

test('background work counts until it is done, or failed', async () => {
  const background = new Background();
  const done = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<void>();
  background.track(done.promise);
  background.track(failed.promise);
  expect(background.pending).toBe(2);
  done.resolve();
  await done.promise;
  expect(background.pending).toBe(1);
  failed.reject(new Error('refused after all'));
  await failed.promise.catch(() => {});
  expect(background.pending).toBe(0);
});
