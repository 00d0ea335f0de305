/** Bugs by which something wrong arrives: old news, rounded figures, shifted dates, deleted copies. */
import {
  delay,
  loseResponse,
  outage,
  reject,
  reorder,
  stale,
  staleRead,
} from '../../../../index.ts';
import { soundPolicies } from '../../kit/policies.ts';
import type { Bug } from '../bug.ts';

export const values: readonly Bug[] = [
  {
    name: 'same-key-other-body',
    bug: 4,
    sentence: 'A retry sends the document as it is now under the key of what it was.',
    changes: { bodyOfKey: 'current', lookBeforeCreate: false },
    faults: [
      loseResponse('integration -> *', { rate: 0.5, on: 'POST', attempt: 1 }),
      reject('integration -> *', {
        error: 'unavailable',
        retryAfter: '2s',
        on: 'POST',
        attempt: 2,
      }),
    ],
    caughtBy: ['idempotency-key-bound-to-payload'],
    purchaseOrders: 30,
    shares: { quantityChanged: 0.5, priceChanged: 0.5 },
  },
  {
    name: 'older-overwrites-newer',
    bug: 10,
    sentence: 'It writes what a message carries, whatever came before.',
    changes: { truth: 'message', deduplicate: false, reconcile: false },
    faults: [
      stale('procurement -> integration', { rate: 0.5, after: '400ms' }),
      reorder('procurement -> integration', { againstKeyOrder: true, rate: 0.5 }),
    ],
    caughtBy: ['no-stale-overwrite', 'fields-agree'],
    shares: { quantityChanged: 0.3, priceChanged: 0.3 },
    onVendors: true,
  },
  {
    name: 'empty-list-deletes-all',
    bug: 20,
    sentence: 'What a list that failed does not show is taken for deleted.',
    changes: { reading: { ...soundPolicies.reading, everyMs: 1000, absent: 'remove' } },
    faults: [outage('integration -> erp', { at: '4s', for: '4s' })],
    caughtBy: ['fields-agree'],
  },
  {
    name: 'quantity-rounded',
    bug: 28,
    sentence: 'Quantities are rounded up to two decimals on their way to the ERP.',
    changes: { quantities: 'twoDecimals' },
    faults: [],
    caughtBy: ['fields-agree', 'quantities-conserved', 'received-once'],
    always: 'it takes a quantity with three decimals, and no fault',
  },
  {
    name: 'totals-from-rounded-lines',
    bug: 29,
    sentence: 'Tax and total of an invoice are added up from rounded lines.',
    changes: { totals: 'fromLines' },
    faults: [],
    caughtBy: ['invoice-to-erp/fields-agree'],
    purchaseOrders: 40,
    always: 'it takes an invoice whose lines round the other way than their sum, and no fault',
  },
  {
    name: 'date-through-utc',
    bug: 30,
    sentence: 'Dates become a local midnight, and that midnight the day before in UTC.',
    changes: { dates: 'throughUtc' },
    faults: [],
    caughtBy: ['invoice-to-erp/fields-agree'],
    always: 'every date is wrong',
  },
  {
    name: 'cancelled-before-created',
    bug: 32,
    sentence: 'A cancellation that comes before its order finds nothing, and the order is created.',
    changes: { truth: 'newest', reconcile: false },
    twin: { reconcile: false },
    faults: [
      delay('procurement -> integration', {
        on: 'purchase-order.issued',
        rate: 0.5,
        by: '4s',
      }),
    ],
    caughtBy: ['no-receipt-for-cancelled-order', 'fields-agree'],
    shares: { withdrawn: 0.5 },
  },
  {
    name: 'stale-cache',
    bug: 39,
    sentence: 'What was read serves for half a minute, however old it was when it was read.',
    changes: { cacheMs: 30_000, reconcile: false },
    twin: { reconcile: false },
    faults: [staleRead('integration -> procurement', { rate: 0.5, age: '2s' })],
    caughtBy: ['invoice-within-tolerance', 'three-way-match', 'fields-agree'],
    shares: { quantityChanged: 0.5, priceChanged: 0.5 },
  },
];
