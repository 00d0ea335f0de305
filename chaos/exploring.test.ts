/** Exploring: finds what there is to find, accuses nobody else, and says how much it has seen. */
import { describe, expect, test } from 'vitest';
import { duplicate, loseResponse } from './index.ts';
import { makeFault } from './make-fault.ts';
import { inProcess } from '../harness/integration.ts';
import { copier, noteTrial } from '../harness/testing/note-trial.ts';
import { type ExploreProgress, explore } from '../harness/explore/explore.ts';

const make = makeFault;
const trial = noteTrial({
  notes: 8,
  faults: [
    duplicate('source -> integration', { rate: 0.3 }),
    loseResponse('integration -> target', { rate: 0.2 }),
  ],
});

describe('an integration that writes twice', () => {
  const integration = copier({ looksFirst: false });

  test('is found out, with the shortest story', async () => {
    const exploration = await explore(trial, { integration, make, runs: 30, seed: 'e' });
    expect(exploration.status).toBe('violated');
    const [finding] = exploration.findings;
    expect(finding?.target.invariant).toBe('note-copy/once');
    expect(finding?.shrunk.reproduction.firings).toHaveLength(1);
    expect(finding?.shrunk.story.length).toBeLessThanOrEqual(10);
    expect(exploration.runs).toBe(finding?.run);
  });

  test('the same seed finds the same', async () => {
    const [one, two] = [
      await explore(trial, { integration, make, runs: 30, seed: 'e' }),
      await explore(trial, { integration, make, runs: 30, seed: 'e' }),
    ];
    expect(one.findings[0]?.shrunk.reproduction).toEqual(two.findings[0]?.shrunk.reproduction);
  });
});

describe('an integration that looks first', () => {
  const integration = copier({ looksFirst: true });

  test('holds, and every fault has fired', async () => {
    const shown: ExploreProgress[] = [];
    const exploration = await explore(trial, {
      integration,
      make,
      runs: 25,
      seed: 'e',
      onProgress: (progress) => shown.push(progress),
    });
    expect([exploration.status, exploration.doubts]).toEqual(['holds', []]);
    expect(exploration.runs).toBe(25);
    expect(exploration.coverage.faults).toEqual({ seen: 4, of: 4, missing: [] });
    expect(shown.map(({ runs }) => runs)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
  });

  test('ends when its seconds are over', async () => {
    const exploration = await explore(trial, { integration, make, seconds: 0.3, seed: 'e' });
    expect(exploration.runs).toBeGreaterThan(0);
    expect(exploration.seconds).toBeLessThan(5);
  });
});

test('one that does nothing proves nothing and breaks its promise', async () => {
  const integration = inProcess(() => ({}));
  const exploration = await explore(trial, { integration, make, runs: 3, seed: 'e' });
  expect(exploration.findings.map(({ target }) => target.invariant)).toEqual([
    'note-copy/nothing-lost',
  ]);
});

test('faults that never fire leave it unknown', async () => {
  const idle = noteTrial({ notes: 3, faults: [duplicate('* -> integration', { key: 'nobody' })] });
  const integration = copier({ looksFirst: true });
  const exploration = await explore(idle, { integration, make, runs: 5, seed: 'e' });
  expect(exploration.status).toBe('unknown');
  expect(exploration.doubts.join()).toContain('never fired');
});

test('chance that gets in by a back door is named by what it changed', async () => {
  let runs = 0;
  const integration = inProcess(({ systems, fetch }) => {
    const turn = runs++;
    return {
      webhook: async () => {
        await fetch(`${systems['target']?.url}/v1/notes/X${turn}`);
        return { status: 204, headers: {}, body: '' };
      },
    };
  });
  const exploration = await explore(trial, { integration, make, runs: 1, seed: 'e' });
  expect(exploration.doubts.join()).toMatch(/one seed gave two histories: .*readNote X0/);
});
