import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageFault } from '../harness/fault.ts';
import { runTrial } from '../harness/run-trial.ts';
import { copier, noteTrial } from '../harness/testing/note-trial.ts';
import { jsonReport } from './json-report.ts';
import { quoted, replayCommand } from './replay-command.ts';
import { reportModel } from './report-model.ts';

const duplicates: MessageFault = {
  layer: 'message',
  kind: 'duplicate',
  link: 'source -> integration',
  trigger: {},
  plan: (deliveries, tools) => {
    tools.fired();
    return deliveries.flatMap((each) => [each, { ...each, copy: 2 }]);
  },
};

const struck = () =>
  runTrial(noteTrial({ faults: [duplicates] }), {
    integration: copier({ looksFirst: false }),
    seed: 'a',
  });

describe('the model of a result', () => {
  it('says what the result says, with a story for the first violations of each invariant', async () => {
    const result = await struck();
    const model = reportModel(result, { storiesPerInvariant: 2 });
    expect(model).toMatchObject({
      format: 1,
      trial: 'notes',
      seed: 'a',
      token: 'st1.a',
      verdict: 'violated',
    });
    const [once, lost] = model.invariants;
    expect(once).toMatchObject({ invariant: 'note-copy/once', seen: 10, violations: 10 });
    expect(once?.stories.map(({ story }) => story.length > 0)).toEqual([
      true,
      true,
      ...Array.from({ length: 8 }, () => false),
    ]);
    expect(once?.stories[0]?.story[0]?.sentence).toBe('source committed note K1.');
    expect(lost).toMatchObject({ status: 'holds', violations: 0, stories: [] });
    expect(model.faults).toEqual([expect.objectContaining({ kind: 'duplicate', fired: 10 })]);
    expect(model.declaredAt).toContain('note-trial.ts:');
  });

  it('has the phases, one after the other, and why each ended', async () => {
    const model = reportModel(await struck());
    expect(model.phases.map(({ phase }) => phase)).toEqual([
      'workload',
      'heal',
      'liveness',
      'check',
    ]);
    let at = 0;
    for (const { startedMs, lastedMs } of model.phases) {
      expect(startedMs).toBe(at);
      at += lastedMs;
    }
    expect(at).toBe(model.lastedMs);
    expect(model.phases[2]?.endedBy).toBe('quiet');
  });

  it('is plain JSON', async () => {
    const model = reportModel(await struck());
    expect(JSON.parse(jsonReport(model))).toEqual(model);
  });

  it('is the same for the same seed', async () => {
    expect(jsonReport(reportModel(await struck()))).toBe(jsonReport(reportModel(await struck())));
  });
});

describe('the command that runs it again', () => {
  it('names file, integration and token', () => {
    const integration = "node 'my app.js' --x=$HOME";
    expect(replayCommand({ declaredAt: '/a b/t.ts:4:16', integration, token: 'st1.a' })).toBe(
      "seatrial run '/a b/t.ts' --integration 'node '\\''my app.js'\\'' --x=$HOME' --replay st1.a",
    );
    expect(replayCommand({ declaredAt: 't.ts', integration: 'in process', token: 'st1.a' })).toBe(
      'seatrial run t.ts --replay st1.a',
    );
  });

  it('is taken by a shell as it was meant', () => {
    const word = fc.string({
      minLength: 1,
      unit: fc.constantFrom(...`ab '"$\\\`!*?;&|<>()#~\n-=`),
    });
    fc.assert(
      fc.property(word, (given) => {
        expect(execFileSync('sh', ['-c', `printf %s ${quoted(given)}`], { encoding: 'utf8' })).toBe(
          given,
        );
      }),
      { numRuns: 50 },
    );
  });
});
