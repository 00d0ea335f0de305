import { expect, test } from 'vitest';
import { delay, describeFault, duplicate, loseResponse, outage, reject, reorder } from './index.ts';
import { bandwidth, partition } from './network/network-faults.ts';

test.each([
  [duplicate('wms -> integration'), 'duplicate on wms -> integration'],
  [
    duplicate('wms -> integration', { rate: 0.05, copies: 2, on: 'receipt.confirmed' }),
    'duplicate on wms -> integration: copies 2; 5 % of receipt.confirmed',
  ],
  [
    reorder('wms -> integration', { againstKeyOrder: true, rate: 0.125 }),
    'reorder on wms -> integration: againstKeyOrder; 12.5 % of messages',
  ],
  [
    loseResponse('integration -> erp', { key: 'PO-1', attempt: 2, how: 'timeout' }),
    'loseResponse on integration -> erp: how timeout; all exchanges of PO-1 at attempt 2',
  ],
  [
    outage('integration -> erp', { at: '20m', for: 3000, every: '1h', label: 'nightly' }),
    'outage (nightly) on integration -> erp: from 20m for 3000 ms every 1h',
  ],
  [
    reject('integration -> erp', { error: 'businessError', rate: 0.01, atMostPerKey: 3 }),
    'reject on integration -> erp: error businessError; 1 % of exchanges at most 3 a key drawn once a key',
  ],
  [
    delay('* -> integration', { by: '2s', jitter: 500 }),
    'delay on * -> integration: by 2s, jitter 500',
  ],
  [
    bandwidth('integration -> erp', { rate: 10, toxicity: 0.2, for: '3s' }),
    'network.bandwidth on integration -> erp: rate 10; 20 % of connections for 3s',
  ],
  [
    partition('wms', 'integration', { at: '1s' }),
    'network.partition on wms -> integration: from 1s',
  ],
])('%# in one line', (fault, line) => {
  expect(describeFault(fault)).toBe(line);
});
