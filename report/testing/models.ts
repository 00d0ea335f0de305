/** Models for the tests of the reports: one with everything, to be changed where a test looks. */
import type { ReportModel } from '../report-model.ts';

const model: ReportModel = {
  format: 1,
  trial: 'a bad day',
  declaredAt: '/home/me/trials/bad-day.ts:4:16',
  integration: 'node middleware.js',
  seed: '5e1f00d',
  token: 'st1.5e1f00d',
  replay: "seatrial run trials/bad-day.ts --integration 'node middleware.js' --replay st1.5e1f00d",
  verdict: 'violated',
  invariants: [
    {
      invariant: 'ledger/balanced',
      promise: 'Every posting balances.',
      status: 'holds',
      seen: 1234,
      violations: 0,
      stories: [],
    },
    {
      invariant: 'order-to-erp/no-duplicates',
      promise: 'A purchase order exists once in the ERP.',
      family: 'U',
      status: 'violated',
      seen: 300,
      violations: 5,
      stories: [
        {
          sentence: 'Purchase order PO-0000017 exists twice in erp: 4500000017 and 4500000018.',
          story: [
            { position: 120, afterMs: 0, sentence: 'PO-0000017 was issued.' },
            {
              position: 133,
              afterMs: 2500,
              sentence: 'The answer was lost, and the integration posted it again.',
            },
          ],
          keys: ['PO-0000017'],
          positions: [120, 133],
          expected: 1,
          actual: 2,
        },
        {
          sentence: 'Purchase order PO-0000099 exists twice in erp.',
          story: [],
          keys: ['PO-0000099'],
          positions: [],
        },
      ],
    },
    {
      invariant: 'payments/never-unreceived',
      promise: 'Nothing is paid that was not received.',
      status: 'unknown',
      seen: 0,
      violations: 0,
      stories: [],
      reason: 'nothing in this trial exercised it',
    },
  ],
  faults: [
    {
      fault: 'duplicate wms -> integration',
      kind: 'duplicate',
      link: 'wms -> integration',
      fired: 17,
    },
    { fault: 'outage integration -> erp', kind: 'outage', link: 'integration -> erp', fired: 0 },
  ],
  flows: [{ flow: 'order-to-erp', owed: 300, arrived: 298 }],
  doubts: ['the fault "outage integration -> erp" never fired'],
  owed: [{ what: 'order-to-erp', count: 2, example: 'PO-0000042' }],
  counts: { commits: 12_345, exchanges: 678, messages: 90, faultsFired: 17, refusals: 3 },
  phases: [
    { phase: 'workload', startedMs: 0, lastedMs: 20_000, endedBy: 'settled' },
    { phase: 'liveness', startedMs: 20_000, lastedMs: 1500, endedBy: 'quiet' },
  ],
  lastedMs: 21_500,
  output: 'listening\nstack overflow',
};

export const fullModel = (change: Partial<ReportModel> = {}): ReportModel => ({
  ...model,
  ...change,
});
