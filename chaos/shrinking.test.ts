/** Shrinking: the blows that are needed and no others, the same promise on the same document. */
import { describe, expect, test } from 'vitest';
import { crash, duplicate, latency, lateCommit, loseResponse } from './index.ts';
import { makeFault } from './make-fault.ts';
import type { Fault } from '../harness/fault.ts';
import { inProcess } from '../harness/integration.ts';
import { copier, noteTrial } from '../harness/testing/note-trial.ts';
import { firingsOf } from '../harness/shrink/firing.ts';
import {
  type Reproduced,
  type Reproduction,
  type Target,
  reproduce,
  targetsOf,
  violationOf,
} from '../harness/shrink/reproduction.ts';
import { shrink } from '../harness/shrink/shrink.ts';

const make = makeFault;
const noisy: Fault[] = [
  duplicate('source -> integration', { rate: 0.3, copies: 2, after: '200ms' }),
  latency('integration -> *', { latency: 40, jitter: 40 }),
  loseResponse('integration -> target', { rate: 0.2 }),
];
const naive = copier({ looksFirst: false });
const trial = noteTrial({ notes: 20, faults: noisy });

/** What is shrunk: the first violation, or the first of that invariant. */
function targetOf(reproduced: Reproduced, wanted?: string): Target {
  const target = targetsOf(reproduced).find(
    ({ invariant }) => wanted === undefined || invariant === wanted,
  );
  if (target === undefined) throw new Error('nothing to shrink');
  return target;
}

async function found(from: Reproduction) {
  const reproduced = await reproduce(trial, from, make, { integration: naive });
  return { reproduced, target: targetOf(reproduced, 'note-copy/once') };
}

describe('a violation among many blows', () => {
  test.each(['a', 'b', 'c'])('shrinks to the one that is needed (seed %s)', async (seed) => {
    const { reproduced, target } = await found({ seed });
    const shrunk = await shrink(trial, reproduced, { seed }, target, { integration: naive, make });
    expect(shrunk.blows[0]).toBeGreaterThan(20);
    expect(shrunk.reproduction.firings).toHaveLength(1);
    expect(shrunk.reproduction.firings?.[0]?.key).toBe(target.document);
    expect(shrunk.target).toEqual(target);
    expect(shrunk.violation.keys[0]).toBe(target.document);
    expect(shrunk.confirmed).toBe(shrunk.confirmations);
  });

  test('takes no more runs than it may', async () => {
    const { reproduced, target } = await found({ seed: 'a' });
    const shrunk = await shrink(trial, reproduced, { seed: 'a' }, target, {
      integration: naive,
      make,
      runs: 7,
      confirmations: 3,
    });
    expect(shrunk.runs).toBeLessThanOrEqual(10);
    expect(shrunk.violation.keys[0]).toBe(target.document);
  });
});

test('the blows of a run, as a plan, are that run again', async () => {
  const first = await reproduce(trial, { seed: 'plan' }, make, { integration: naive });
  const firings = firingsOf(first.result.history, first.names);
  const again = await reproduce(trial, { seed: 'plan', firings }, make, { integration: naive });
  const blows = firingsOf(again.result.history, again.names);
  expect(blows.map(({ fault, key, attempt }) => [fault, key, attempt])).toEqual(
    firings.map(({ fault, key, attempt }) => [fault, key, attempt]),
  );
  expect(targetsOf(again)).toEqual(targetsOf(first));
});

test('one blow of a plan does not shift the others', async () => {
  const first = await reproduce(trial, { seed: 'plan' }, make, { integration: naive });
  const all = firingsOf(first.result.history, first.names).filter(({ fault }) =>
    fault.startsWith('duplicate'),
  );
  const some = all.filter((_, index) => index % 2 === 0);
  const again = await reproduce(trial, { seed: 'plan', firings: some }, make, {
    integration: naive,
  });
  expect(firingsOf(again.result.history, again.names).map(({ key }) => key)).toEqual(
    some.map(({ key }) => key),
  );
});

test('a harsher fault becomes a milder one where that is enough', async () => {
  const late = noteTrial({
    notes: 10,
    faults: [lateCommit('integration -> target', { rate: 0.3, after: '2s' })],
  });
  const reproduced = await reproduce(late, { seed: 'x' }, make, { integration: naive });
  const target = targetOf(reproduced);
  const shrunk = await shrink(late, reproduced, { seed: 'x' }, target, {
    integration: naive,
    make,
  });
  expect(shrunk.reproduction.firings).toMatchObject([{ as: { kind: 'loseResponse' } }]);
});

test('what takes many blows or few, and none between, shrinks to few', async () => {
  let many: number | undefined;
  const moody = inProcess(({ fetch, systems }) => {
    const heard = new Set<string>();
    let again = 0;
    return {
      webhook: async ({ path, body }) => {
        const done = { status: 204, headers: {}, body: '' };
        if (path !== '/webhooks/source') return done;
        const { key, data } = JSON.parse(body) as { key: string; data: { text: string } };
        if (heard.has(key)) {
          again++;
          return done;
        }
        heard.add(key);
        if (key === 'K20') many ??= again;
        const twice = key === 'K20' && [1, 2, many].includes(again);
        const put = { method: 'PUT', body: data.text };
        for (let time = 0; time < (twice ? 2 : 1); time++)
          await fetch(`${systems['target']?.url}/v1/notes/${key}`, put);
        return done;
      },
    };
  });
  const often = noteTrial({
    notes: 20,
    faults: [duplicate('source -> integration', { rate: 0.6, after: '10ms' })],
  });
  const first = await reproduce(often, { seed: 'm' }, make, { integration: moody });
  const target = targetOf(first);
  expect(many).toBeGreaterThan(6);
  const shrunk = await shrink(often, first, { seed: 'm' }, target, { integration: moody, make });
  expect(shrunk.reproduction.firings).toHaveLength(1);
  expect(shrunk.reproduction.firings?.[0]?.fault).toBe('duplicate source -> integration');
});

test('a flaky violation is reported with its rate', async () => {
  let run = 0;
  const flaky = copier({ looksFirst: false });
  if (flaky.kind !== 'function') throw new Error('it is a function');
  const sometimes = {
    ...flaky,
    start: (...all: Parameters<typeof flaky.start>) =>
      (run++ % 3 === 0 ? flaky : (copier({ looksFirst: true }) as typeof flaky)).start(...all),
  };
  const reproduced = await reproduce(trial, { seed: 'a' }, make, { integration: sometimes });
  const target = targetOf(reproduced);
  const shrunk = await shrink(trial, reproduced, { seed: 'a' }, target, {
    integration: sometimes,
    make,
    runs: 6,
    confirmations: 9,
  });
  expect(shrunk.confirmed).toBe(3);
});

test('a crash is addressed like any other fault', async () => {
  const crashing = noteTrial({
    notes: 10,
    faults: [crash('integration -> target', { rate: 0.4, down: '300ms' })],
  });
  const first = await reproduce(crashing, { seed: 'z' }, make, { integration: naive });
  const target = targetOf(first);
  const shrunk = await shrink(crashing, first, { seed: 'z' }, target, { integration: naive, make });
  expect(shrunk.reproduction.firings).toHaveLength(1);
  expect(violationOf(shrunk.reproduced, target)).toBeDefined();
});
