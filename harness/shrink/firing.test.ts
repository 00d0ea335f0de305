/** Blows by their addresses: what becomes of those behind one that goes. */
import { expect, test } from 'vitest';
import { type Firing, closedUp } from './firing.ts';

const blow = (operation: string, attempt: number, fault = 'busy'): Firing => ({
  fault,
  link: 'integration -> erp',
  operation,
  key: '1/erp/PurchaseOrder',
  attempt,
});

test('later attempts of the same exchange close up behind a blow that goes', () => {
  const firings = [blow('post', 2), blow('list', 3), blow('post', 3, 'lost'), blow('post', 5)];
  expect(closedUp(firings, 0)).toEqual([blow('list', 3), blow('post', 2, 'lost'), blow('post', 4)]);
});

test('there is nothing to close up where no later attempt is struck', () => {
  const firings = [blow('post', 2), blow('list', 3), blow('post', 2, 'lost')];
  for (const place of firings.keys()) expect(closedUp(firings, place)).toBeUndefined();
});
