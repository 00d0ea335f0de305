/** One year of business, or a piece of it; says as JSON what came of it. Arguments: kind, orders. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopwatch } from '../../harness/clock.ts';
import { inProcess } from '../../harness/integration.ts';
import type { HistoryRecord } from '../../harness/record.ts';
import { runTrial } from '../../harness/run-trial.ts';
import { defineTrial } from '../../harness/trial.ts';
import type { VerdictStatus } from '../../harness/invariant.ts';
import { procureToPay } from '../../scenarios/index.ts';
import { erp, procurement, wms } from '../../simulators/index.ts';
import { middlewareWith } from '../../test/integrations/kit/in-process.ts';
import { type Usage, usageIn, usageUntilNow } from './usage.ts';

export interface YearDone {
  readonly tookMs: number;
  /** Of that, what came after the time in which the orders were placed. */
  readonly tailMs: number;
  readonly orders: number;
  /** Lines of the orders as they were issued. */
  readonly items: number;
  readonly commits: number;
  readonly exchanges: number;
  readonly records: number;
  readonly verdict: VerdictStatus;
  /** The landscape, with everything else that runs in its process. */
  readonly landscape: Usage;
  /** The integration, where it has a process of its own. */
  readonly integration: Usage;
}

const [word, count = '1000', seed = 'year'] = process.argv.slice(2);
const kind = word === 'real' ? 'real' : 'virtual';
const orders = Number(count);
const year = 76_349;
/**
 * Trial time of the whole year; a piece takes its share. Integrations poll and retry in seconds, and in
 * real time no more orders come than two cores get done: what waits is asked about again and again.
 */
const yearMs = { virtual: 60 * 60_000, real: 3 * 60 * 60_000 };

const over = Math.max(20_000, Math.round((yearMs[kind] * orders) / year));
const businessDays = Math.max(45, Math.round((365 * orders) / year));
const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const sound = `node --import ${file('./usage.ts')} ${file('../../test/integrations/sound/main.ts')}`;
const trial = defineTrial({
  name: `a year (${kind})`,
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  workload: procureToPay({
    purchaseOrders: orders,
    firstDay: '2018-01-01',
    mostLines: 429,
    businessDays,
    over: `${over}ms`,
  }),
  integration:
    kind === 'virtual' ? inProcess(middlewareWith()) : { kind: 'process', command: sound },
  ...(kind === 'virtual' ? {} : { liveness: { deadline: '30m', settle: '60s' } }),
});

let items = 0;
const countItems = (record: HistoryRecord): void => {
  if (record.type !== 'commit' || record.version !== 1) return;
  if (record.system !== 'procurement' || record.document !== 'PurchaseOrder') return;
  items += (record.data as { lines: readonly unknown[] }).lines.length;
};

const elapsed = stopwatch();
const { cpuMs: loadingMs } = usageUntilNow();
// What a year writes does not fit into memory, so a piece of it is on disk as well.
const folder = mkdtempSync(join(tmpdir(), 'seatrial-year-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const result = await runTrial(trial, {
  seed,
  onLandscape: ({ world }) => void world.history.subscribe(countItems),
  data: join(folder, 'history'),
});
const tookMs = elapsed();
const landscape = usageUntilNow();
const done: YearDone = {
  tookMs,
  tailMs: kind === 'real' ? Math.max(0, tookMs - over) : 0,
  orders,
  items,
  commits: result.counts.commits,
  exchanges: result.counts.exchanges,
  records: result.history.length,
  verdict: result.verdict.status,
  landscape: { ...landscape, cpuMs: landscape.cpuMs - loadingMs },
  integration: usageIn(result.output),
};
if (done.verdict !== 'holds') {
  for (const { invariant, status, violations } of result.verdict.invariants) {
    if (status === 'violated') console.error(invariant, violations[0]?.sentence);
  }
}
process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
