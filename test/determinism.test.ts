/** One seed, one history, byte for byte: twice, and in ten worlds at once as one by one. */
import { expect, test } from 'vitest';
import { inProcess, runTrial } from '../index.ts';
import { historyHash } from '../harness/explore/difference.ts';
import { badDay } from './integrations/broken/trials.ts';
import { middlewareWith } from './integrations/kit/in-process.ts';

const trial = badDay({ purchaseOrders: 3, over: '3s' });

async function hashOf(seed: string): Promise<string> {
  const { history } = await runTrial(trial, { seed, integration: inProcess(middlewareWith()) });
  return historyHash(history);
}

const seeds = (count: number): string[] => Array.from({ length: count }, (_, i) => `seed ${i}`);

test('fifty seeds, each twice', async () => {
  for (const seed of seeds(50)) expect(await hashOf(seed)).toBe(await hashOf(seed));
});

test('ten worlds at once are the ten one by one', async () => {
  const oneByOne: string[] = [];
  for (const seed of seeds(10)) oneByOne.push(await hashOf(seed));
  expect(await Promise.all(seeds(10).map(hashOf))).toEqual(oneByOne);
  expect(new Set(oneByOne).size).toBe(10);
});
