/** What code that knows nothing of trials finds when it runs in one: the trial's time, chance and network. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import http from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { historyHash } from './explore/difference.ts';
import { type IntegrationEnvironment, type RunningFunction, inProcess } from './integration.ts';
import { type TrialResult, runTrial } from './run-trial.ts';
import { noteTrial } from './testing/note-trial.ts';

const answer = (status: number) => ({ status, headers: {}, body: '' });

/** Runs a body at the first message of a small trial, and gives what it gave. */
async function within<T>(
  body: (environment: IntegrationEnvironment) => Promise<T>,
  { seed = 'm', intercepts = false } = {},
): Promise<{ value: T; result: TrialResult }> {
  let value: T | undefined;
  let asked = 0;
  let done = 0;
  const start = (environment: IntegrationEnvironment): RunningFunction => ({
    webhook: async ({ path }) => {
      if (path === '/webhooks/source' && asked++ === 0) {
        value = await body(environment);
        done++;
      }
      return answer(204);
    },
    pending: () => asked - Math.max(done, asked - 1),
  });
  const trial = noteTrial({ notes: 1, liveness: { deadline: '2h', settle: '2h' } });
  const result = await runTrial(trial, { seed, integration: inProcess(start, { intercepts }) });
  return { value: value as T, result };
}

describe('time', () => {
  test('every way to wait jumps, and every way to ask agrees', async () => {
    const realStart = performance.now();
    const { value } = await within(async () => {
      const before = [Date.now(), performance.now(), Number(process.hrtime.bigint()) / 1e6];
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      await sleep(60_000);
      await promisify(setTimeout)(60_000);
      await new Promise<void>((resolve) => {
        let ticks = 0;
        const timer = setInterval(() => {
          if (++ticks < 6) return;
          clearInterval(timer);
          resolve();
        }, 10_000);
      });
      await new Promise((resolve) => setImmediate(resolve));
      const after = [
        new Date().getTime(),
        performance.now(),
        Number(process.hrtime.bigint()) / 1e6,
      ];
      return after.map((each, i) => Math.round(each - (before[i] as number)));
    });
    expect(value).toEqual([240_000, 240_000, 240_000]);
    expect(performance.now() - realStart).toBeLessThan(30_000);
  });

  test('a signal that times out, a timer that is cleared', async () => {
    const { value } = await within(async () => {
      let fired = 0;
      clearTimeout(setTimeout(() => fired++, 10));
      const signal = AbortSignal.timeout(500);
      await sleep(499);
      const early = signal.aborted;
      await sleep(2);
      return [fired, early, signal.aborted, (signal.reason as Error).name];
    });
    expect(value).toEqual([0, false, true, 'TimeoutError']);
  });

  test('a Date is a Date, inside and outside', async () => {
    const { value } = await within(async () => [
      new Date() instanceof Date,
      new Date(2020, 1, 3).getMonth(),
      typeof Date(),
      Date.UTC(2020, 1),
    ]);
    expect(value).toEqual([true, 1, 'string', Date.UTC(2020, 1)]);
    expect(Math.abs(Date.now() - new Date().getTime())).toBeLessThan(1000);
  });
});

describe('chance', () => {
  const draws = async (): Promise<unknown[]> => [
    Math.random(),
    randomUUID(),
    crypto.randomUUID(),
    randomBytes(8).toString('hex'),
    randomInt(1000),
    [...crypto.getRandomValues(new Uint8Array(4))],
  ];

  test('is the same for the same seed and another for another', async () => {
    const [one, two, other] = [
      await within(draws),
      await within(draws),
      await within(draws, { seed: 'n' }),
    ];
    expect(one.value).toEqual(two.value);
    expect(one.value).not.toEqual(other.value);
    expect(one.result.verdict.doubts).toEqual([]);
  });

  test('outside of a trial it is the machine again', async () => {
    await within(draws);
    expect(Math.random()).not.toBe(Math.random());
    expect(randomUUID()).not.toBe(randomUUID());
  });
});

describe('network', () => {
  const read = (url: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const asking = http.get(url, (incoming) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => (text += chunk.toString()));
        incoming.on('end', () => resolve(`${incoming.statusCode} ${text}`));
      });
      asking.on('error', reject);
    });

  test('the global fetch reaches the landscape', async () => {
    const { value } = await within(async ({ systems }) => {
      const response = await fetch(`${systems['source']?.url}/v1/notes/K1`);
      return ((await response.json()) as { key: string }).key;
    });
    expect(value).toBe('K1');
  });

  test('node:http reaches it through MSW, and waits in virtual time', async () => {
    const ask = async ({ systems }: IntegrationEnvironment) => {
      const first = await read(`${systems['source']?.url}/v1/notes/K1`);
      await sleep(3_600_000);
      return [first.slice(0, 16), await read(`${systems['source']?.url}/v1/notes/none`)];
    };
    const { value, result } = await within(ask, { intercepts: true });
    expect(value).toEqual(['200 {"key":"K1",', expect.stringContaining('404')]);
    const again = await within(ask, { intercepts: true });
    expect(historyHash(again.result.history)).toBe(historyHash(result.history));
  });

  test('a connection to elsewhere is named, and nothing that passes with it proves anything', async () => {
    const { result } = await within(
      () =>
        new Promise<void>((resolve) => {
          const socket = connect({ host: '127.0.0.1', port: 1 });
          socket.on('error', () => resolve());
        }),
    );
    expect(result.verdict.doubts.join()).toContain('a connection to 127.0.0.1:1');
  });
});

test('timers that nobody clears are named, and do not go on into the next trial', async () => {
  let ticks = 0;
  const { result } = await within(async () => void setInterval(() => ticks++, 1000));
  expect(result.verdict.doubts).toContain('the integration left 1 timer running');
  const before = ticks;
  await within(() => sleep(5000));
  expect(ticks).toBe(before);
});

test('ten worlds at once are what they are one by one', async () => {
  const tell = async (seed: string): Promise<string> => {
    const { result } = await within(
      async ({ systems }) => {
        for (let i = 0; i < 5; i++) {
          await sleep(Math.random() * 1000);
          await fetch(`${systems['target']?.url}/v1/notes/${randomUUID().replaceAll('-', '')}`, {
            method: 'PUT',
            body: new Date().toISOString(),
          });
        }
      },
      { seed },
    );
    return historyHash(result.history);
  };
  const seeds = Array.from({ length: 10 }, (_, i) => `world ${i}`);
  const oneByOne: string[] = [];
  for (const seed of seeds) oneByOne.push(await tell(seed));
  expect(await Promise.all(seeds.map(tell))).toEqual(oneByOne);
  expect(new Set(oneByOne).size).toBe(10);
});
