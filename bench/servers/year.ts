/** One year of business, or the beginning of it; says as JSON what came of it. Arguments: kind, orders. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyReal, stopwatch } from '../../harness/clock.ts';
import { inProcess } from '../../harness/integration.ts';
import { runTrial } from '../../harness/run-trial.ts';
import { defineTrial } from '../../harness/trial.ts';
import type { VerdictStatus } from '../../harness/invariant.ts';
import { procureToPay } from '../../scenarios/index.ts';
import { erp, procurement, wms } from '../../simulators/index.ts';
import { middlewareWith } from '../../test/integrations/kit/in-process.ts';

export interface YearDone {
  readonly tookMs: number;
  readonly orders: number;
  /** Lines of the orders as they were issued. */
  readonly items: number;
  readonly commits: number;
  readonly exchanges: number;
  readonly records: number;
  readonly verdict: VerdictStatus;
  readonly peakRssBytes: number;
}

const [word, count = '1000'] = process.argv.slice(2);
const kind = word === 'real' ? 'real' : 'virtual';
const orders = Number(count);
const year = 76_349;
/** Trial time of the whole year; a fraction takes its share. Integrations poll and retry in seconds. */
const yearMs = { virtual: 60 * 60_000, real: 12 * 60_000 };

let peakRssBytes = 0;
everyReal(50, () => {
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
});

const over = Math.max(20_000, Math.round((yearMs[kind] * orders) / year));
const businessDays = Math.max(45, Math.round((365 * orders) / year));
const sound = fileURLToPath(new URL('../../test/integrations/sound/main.ts', import.meta.url));
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
    kind === 'virtual'
      ? inProcess(middlewareWith())
      : { kind: 'process', command: `node ${sound}` },
  ...(kind === 'virtual' ? {} : { liveness: { deadline: '30m', settle: '60s' } }),
});

const elapsed = stopwatch();
// What a whole year writes does not fit into memory; a fraction does, and real time is the disk's, too.
const kept = kind === 'real' || orders > 5000;
const folder = kept ? mkdtempSync(join(tmpdir(), 'seatrial-year-')) : undefined;
process.once('exit', () => folder && rmSync(folder, { recursive: true, force: true }));
const result = await runTrial(trial, {
  seed: 'year',
  ...(folder === undefined ? {} : { data: join(folder, 'history') }),
});
const tookMs = elapsed();
let items = 0;
for (const record of result.history) {
  if (record.type !== 'commit' || record.version !== 1) continue;
  if (record.system !== 'procurement' || record.document !== 'PurchaseOrder') continue;
  items += (record.data as { lines: readonly unknown[] }).lines.length;
}
const done: YearDone = {
  tookMs,
  orders,
  items,
  commits: result.counts.commits,
  exchanges: result.counts.exchanges,
  records: result.history.length,
  verdict: result.verdict.status,
  peakRssBytes: Math.max(peakRssBytes, process.memoryUsage.rss()),
};
if (done.verdict !== 'holds') {
  for (const { invariant, status, violations } of result.verdict.invariants) {
    if (status === 'violated') console.error(invariant, violations[0]?.sentence);
  }
}
process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
