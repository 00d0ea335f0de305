/** Integrations that die: in this process and as processes, with and without what they stored. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeFault } from '../../harness/fault.ts';
import {
  type Integration,
  type IntegrationEnvironment,
  inProcess,
} from '../../harness/integration.ts';
import type { HistoryRecord } from '../../harness/record.ts';
import { type TrialResult, runTrial } from '../../harness/run-trial.ts';
import { noteTrial } from '../../harness/testing/note-trial.ts';
import type { WireRequest } from '../../harness/wire.ts';
import { crash } from './crash.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const answer = (status: number) => ({ status, headers: {}, body: '' });

/**
 * Acknowledges first and copies later, from a list in memory or in its storage; `confirms` is when it
 * forgets an entry: before it copied, or after.
 */
const copier = ({
  stores,
  confirms,
}: {
  stores: boolean;
  confirms: 'before' | 'after';
}): Integration =>
  inProcess(({ systems, fetch, clock, storage }: IntegrationEnvironment) => {
    const jobs = (stores ? storage : new Map()) as Map<string, string>;
    const target = systems['target']?.url;
    const work = (key: string, text: string): void => {
      clock.after(50, async () => {
        if (confirms === 'before') jobs.delete(key);
        const put = await fetch(`${target}/v1/notes/${key}`, { method: 'PUT', body: text }).catch(
          () => undefined,
        );
        if (put?.ok === true) jobs.delete(key);
        else work(key, text);
      });
    };
    for (const [key, text] of jobs) work(key, text);
    return {
      webhook: async ({ path, body }: WireRequest) => {
        if (path !== '/webhooks/source') return answer(204);
        const { key, data } = JSON.parse(body) as { key: string; data: { text: string } };
        jobs.set(key, data.text);
        work(key, data.text);
        return answer(204);
      },
      pending: () => jobs.size,
    };
  });

const run = (fault: ExchangeFault, integration: Integration): Promise<TrialResult> =>
  runTrial(noteTrial({ notes: 8, faults: [fault] }), { seed: 'crash', integration });

const violated = ({ verdict }: TrialResult): string[] =>
  verdict.invariants.filter(({ status }) => status === 'violated').map((each) => each.invariant);

const events = ({ history }: TrialResult): string[] =>
  [...history].flatMap((record: HistoryRecord) =>
    record.type === 'integration' ? [`${record.event} ${record.detail ?? ''}`.trim()] : [],
  );

const atTheWrite = crash('integration -> target', { key: 'K3' });
const afterTheAck = crash('source -> integration', { key: 'K3', when: 'after' });
const beforeTheAck = crash('source -> integration', { key: 'K3' });

describe('in this process', () => {
  test('what it keeps in its store survives, and the history tells of the crash', async () => {
    const result = await run(afterTheAck, copier({ stores: true, confirms: 'after' }));
    expect(violated(result)).toEqual([]);
    expect(events(result)).toEqual(['killed what it stored is kept', 'started again']);
  });

  test('what it only had in memory is gone', async () => {
    const result = await run(afterTheAck, copier({ stores: false, confirms: 'after' }));
    expect(violated(result)).toEqual(['note-copy/nothing-lost']);
  });

  test('a store that does not survive is empty', async () => {
    const fault = crash('source -> integration', { key: 'K3', when: 'after', keepsStore: false });
    const result = await run(fault, copier({ stores: true, confirms: 'after' }));
    expect(violated(result)).toEqual(['note-copy/nothing-lost']);
    expect(events(result)[0]).toBe('killed what it stored is lost');
  });

  test('a message that was not acknowledged comes again', async () => {
    const result = await run(beforeTheAck, copier({ stores: false, confirms: 'after' }));
    expect(violated(result)).toEqual([]);
  });

  test('between the commit in the target and the answer, it writes twice if it does not look', async () => {
    const result = await run(atTheWrite, copier({ stores: true, confirms: 'after' }));
    expect(violated(result)).toEqual(['note-copy/once']);
  });

  test('before the call got through, nothing was done twice', async () => {
    const fault = crash('integration -> target', { key: 'K3', when: 'before' });
    const result = await run(fault, copier({ stores: true, confirms: 'after' }));
    expect(violated(result)).toEqual([]);
  });

  test('what an ended life had begun does not go on', async () => {
    const result = await run(atTheWrite, copier({ stores: false, confirms: 'before' }));
    const writes = [...result.history].filter(
      (each) => each.type === 'exchange.invoked' && each.key === 'K3',
    );
    expect(writes).toHaveLength(1);
  });

  test('one that fails to start again says so', async () => {
    let starts = 0;
    const integration = inProcess(() => {
      if (starts++ > 0) throw new Error('no such table');
      return { webhook: async () => answer(204) };
    });
    const { verdict } = await run(afterTheAck, integration);
    expect(verdict.doubts.join()).toContain('no such table');
  });
});

describe('as a process', () => {
  const folder = temporaryFolder();
  const script = join(folder, 'copier.mjs');
  beforeAll(() => writeFileSync(script, processCopier));

  test.each([
    ['kept', true, []],
    ['lost', false, ['note-copy/nothing-lost']],
  ] as const)('killed after the acknowledgement, its files %s', async (_, keepsStore, expected) => {
    const fault = crash('source -> integration', {
      key: 'K3',
      when: 'after',
      down: '100ms',
      keepsStore,
    });
    const trial = noteTrial({
      notes: 5,
      faults: [fault],
      liveness: { deadline: '20s', settle: '2s' },
    });
    const integration: Integration = { kind: 'process', command: `node ${script}` };
    const result = await runTrial(trial, { seed: 'crash', integration });
    expect(violated(result)).toEqual(expected);
    expect(events(result)).toHaveLength(2);
    expect(result.verdict.faults[0]?.fired).toBe(1);
  });
});

/** Notes down what it was told before it acknowledges; works it off a little later, and after a restart. */
const processCopier = `
import { createServer } from 'node:http';
import { readFileSync, writeFileSync } from 'node:fs';
const file = process.env.SEATRIAL_DATA_DIR + '/jobs.json';
let jobs = {};
try { jobs = JSON.parse(readFileSync(file)); } catch {}
const save = () => writeFileSync(file, JSON.stringify(jobs));
const work = (key) => setTimeout(async () => {
  try {
    await fetch(process.env.SEATRIAL_TARGET_URL + '/v1/notes/' + key, { method: 'PUT', body: jobs[key] });
    delete jobs[key]; save();
  } catch { work(key); }
}, 300);
for (const key in jobs) work(key);
createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += chunk));
  request.on('end', () => {
    if (request.url === '/webhooks/source') {
      const { key, data } = JSON.parse(text);
      jobs[key] = data.text; save(); work(key);
    }
    response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
