import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { realSleep } from './clock.ts';
import type { ExchangeFault, MessageFault } from './fault.ts';
import { inProcess } from './integration.ts';
import { MemoryHistory } from './history.ts';
import { runTrial } from './run-trial.ts';
import type { SeatrialError } from './seatrial-error.ts';
import { copier, noteTrial } from './testing/note-trial.ts';
import { cut } from './wire.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const duplicates = (rate: number): MessageFault => ({
  layer: 'message',
  kind: 'duplicate',
  link: 'source -> integration',
  trigger: { rate },
  plan: (deliveries, tools) => {
    tools.fired();
    return deliveries.flatMap((each) => [each, { ...each, copy: 2 }]);
  },
});

const lostAnswers: ExchangeFault = {
  layer: 'exchange',
  kind: 'loseResponse',
  link: 'integration -> target',
  trigger: { on: 'PUT', rate: 0.5 },
  intercept: async (_exchange, next, tools) => {
    await next();
    tools.fired();
    return cut('reset');
  },
};

const neverFires: MessageFault = { ...duplicates(0), kind: 'drop' };
const sound = copier({ looksFirst: true });
const naive = copier({ looksFirst: false });
const statusOf = (result: Awaited<ReturnType<typeof runTrial>>, name: string): string | undefined =>
  result.verdict.invariants.find((each) => each.invariant === name)?.status;

describe('a trial in virtual time', () => {
  it('holds for the sound integration under faults, and ends in quiet', async () => {
    const trial = noteTrial({ faults: [duplicates(0.5), lostAnswers] });
    const result = await runTrial(trial, { integration: sound, seed: 'a' });
    expect(result.verdict.doubts).toEqual([]);
    expect(result.verdict.status).toBe('holds');
    expect(result.verdict.flows).toEqual([{ flow: 'note-copy', owed: 10, arrived: 10 }]);
    expect(result.verdict.faults.every(({ fired }) => fired > 0)).toBe(true);
    expect(result.owed).toEqual([]);
    const phases = [...result.history].filter((record) => record.type === 'phase');
    expect(phases.map(({ phase }) => phase)).toEqual(['workload', 'heal', 'liveness', 'check']);
    expect(phases.at(-1)?.reason).toBe('quiet');
  });

  it('catches the naive one only when a fault strikes, and names what it struck', async () => {
    const clean = await runTrial(noteTrial(), { integration: naive, seed: 'a' });
    expect(clean.verdict.status).toBe('holds');
    const struck = await runTrial(noteTrial({ faults: [duplicates(0.5)] }), {
      integration: naive,
      seed: 'a',
    });
    expect(struck.verdict.status).toBe('violated');
    const [once] = struck.verdict.invariants;
    const duplicated = [...struck.history].flatMap((each) =>
      each.type === 'fault.fired' ? [each.key] : [],
    );
    expect(once?.violations.map(({ keys }) => keys[0])).toEqual(duplicated);
  });

  it('makes the same history from the same seed, and another from another', async () => {
    const faults = [duplicates(0.5), lostAnswers];
    const history = async (seed: string): Promise<string> => {
      const result = await runTrial(noteTrial({ faults, notes: 5 }), { integration: sound, seed });
      return JSON.stringify([...result.history]);
    };
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (seed) => {
        expect(await history(seed)).toBe(await history(seed));
        expect(await history(`${seed}2`)).not.toBe(await history(seed));
      }),
      { numRuns: 10 },
    );
  });

  it('says unknown when nothing happened, and when a fault never fired', async () => {
    const idle = await runTrial(noteTrial({ notes: 0 }), { integration: sound });
    expect(idle.verdict.status).toBe('unknown');
    const vain = await runTrial(noteTrial({ faults: [neverFires] }), { integration: sound });
    expect(vain.verdict.status).toBe('unknown');
    expect(vain.verdict.doubts.join()).toContain('never fired');
    expect(statusOf(vain, 'note-copy/once')).toBe('holds');
  });

  it('ends soon, naming what is owed, when the integration does nothing', async () => {
    const deaf = inProcess(() => ({}));
    const trial = noteTrial({ liveness: { deadline: '1h', settle: '5s' } });
    const result = await runTrial(trial, { integration: deaf });
    expect(statusOf(result, 'note-copy/nothing-lost')).toBe('violated');
    expect(result.owed).toEqual([{ what: 'note-copy', count: 10, example: 'K1' }]);
    expect(result.lastedMs).toBeLessThan(60_000);
  });

  it('ends at its deadline when the integration never rests', async () => {
    const restless = inProcess(({ fetch, clock, systems }) => {
      const write = (): void => {
        void fetch(`${systems['target']?.url}/v1/notes/X`, { method: 'PUT', body: 'again' });
        clock.after(1000, write);
      };
      write();
      return {};
    });
    const trial = noteTrial({ liveness: { deadline: '30s', settle: '5s' } });
    const result = await runTrial(trial, { integration: restless });
    const last = [...result.history].findLast((record) => record.type === 'phase');
    expect(last?.reason).toBe('deadline');
  });

  it('lets virtual time pass for an integration that starts and stops slowly', async () => {
    let stopped = false;
    const slow = inProcess(async ({ clock }) => {
      await clock.sleep(2000);
      return {
        stop: async () => {
          await clock.sleep(2000);
          stopped = true;
        },
      };
    });
    await runTrial(noteTrial({ notes: 1, liveness: { deadline: '1s', settle: '1s' } }), {
      integration: slow,
    });
    expect(stopped).toBe(true);
  });

  it('gives up on an integration that never starts or never stops', async () => {
    const never = new Promise<never>(() => {});
    const start = runTrial(noteTrial(), { integration: inProcess(() => never) });
    await expect(start).rejects.toMatchObject({ code: 'integration.not-ready' });
    const stop = runTrial(noteTrial(), { integration: inProcess(() => ({ stop: () => never })) });
    await expect(stop).resolves.toMatchObject({ verdict: { status: 'violated' } });
  });

  it('reports progress, and ends early when it is told to', async () => {
    const seen: string[] = [];
    const stop = new AbortController();
    const run = runTrial(noteTrial({ notes: 100 }), {
      integration: sound,
      signal: stop.signal,
      onProgress: ({ phase, commits }) => {
        seen.push(phase);
        if (commits >= 0) stop.abort('enough');
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'trial.interrupted' });
    expect(seen[0]).toBe('workload');
  });

  it('stops the actors when it ends early', async () => {
    const stop = new AbortController();
    const history = new MemoryHistory();
    stop.abort('at once');
    const run = runTrial(noteTrial(), { integration: sound, signal: stop.signal, history });
    await expect(run).rejects.toMatchObject({ code: 'trial.interrupted' });
    expect([...history].some((record) => record.type === 'commit')).toBe(false);
  });

  it('needs an integration', async () => {
    await expect(runTrial(noteTrial())).rejects.toMatchObject({ code: 'integration.missing' });
  });
});

const copierProcess = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const { PORT, SEATRIAL_TARGET_URL, SEATRIAL_TARGET_BASE_PATH, SEATRIAL_DATA_DIR, MODE, PID_FILE } = process.env;
if (PID_FILE) writeFileSync(PID_FILE, String(process.pid));
writeFileSync(SEATRIAL_DATA_DIR + '/probe', 'x');
if (MODE === 'stubborn') process.on('SIGTERM', () => {});
if (MODE === 'fails') { console.error('no such database'); process.exit(4); }
if (MODE !== 'silent') createServer(async (request, response) => {
  if (MODE === 'dies') { console.error('out of luck'); process.exit(7); }
  if (request.url !== '/webhooks/source') return response.writeHead(204).end();
  let body = '';
  for await (const chunk of request) body += chunk;
  const { key, data } = JSON.parse(body);
  const url = SEATRIAL_TARGET_URL + SEATRIAL_TARGET_BASE_PATH + '/notes/' + key;
  const put = await fetch(url, { method: 'PUT', body: data.text });
  response.writeHead(put.status).end();
}).listen(Number(PORT), '127.0.0.1');
else setInterval(() => {}, 1000);
`;

/** As `ps` says it: empty when there is none, Z when it is only waiting to be forgotten. */
const stateOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

describe('a trial against a process', () => {
  const folder = temporaryFolder();
  const script = join(folder, 'copier.mjs');
  writeFileSync(script, copierProcess);
  const integration = (MODE = '', more = {}) =>
    ({ kind: 'process', command: `node ${script}`, env: { MODE, ...more } }) as const;
  const trial = noteTrial({ notes: 5, liveness: { deadline: '3s', settle: '1s' } });

  it('tells it by its environment where everything is', async () => {
    const result = await runTrial(trial, { integration: integration() });
    expect(result.verdict.status).toBe('holds');
    expect(result.integration).toBe(`node ${script}`);
  });

  it('uses the ports that are given', async () => {
    const ports = { target: 47_613 };
    const paths = new Set<string>();
    const seen = runTrial(trial, {
      integration: integration('', { SEATRIAL_TARGET_URL: 'http://127.0.0.1:47613' }),
      ports,
    });
    for (const record of (await seen).history)
      if (record.type === 'exchange.invoked') paths.add(record.callee);
    expect([...paths]).toEqual(['target']);
  });

  it('says that it died, with its last words', async () => {
    const result = await runTrial(trial, { integration: integration('dies') });
    expect(result.verdict.doubts).toEqual(['the integration ended with exit code 7']);
    expect(result.output).toContain('out of luck');
    expect([...result.history].some((record) => record.type === 'integration')).toBe(true);
  });

  it('says why one that never listens did not come up', async () => {
    const fails = runTrial(trial, { integration: integration('fails') });
    await expect(fails).rejects.toThrow(/exit code 4[^]*no such database/);
    const silent = { ...integration('silent'), readyTimeoutMs: 300 };
    await expect(runTrial(trial, { integration: silent })).rejects.toThrow(
      /did not listen within 300 ms/,
    );
  });

  it('leaves no process behind when it is interrupted', async () => {
    for (const mode of ['', 'silent', 'stubborn']) {
      const pidFile = join(folder, `pid-${mode}`);
      const stop = new AbortController();
      const run = runTrial(trial, {
        integration: integration(mode, { PID_FILE: pidFile }),
        signal: stop.signal,
      });
      const failed = run.catch((error: SeatrialError) => error.code);
      // However long the machine takes to start it.
      while (!existsSync(pidFile)) await realSleep(50);
      await realSleep(200);
      stop.abort('enough');
      expect(await failed).toMatch(/trial.interrupted|integration.not-ready/);
      const pid = Number(readFileSync(pidFile, 'utf8'));
      expect(stateOf(pid)).toMatch(/^(?:Z.*)?$/);
    }
  });
});
