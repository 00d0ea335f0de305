/**
 * Node-RED under test: the same bad day for a naive flow and for a hardened one, each in a process of
 * its own. Exit code 0 when the naive one is violated, the hardened one holds, and the naive one keeps
 * every promise on a day without faults (otherwise this would be no test of the faults).
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  type Trial,
  defineTrial,
  drop,
  duplicate,
  loseResponse,
  outage,
  reject,
  reorder,
  runTrial,
} from '../../index.ts';
import { erp, procurement } from '../../simulators.ts';
import { describeDuration } from '../../harness/duration.ts';
import { stopwatch } from '../../harness/clock.ts';
import { type ReportModel, reportModel } from '../../report/report-model.ts';
import { sideBySide } from '../../report/side-by-side.ts';
import { terminalReport, violationStories } from '../../report/terminal-report.ts';
import { coloursFor, wantsColour } from '../../report/terminal-text.ts';
import { ordersOnly } from './orders-only.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const { stdout } = process;
const options = {
  colour: wantsColour(stdout, process.env),
  ...(stdout.columns === undefined ? {} : { columns: stdout.columns }),
};
const colours = coloursFor(options);

const common = {
  systems: { procurement: procurement(), erp: erp() },
  // Node-RED answers 404 until its flows have started; the sender tries again.
  webhooks: { retryScheduleMs: [200, 400, 800, 1500, 3000, 3000, 5000] },
  liveness: { deadline: '20s', settle: '10s' },
} as const;

const badDay = defineTrial({
  ...common,
  name: 'Node-RED: 40 purchase orders on a bad day',
  workload: ordersOnly({ orders: 40, overMs: 10_000 }),
  faults: [
    duplicate('procurement -> integration', { rate: 0.2, after: '100ms' }),
    reorder('procurement -> integration', { rate: 0.6, againstKeyOrder: true, atMost: '600ms' }),
    drop('procurement -> integration', { rate: 0.1, redeliverAfter: '1s' }),
    drop('procurement -> integration', { rate: 0.08, label: 'drop for good' }),
    loseResponse('integration -> erp', { on: 'POST', rate: 0.2, atMostPerKey: 1 }),
    reject('integration -> erp', {
      on: 'createPurchaseOrder',
      error: 'businessError',
      rule: 'supplier-not-approved',
      message: 'The supplier is not approved yet.',
      rate: 0.3,
      at: '2s',
      for: '4s',
    }),
    outage('integration -> erp', { at: '6500ms', for: '1500ms' }),
  ],
});

const calmDay = defineTrial({
  ...common,
  name: 'Node-RED: 20 purchase orders on a day without faults',
  workload: ordersOnly({ orders: 20, overMs: 5_500, waitMs: 2_000, gapMs: 1_000 }),
});

async function run(trial: Trial, flow: string, seed?: string): Promise<ReportModel> {
  const elapsed = stopwatch();
  const result = await runTrial(trial, {
    integration: {
      kind: 'process',
      command: `node start.mjs flows/${flow}.json`,
      cwd: here,
      readyTimeoutMs: 40_000,
    },
    ...(seed === undefined ? {} : { seed }),
  });
  const replay = `npm run example:node-red -- --seed ${result.seed}`;
  const model = reportModel(result, { replay, storiesPerInvariant: 1 });
  stdout.write(
    `  ${flow}, ${trial === calmDay ? 'no' : 'with'} faults: ${model.verdict} after ${describeDuration(elapsed())}\n`,
  );
  return model;
}

const elapsed = stopwatch();
stdout.write(
  'Node-RED as the integration under test: purchase orders from procurement to the ERP.\n',
);
const naive = await run(badDay, 'naive', values.seed);
const hardened = await run(badDay, 'hardened', naive.seed);
const calm = await run(calmDay, 'naive', naive.seed);

const sides = [
  { name: 'naive', model: naive },
  { name: 'hardened', model: hardened },
];
stdout.write(
  `\n${colours.bold('What the naive flow broke')}\n\n${violationStories(naive, options)}\n\n`,
);
// What should have held and did not is told in full.
for (const model of [hardened, calm]) {
  if (model.verdict !== 'holds') stdout.write(`${terminalReport(model, options)}\n`);
}
stdout.write(`${sideBySide(sides, options)}\n`);
const expected =
  naive.verdict === 'violated' && hardened.verdict === 'holds' && calm.verdict === 'holds';
stdout.write(
  expected
    ? 'As it should be: the naive flow is caught, the hardened one holds, and without faults so does the naive one.\n'
    : 'Not as it should be: expected violated, holds, holds.\n',
);
stdout.write(`Seed ${naive.seed}. Took ${describeDuration(elapsed())}.\n`);
process.exitCode = expected ? 0 : 1;
