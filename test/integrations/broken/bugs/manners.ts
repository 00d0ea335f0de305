/** Bugs in how it behaves: storms of requests, believing anybody, losing the thread. */
import { forge, reject, throttle } from '../../../../index.ts';
import type { Bug } from '../bug.ts';

export const manners: readonly Bug[] = [
  {
    name: 'retry-after-ignored',
    bug: 12,
    sentence: 'It calls again before the time that Retry-After names.',
    changes: { retryAfter: 'ignore' },
    faults: [throttle('integration -> erp', { rate: 0.3, retryAfter: '2s' })],
    caughtBy: ['throttling-respected'],
    onVendors: true,
  },
  {
    name: 'refusal-retried-for-ever',
    bug: 22,
    sentence: 'A business error is retried for ever.',
    changes: { refusal: 'retry' },
    faults: [
      reject('integration -> erp', {
        error: 'businessError',
        rate: 0.5,
        on: 'postSupplierInvoice',
      }),
    ],
    caughtBy: ['business-errors-not-retried'],
    onVendors: true,
  },
  {
    name: 'signature-not-checked',
    bug: 35,
    sentence: 'Who knows the address of the endpoint is believed.',
    changes: { verifySignature: false },
    faults: [
      forge('* -> integration', { rate: 0.1, how: 'wrongKey' }),
      forge('* -> integration', { rate: 0.1, how: 'replayed', label: 'replayed' }),
    ],
    caughtBy: ['forgeries-refused'],
  },
  {
    name: 'correlation-lost-in-the-queue',
    bug: 38,
    sentence: 'The correlation id of a message does not go on with its work.',
    changes: { correlation: 'lost' },
    faults: [],
    caughtBy: ['correlation-carried'],
    always: 'nothing has to go wrong for it',
  },
];
