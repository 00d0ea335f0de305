/**
 * The first trial with its wires broken on every link: the sound integration holds, every broken one is
 * caught, and the verdict is the same whichever Toxiproxy breaks the wires.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Trial, type TrialResult, defineTrial, network, runTrial } from '../../index.ts';
import { corpusOnVendors } from '../integrations/broken/corpus.ts';
import { goodDay, trialFor } from '../integrations/broken/trials.ts';
import { caught, violated } from '../integrations/seen.ts';
import { images } from '../../tools/docker/images.ts';
import { has, withoutDocker } from '../docker/docker-here.ts';
import { realServer, startOurs, startReal } from './servers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const integrations = fileURLToPath(new URL('../integrations/', import.meta.url));
const size = { purchaseOrders: 20, over: '10s' } as const;
const patience = 150_000;

/** Over while there is still enough business for each broken integration to break on its own fault. */
const brokenWires: NonNullable<Trial['faults']> = [
  network.latency('* -> *', { latency: 10, jitter: 5, for: '4s' }),
  network.slicer('integration -> *', { average_size: 1000, for: '4s' }),
  network.reset('integration -> erp', { toxicity: 0.3, at: '500ms', for: '700ms' }),
  network.outage('integration -> wms', { at: '1500ms', for: '500ms' }),
  network.flap('integration -> procurement', { at: '1s', down: '100ms', up: '3s' }),
  network.partition('wms', 'integration', { at: '2500ms', for: '500ms' }),
  network.bandwidth('* -> integration', { rate: 500, at: '3s' }),
];

const withBrokenWires = (trial: Trial): Trial => {
  const {
    kind: _kind,
    declaredAt: _at,
    deadlineMs: _deadline,
    settleMs: _settle,
    ...options
  } = trial;
  return defineTrial({ ...options, faults: [...(trial.faults ?? []), ...brokenWires] });
};

const run = (trial: Trial, command: string, toxiproxy: string): Promise<TrialResult> =>
  runTrial(withBrokenWires(trial), {
    seed: 'wires-1',
    toxiproxy,
    integration: { kind: 'process', command, readyTimeoutMs: 60_000 },
  });

describe.each([
  ['embedded', false],
  ['real', !realServer()],
] as const)('through the %s Toxiproxy', { concurrent: true, timeout: patience }, (which, left) => {
  const toxiproxy = which === 'real' ? 'binary' : 'embedded';
  process.env['PATH'] += `:${root}.tools/bin`;

  test.skipIf(left)('the sound integration holds', async () => {
    const result = await run(goodDay(size), `node ${integrations}sound/main.ts`, toxiproxy);
    expect([violated(result), result.verdict.doubts, result.verdict.status]).toEqual([
      [],
      [],
      'holds',
    ]);
    expect(result.verdict.faults.every(({ fired }) => fired > 0)).toBe(true);
  });

  test.skipIf(left).each(corpusOnVendors)('$name is caught', async ({ name }) => {
    const command = `node ${integrations}broken/main.ts ${name}`;
    const result = await run(trialFor(name, size), command, toxiproxy);
    expect(result.verdict.status).toBe('violated');
    expect(caught(result, name)).toBe(true);
  });
});

/** Every fifth of the corpus. */
const few = corpusOnVendors.filter((_, index) => index % 5 === 0);

/** The other ways to the real server lead to the same one; so less of the corpus goes through them. */
describe('the same verdicts', { concurrent: true, timeout: patience }, () => {
  const verdicts = async (toxiproxy: string): Promise<Record<string, string>> => {
    const names = ['sound', ...few.map(({ name }) => name)];
    const results = await Promise.all(
      names.map(async (name) => {
        const file = name === 'sound' ? 'sound/main.ts' : `broken/main.ts ${name}`;
        const trial = name === 'sound' ? goodDay(size) : trialFor(name, size);
        return [
          name,
          (await run(trial, `node ${integrations}${file}`, toxiproxy)).verdict.status,
        ] as const;
      }),
    );
    return Object.fromEntries(results);
  };
  const expected = {
    sound: 'holds',
    ...Object.fromEntries(few.map(({ name }) => [name, 'violated'])),
  };

  test.skipIf(!realServer())('by the URL of a real one that runs already', async () => {
    const server = await startReal();
    try {
      expect(await verdicts(server.url)).toEqual(expected);
      // A server that runs on keeps nothing of ours.
      expect(await (await fetch(`${server.url}/proxies`)).json()).toEqual({});
    } finally {
      await server.close();
    }
  });

  test.skipIf(withoutDocker())('by a container', async () => {
    await has(images.toxiproxy);
    expect(await verdicts('container')).toEqual(expected);
  });
});

test('a Toxiproxy that is not there is no verdict', async () => {
  const gone = run(goodDay(size), `node ${integrations}sound/main.ts`, 'http://127.0.0.1:1');
  await expect(gone).rejects.toMatchObject({ code: 'toxiproxy.unreachable' });
});

test('a Toxiproxy that goes away in the middle is no verdict', async () => {
  const server = await startOurs();
  const running = runTrial(withBrokenWires(goodDay(size)), {
    toxiproxy: server.url,
    integration: { kind: 'process', command: `node ${integrations}sound/main.ts` },
    onProgress: ({ phase }) => {
      if (phase === 'workload') void server.close();
    },
  });
  await expect(running).rejects.toMatchObject({ code: 'toxiproxy.unreachable' });
});

test('wires that somebody else disturbs are not healed, and that is no verdict', async () => {
  const server = await startOurs();
  let disturbed: Promise<unknown> | undefined;
  const running = runTrial(withBrokenWires(goodDay(size)), {
    toxiproxy: server.url,
    integration: { kind: 'process', command: `node ${integrations}sound/main.ts` },
    onProgress: ({ phase }) => {
      const toxics = `${server.url}/proxies/${encodeURIComponent('integration -> erp')}/toxics`;
      if (phase === 'workload') {
        disturbed ??= fetch(toxics, { method: 'POST', body: '{"type":"noop","name":"theirs"}' });
      }
    },
  });
  await expect(running).rejects.toMatchObject({ code: 'network.not-healed' });
  expect(disturbed).toBeDefined();
  await server.close();
});

test('an integration in this process has no wires, and is told so', async () => {
  const trial = withBrokenWires(goodDay(size));
  const start = (): object => ({});
  const inThisProcess = runTrial(trial, {
    integration: { kind: 'function', start, intercepts: false },
  });
  await expect(inThisProcess).rejects.toMatchObject({ code: 'network.needs-connections' });
});
