/** `seatrial/vitest`, as a user has it: a trial that holds, and one whose failure tells the story. */
import { describe, expect, test } from 'vitest';
import { defineTrial, inProcess, loseResponse, procureToPay } from '../index.ts';
import { erp, procurement, wms } from '../simulators.ts';
import '../vitest.ts';
import { middlewareWith } from './integrations/kit/in-process.ts';

const trial = defineTrial({
  name: 'lost answers',
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  workload: procureToPay({ purchaseOrders: 8, over: '6s', mostLines: 3 }),
  faults: [loseResponse('integration -> erp', { rate: 0.3, on: 'POST', atMostPerKey: 1 })],
});
const naive = inProcess(
  middlewareWith({ idempotencyKey: () => undefined, lookBeforeCreate: false }),
);

const failure = async (): Promise<string> => {
  const held = expect(trial).toHold({ integration: naive, runs: 20, seed: 'm' });
  return held.then(
    () => 'it held',
    (error: Error) => error.message,
  );
};

describe('a naive integration', () => {
  test('fails with a sentence, a story, a token, a command and a place', async () => {
    const message = await failure();
    expect(message).toMatch(/ERP/);
    expect(message).toMatch(/\+0 ms {2}/);
    expect(message).toMatch(/token {3}st2\.[\w-]+\.[0-9a-f]{6}/);
    expect(message).toMatch(/seatrial replay st2\./);
    expect(message).toMatch(/declared at .*vitest-matcher\.test\.ts:\d+:\d+/);
    const story = message.split('\n').filter((line) => /^\s+\+\d/.test(line));
    expect(story.length).toBeLessThanOrEqual(10);
  });

  test('the same seed fails with the same words', async () => {
    const [first, second] = [await failure(), await failure()];
    const withoutTime = (text: string): string => text.replace(/in \d.*? \(seed/, '(seed');
    expect(withoutTime(first)).toBe(withoutTime(second));
  });
});

test('a sound integration is accused of nothing', async () => {
  const integration = inProcess(middlewareWith());
  await expect(trial)
    .toHold({ integration, runs: 15, seed: 'm' })
    .catch((error: Error) => {
      // Few small runs need not have exercised every promise; breaking one is another matter.
      expect(error.message).toContain('broke nothing');
    });
});
