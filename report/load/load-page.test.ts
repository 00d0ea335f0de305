import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LoadModel } from './load-model.ts';
import { loadPage } from './load-page.ts';
import { loadText } from './load-text.ts';

const model: LoadModel = {
  format: 1,
  title: 'Load on node "<script>alert(1)</script>"',
  target: 'business',
  outcome: 'too slow',
  lastedMs: 10_000,
  binMs: 1000,
  asked: [1, 2],
  achieved: [1, 1],
  owed: [0, 7],
  arrivalsAsked: 3,
  arrivalsAchieved: 2,
  dropped: 1,
  requests: 9,
  stages: [
    {
      flow: 'order-to-erp',
      count: 2,
      p50: 900,
      p95: 2500,
      p99: 2500,
      longest: 2500,
      limitMs: 2000,
    },
  ],
  faults: [{ fault: 'outage <b>', fromMs: 1000, toMs: 3000, strikes: 5 }],
  thresholds: [{ metric: 'seatrial_stage{stage:order-to-erp}', limit: 'p(95)<2000', ok: false }],
  report: {
    format: 1,
    trial: 'load on business',
    integration: 'x',
    seed: 's',
    token: 't',
    replay: 'r',
    verdict: 'holds',
    invariants: [
      {
        invariant: 'paid-once',
        promise: 'P.',
        status: 'holds',
        seen: 4,
        violations: 0,
        stories: [],
      },
    ],
    faults: [],
    flows: [],
    doubts: [],
    owed: [],
    counts: { commits: 1, exchanges: 1, messages: 1, faultsFired: 5, refusals: 0 },
    phases: [],
    lastedMs: 10_000,
  },
};

describe('what is told of a load', () => {
  it('as a page says the outcome, the limits that were missed, and the stages', async () => {
    const page = await loadPage(model);
    expect(page).toContain('<h2 id="verdict-title">Too slow</h2>');
    expect(page).toContain('1 limit was missed; 0 promises were broken.');
    expect(page).toContain('seatrial_stage{stage:order-to-erp}');
    expect(page).toContain('paid-once');
  });

  it('as a page runs its own script and nothing that a name could bring', async () => {
    const page = await loadPage(model);
    const script = /<script>([\s\S]*)<\/script>\s*<\/body>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('outage <b>');
  });

  it('in the terminal marks the stage that was too slow', () => {
    const text = loadText(model);
    expect(text).toContain('arrivals     2 of 3 in 10 s, 1 found no room');
    expect(text).toContain('limit 2 s');
    expect(text).toContain('missed       seatrial_stage{stage:order-to-erp} p(95)<2000');
    expect(text).toContain('fault        outage <b>: 5 strikes from 1 s to 3 s');
    expect(text).toContain('too slow; verdict holds');
  });
});
