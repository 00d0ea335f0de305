/**
 * A PostgreSQL server that keeps the histories of several processes, from the command line: seats,
 * judging and exporting all shards, and what is said when it goes away.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workbench } from '../cli/testing/run-seatrial.ts';
import { openArchive } from '../harness/archive/open-archive.ts';
import { openStoredHistory } from '../harness/archive/postgres/open-store.ts';
import { StoreAddress } from '../harness/archive/postgres/store-address.ts';
import { RealClock } from '../harness/clock.ts';
import { Landscape } from '../harness/landscape.ts';
import { notesSystem } from '../harness/testing/notes-system.ts';
import { PostgresServer, noPostgres, password } from './postgres-server.ts';

const bench = new Workbench();
const textOf = (path: string): string => readFileSync(`${bench.folder}/${path}`, 'utf8');
const records = (path: string): string[] => textOf(path).split('\n').slice(1);

describe.skipIf(noPostgres('histories on a PostgreSQL server'))('a PostgreSQL server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.remove());

  test('keeps trials of several processes side by side, judged together and exported apart', async () => {
    const store = server.fresh();
    const ran = await Promise.all(
      [1, 2].map((shard) => {
        const trial = bench.notesTrial(`shard-${shard}.ts`);
        const history = `${shard}.ndjson`;
        const keep = ['--store', `${store}&shard=${shard}`, '--history', history];
        return bench.run('run', trial, ...keep, '--quiet');
      }),
    );
    for (const { code, stderr } of ran) expect([code, stderr]).toEqual([0, '']);
    const judge = async (...histories: string[]): Promise<unknown> => {
      const words = ['--trial', bench.notesTrial('judge.ts'), '--json', '--quiet'];
      const { code, stdout } = await bench.run('check', ...histories, ...words);
      return [code, JSON.parse(stdout)];
    };
    const verdict = await judge(store);
    expect(verdict).toEqual(await judge('1.ndjson', '2.ndjson'));
    expect(verdict).toMatchObject([0, { verdict: 'holds' }]);
    expect(await judge(`${store}&shard=2`)).toEqual(await judge('2.ndjson'));
    const exported = await bench.run('export', store, '--out', 'out.ndjson');
    expect(exported.stdout).toBe('out-1.ndjson\nout-2.ndjson\n');
    expect(records('out-1.ndjson')).toEqual(records('1.ndjson'));
    expect(records('out-2.ndjson')).toEqual(records('2.ndjson'));
  });

  test('is asked in SQL, for a verdict and by anybody', async () => {
    const store = server.fresh();
    const trial = bench.notesTrial('asked.ts');
    await bench.run('run', trial, '--store', store, '--quiet');
    bench.file('rules.sql', '-- acme/no-notes: nobody writes\nSELECT id FROM commits;\n');
    const rules = ['--trial', trial, '--invariants-sql', 'rules.sql', '--quiet'];
    const { code, stdout } = await bench.run('check', store, ...rules);
    expect([code, stdout]).toEqual([1, expect.stringContaining('violated')]);
    const { schema } = new StoreAddress(store);
    const count = 'SELECT count(*)::int AS n FROM';
    const [commits] = await server.query<{ n: number }>(`${count} commits`, schema);
    const history = openStoredHistory(store);
    const told = [...history].filter(({ type }) => type === 'commit');
    history.close();
    expect(commits?.n).toBe(told.length);
    const [types] = await server.query<{ n: number }>(
      `${count} records WHERE type = 'commit' AND key IS NOT NULL AND at > 0`,
      schema,
    );
    expect(types?.n).toBe(told.length);
    const notes = await server.query<{ id: string; data: unknown }>(
      "SELECT id, data FROM documents WHERE system = 'target' AND document = 'Note' ORDER BY id",
      schema,
    );
    expect(notes.length).toBeGreaterThan(0);
    expect(notes[0]?.data).toMatchObject({ text: expect.any(String) as string });
  });

  test('that refuses a part of a batch has nothing of it, and nobody is told otherwise', async () => {
    const store = server.fresh();
    const { schema } = new StoreAddress(store);
    const archive = openArchive(store);
    archive.history.append({ type: 'phase', at: 1, phase: 'workload' });
    await archive.durable();
    await server.query(`ALTER TABLE meta ADD CONSTRAINT small CHECK (length(value) < 100)`, schema);
    archive.history.append({ type: 'phase', at: 2, phase: 'check' });
    archive.begin({ seed: 's'.repeat(100) } as never);
    await expect(archive.durable()).rejects.toThrow('violates check constraint "small"');
    expect(() => archive.close()).toThrow('violates check constraint "small"');
    expect(openArchive(store).history.length).toBe(1);
  });

  test('that stops in the middle has all that was acknowledged when it starts again', async () => {
    const store = server.fresh();
    const archive = openArchive(store, { cachedAtMost: 1 });
    const clock = new RealClock();
    const systems = { notes: notesSystem };
    const landscape = new Landscape({ systems, seed: 'seed', clock, archive });
    await landscape.listen();
    const url = `${landscape.addresses()['notes']?.url as string}/v1/notes`;
    const acknowledged: string[] = [];
    let stopping: Promise<void> | undefined;
    const caller = async (): Promise<void> => {
      for (;;) {
        const answer = await fetch(url, { method: 'POST', body: 'text' });
        acknowledged.push(((await answer.json()) as { key: string }).key);
        if (acknowledged.length === 50) stopping = server.stop();
      }
    };
    const ended = await Promise.allSettled([caller(), caller(), caller()]);
    for (const each of ended) expect(each).toMatchObject({ status: 'rejected' });
    const told = `the history ${new StoreAddress(store).label}: the server is gone`;
    expect((await archive.failed).message).toContain(told);
    // What can no longer be read is nobody's business any more: no error is left to the process.
    await expect(fetch(`${url}/N1`)).rejects.toThrow('fetch failed');
    clock.after(0, () => void archive.reader.length());
    await clock.sleep(1);
    await expect(landscape.close()).rejects.toThrow(told);
    await stopping;
    await server.startAgain();
    const again = openStoredHistory(store);
    const commits = [...again].flatMap((each) => (each.type === 'commit' ? [each.id] : []));
    again.close();
    expect(commits).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(commits).size).toBe(commits.length);
  });

  const middleware = `node ${fileURLToPath(new URL('integrations/sound/main.ts', import.meta.url))}`;

  test('that stops in the middle of a trial ends it as one that could not run', async () => {
    const store = server.fresh();
    bench.file(
      'long.ts',
      `import { defineTrial, procureToPay } from 'seatrial';
import { erp, procurement, wms } from 'seatrial/simulators';
export default defineTrial({
  name: 'long',
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  workload: procureToPay({ purchaseOrders: 300, over: '60s' }),
});
`,
    );
    const run = bench.start(['run', 'long.ts', '--integration', middleware, '--store', store]);
    await server.stopAt(500, store);
    const { code, stderr } = await run.ended;
    expect(code).toBe(3);
    expect(stderr).toContain(`the history ${new StoreAddress(store).label}: the server is gone`);
    expect(stderr.split('Failed to').length).toBe(2);
    expect(stderr).not.toContain(password);
    await server.startAgain();
    // What was written of it can be judged, and is no trial that passed.
    const { code: judged, stdout } = await bench.run('check', store, '--quiet');
    expect([1, 2]).toContain(judged);
    expect(stdout).toMatch(/^(violated|unknown): long/);
  });

  test('that stops ends a landscape that is served', async () => {
    const store = server.fresh();
    const serve = bench.start(['serve', '--store', store, '--workload', '200', '--over', '20s']);
    await server.stopAt(100, store);
    const { code, stderr } = await serve.ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('the server is gone. Start it,')]);
    expect(stderr.split('Failed to').length).toBe(2);
    await server.startAgain();
    const again = bench.start(['serve', '--store', store, '--quiet']);
    await again.saying('wms');
    again.signal('SIGTERM');
    expect((await again.ended).code).toBe(0);
  });

  test.each([
    [
      'with another password',
      (url: string) => url.replace(password, 'guessed'),
      'let this user in',
    ],
    ['without a database', (url: string) => url.replace('/postgres', '/none'), 'no such database'],
    ['where nobody answers', (url: string) => url.replace(/:\d+\//, ':1/'), 'nobody answers there'],
    ['that is none', () => 'mysql://me@db/trials', 'it is no address like postgres://'],
  ])('%s is named, and not its password', async (_, change, told) => {
    const store = change(server.fresh());
    for (const words of [
      ['serve', '--store', store],
      ['check', store],
    ]) {
      if (words[0] === 'check' && !store.startsWith('postgres')) continue;
      const { code, stderr, stdout } = await bench.run(...words);
      expect([code, stderr]).toEqual([3, expect.stringContaining(told)]);
      expect(stdout + stderr).not.toMatch(new RegExp(`${password}|guessed`));
    }
  });

  test('that has nothing to read says so', async () => {
    const { code, stderr } = await bench.run('check', server.fresh());
    expect([code, stderr]).toEqual([3, expect.stringContaining('nothing was recorded in it')]);
    const several = server.fresh();
    for (const shard of [0, 1]) {
      const archive = openArchive(`${several}&shard=${shard}`);
      archive.begin({ seed: 's' } as never);
      archive.close();
    }
    const report = await bench.run('report', several);
    expect([report.code, report.stderr]).toEqual([3, expect.stringContaining('it has 2 shards')]);
  });
});
