/**
 * The whole of `seatrial load` with the real k6, short: each target, a limit that is missed,
 * and four shards that make what one makes. Needs k6; without it one line says how to have it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from '../../test/left-out.ts';
import { PostgresServer, noPostgres } from '../../test/postgres-server.ts';
import type { LoadModel } from '../../report/load/load-model.ts';
import { type Ended, Workbench } from '../testing/run-seatrial.ts';

const k6 = fileURLToPath(new URL('../../.tools/bin/k6', import.meta.url));
const integration = (name: string): string =>
  `node ${fileURLToPath(new URL(`../../test/integrations/${name}/main.ts`, import.meta.url))}`;

const noK6 = leftOut(
  'k6',
  existsSync(k6),
  'loads by k6',
  '"npm run tools k6" installs it (Go, a minute).',
);

const bench = new Workbench();
const load = (...words: string[]): Promise<Ended> => bench.run('load', '--k6', k6, ...words);
const modelOf = (file: string): LoadModel =>
  JSON.parse(readFileSync(`${bench.folder}/${file}`, 'utf8')) as LoadModel;

// The machine that runs the tests may be slow; how fast is fast enough is not what they ask.
const unhurried = ['--within', '120s', '--request-within', '120s', '--patience', '120s'];

describe.skipIf(noK6)('a load by k6', () => {
  test('on an integration that is sound holds, and says so in every form', async () => {
    const { code, stdout, stderr } = await load(
      '--integration',
      integration('sound'),
      '--rate',
      '6',
      '--over',
      '4s',
      '--seed',
      'day',
      '--at-once',
      '60',
      '--json',
      'l.json',
      '--report',
      'page',
      '--history',
      'l.ndjson',
      ...unhurried,
    );
    expect(`${code} ${stdout}${stderr}`).toContain('0 Load on');
    expect(stdout).toContain('fast enough and right');
    const model = modelOf('l.json');
    expect(model.outcome).toBe('holds');
    expect(model.arrivalsAchieved).toBeGreaterThanOrEqual(22);
    expect(model.stages.find(({ flow }) => flow === 'order-to-erp')?.count).toBeGreaterThan(10);
    expect(model.achieved.length).toBeGreaterThan(5);
    const page = readFileSync(`${bench.folder}/page/index.html`, 'utf8');
    expect(page).toContain('Fast enough and right');
    expect(page).not.toContain('http://cdn');
    const again = await bench.run('check', 'l.ndjson', '--quiet');
    expect([again.code, again.stdout.slice(0, 6)]).toEqual([0, 'holds:']);
  }, 240_000);

  test('that is right but slower than it may be ends with 1', async () => {
    const { code, stdout } = await load(
      '--integration',
      integration('sound'),
      '--rate',
      '3',
      '--over',
      '2s',
      '--seed',
      'day',
      '--at-once',
      '30',
      ...unhurried,
      '--stage',
      'order-to-erp=1ms',
    );
    expect(stdout).toContain('missed       seatrial_stage{stage:order-to-erp} p(95)<1');
    expect(stdout).toContain('too slow');
    expect(code).toBe(1);
  }, 240_000);

  test('in four shards makes the same documents and the same verdict as in one', async () => {
    const day = ['--pace', 'max', '--orders', '24', '--seed', 'shards', '--at-once', '8'];
    const run = (file: string, ...more: string[]): Promise<Ended> =>
      load('--integration', integration('sound'), ...day, ...unhurried, '--history', file, ...more);
    const whole = await run('whole.ndjson');
    expect(whole.code).toBe(0);
    const files = [1, 2, 3, 4].map((index) => `${index}.ndjson`);
    const ended = await Promise.all(
      files.map((file, index) => run(file, '--segment', `${index + 1}/4`)),
    );
    // A shard may be too small to exercise every promise; together they are not.
    for (const { code } of ended) expect([0, 2]).toContain(code);
    const shards = files.map(documentsOf);
    expect(Math.min(...shards.map((each) => each.length))).toBeGreaterThan(0);
    expect(shards.flat().sort()).toEqual(documentsOf('whole.ndjson').sort());
    const joined = await bench.run('check', ...files, '--json', '-', '--quiet');
    const one = await bench.run('check', 'whole.ndjson', '--json', '-', '--quiet');
    const [a, b] = [joined, one].map(({ stdout }) => JSON.parse(stdout) as LoadModel['report']);
    expect([joined.code, a?.verdict]).toEqual([0, 'holds']);
    expect(a?.verdict).toBe(b?.verdict);
    expect(a?.flows).toEqual(b?.flows);
  }, 600_000);

  describe("on the integration's own endpoints", () => {
    const burst = (facade: string): Promise<Ended> => {
      const day = ['--pace', 'max', '--orders', '300', '--seed', 'burst', '--at-once', '10'];
      const under = ['--target', 'integration', '--integration', integration('sound')];
      return load(...under, ...day, ...unhurried, '--facade', facade);
    };

    // It answers nobody who does not sign.
    test('makes nothing twice of what it is sent again, and calls its façade', async () => {
      const { code, stdout, stderr } = await burst('GET /health=401');
      expect(`${code} ${stdout}${stderr}`).toContain('0 Load on');
      expect(stdout).toContain('verdict holds');
    }, 240_000);

    test('says when its façade answers otherwise than it should', async () => {
      const { code, stdout } = await burst('GET /health=200');
      expect(stdout).toContain('missed       seatrial_refused');
      expect(code).toBe(1);
    }, 240_000);
  });

  test.each(['plain', 's4hana'])(
    'on the simulated ERP (%s) by itself',
    async (dialect) => {
      const { code, stdout, stderr } = await load(
        '--target',
        'simulator',
        '--systems',
        `erp=${dialect}`,
        '--json',
        's.json',
        '--pace',
        'max',
        '--orders',
        '200',
        '--seed',
        'limit',
        '--at-once',
        '10',
        ...unhurried,
      );
      expect(`${code} ${stdout}${stderr}`).toContain('0 Load on');
      expect(modelOf('s.json').arrivalsAchieved).toBe(200);
    },
    240_000,
  );

  test('of counts that are bad could not run, and says where they are', async () => {
    bench.file('bad.csv', 'time,orders\n2026-03-30T14:00,many\n');
    const { code, stderr } = await load('--integration', 'true', '--counts', 'bad.csv');
    expect(code).toBe(3);
    expect(stderr).toContain('bad.csv: line 2, column 2: "many" is no count');
  });
});

const noServer = noK6 || noPostgres('loads whose shards are kept in PostgreSQL');

describe.skipIf(noServer)('a load by k6 that is kept on a PostgreSQL server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.remove());

  test('in two shards makes the same documents and the same verdict as in one', async () => {
    const day = ['--pace', 'max', '--orders', '16', '--seed', 'shards', '--at-once', '8'];
    const run = (...more: string[]): Promise<Ended> =>
      load('--integration', integration('sound'), ...day, ...unhurried, ...more);
    const whole = await run('--history', 'one.ndjson');
    expect(whole.code).toBe(0);
    const store = server.fresh();
    const ended = await Promise.all(
      ['1/2', '2/2'].map((share) => run('--segment', share, '--store', store)),
    );
    for (const { code } of ended) expect([0, 2]).toContain(code);
    const exported = await bench.run('export', store, '--out', 'kept.ndjson');
    expect(exported.stdout).toBe('kept-1.ndjson\nkept-2.ndjson\n');
    const shards = ['kept-1.ndjson', 'kept-2.ndjson'].map(documentsOf);
    expect(Math.min(...shards.map((each) => each.length))).toBeGreaterThan(0);
    expect(shards.flat().sort()).toEqual(documentsOf('one.ndjson').sort());
    const joined = await bench.run('check', store, '--json', '-', '--quiet');
    const one = await bench.run('check', 'one.ndjson', '--json', '-', '--quiet');
    const [a, b] = [joined, one].map(({ stdout }) => JSON.parse(stdout) as LoadModel['report']);
    expect([joined.code, a?.verdict]).toEqual([one.code, b?.verdict]);
    expect(a?.flows).toEqual(b?.flows);
  }, 600_000);

  test('that stops in the middle could not run', async () => {
    const words = ['--integration', integration('sound'), '--rate', '10', '--over', '10m'];
    const store = server.fresh();
    const kept = ['--store', store, '--seed', 'day', '--at-once', '20'];
    const running = bench.start(['load', '--k6', k6, ...words, ...kept, ...unhurried]);
    await server.stopAt(100, store);
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([3, expect.stringContaining('the server is gone')]);
    expect(stderr.split('Failed to').length).toBe(2);
  }, 240_000);
});

/** What there is of each order at the end, by what it is and not by the numbers and times it was given. */
function documentsOf(file: string): string[] {
  const latest = new Map<string, string>();
  for (const line of readFileSync(`${bench.folder}/${file}`, 'utf8').split('\n')) {
    if (!line.includes('"type":"commit"')) continue;
    const { system, document, id, data } = JSON.parse(line) as Commit;
    if (!business.has(document)) continue;
    const lines = (data.lines ?? []).map((each) => [each.line, each.material, each.quantity]);
    latest.set(
      `${system} ${document} ${id}`,
      JSON.stringify([system, document, data.supplier, data.status, lines]),
    );
  }
  return [...latest.values()];
}

interface Commit {
  readonly system: string;
  readonly document: string;
  readonly id: string;
  readonly data: {
    readonly supplier?: string;
    readonly status?: string;
    readonly lines?: readonly { line?: string; material?: string; quantity?: string }[];
  };
}

const business = new Set([
  'PurchaseOrder',
  'ExpectedReceipt',
  'AdvanceShipNotice',
  'ReceiptConfirmation',
  'Invoice',
  'SupplierInvoice',
]);
