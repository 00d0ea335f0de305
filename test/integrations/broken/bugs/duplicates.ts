/** Bugs by which one thing is done twice: lost answers, redelivery, races, replays. */
import { crash, duplicate, latency, loseResponse, outage, reject } from '../../../../index.ts';
import { erp, plainErp, procurement, wms } from '../../../../simulators.ts';
import type { Policies } from '../../kit/policies.ts';
import { soundFiles, soundPolling } from '../../kit/policies.ts';
import type { Bug } from '../bug.ts';

const withoutKey = (): undefined => undefined;
const keyOfTicket: Policies['idempotencyKey'] = (job, step) => `${job.ticket}:${step}`;
const twice = ['no-duplicates', 'received-once'] as const;
/** Seen before luck decides whether anything came of it. */
const unsafely = [...twice, 'safe-retry-after-unknown-outcome'] as const;
const lostAnswers = [
  loseResponse('integration -> erp', { rate: 0.3, on: 'POST', atMostPerKey: 1 }),
];

export const duplicates: readonly Bug[] = [
  {
    name: 'retry-without-key',
    bug: 1,
    sentence: 'It retries a lost answer without an idempotency key and does not look first.',
    changes: { idempotencyKey: withoutKey, lookBeforeCreate: false },
    faults: lostAnswers,
    caughtBy: unsafely,
    onVendors: true,
  },
  {
    name: 'new-key-each-attempt',
    bug: 2,
    sentence: 'It makes a new idempotency key for each attempt.',
    changes: {
      idempotencyKey: (job, step) => `${job.ticket}:${step}:${job.attempts}`,
      lookBeforeCreate: false,
    },
    faults: lostAnswers,
    caughtBy: unsafely,
    onVendors: true,
  },
  {
    name: 'key-expires-before-retry',
    bug: 3,
    sentence: 'It relies on a key that the server has forgotten by the time of the retry.',
    changes: { lookBeforeCreate: false },
    faults: [
      loseResponse('integration -> erp', { rate: 0.3, on: 'POST', attempt: 1 }),
      reject('integration -> erp', {
        error: 'unavailable',
        retryAfter: '3s',
        on: 'POST',
        attempt: 2,
      }),
    ],
    caughtBy: twice,
    systems: {
      procurement: procurement(),
      erp: erp({ dialects: [plainErp({ idempotencyLifetimeSeconds: 2 })] }),
      wms: wms(),
    },
  },
  {
    name: 'check-then-insert-race',
    bug: 5,
    sentence: 'It looks before it creates, but two workers may look at the same time.',
    changes: { idempotencyKey: withoutKey, serialByKey: false, deduplicate: false },
    faults: [
      duplicate('* -> integration', { rate: 0.3, after: '20ms' }),
      latency('integration -> *', { latency: 60, jitter: 20 }),
    ],
    caughtBy: twice,
    onVendors: true,
  },
  {
    name: 'redelivery-applied-again',
    bug: 6,
    sentence: 'A webhook that comes twice is work twice.',
    changes: { deduplicate: false, lookBeforeCreate: false, idempotencyKey: keyOfTicket },
    faults: [duplicate('* -> integration', { rate: 0.3, after: '300ms' })],
    caughtBy: twice,
    onVendors: true,
  },
  {
    name: 'batch-reposted',
    bug: 14,
    sentence: 'One failure in a batch does all of the batch again.',
    changes: {
      retry: 'batch',
      deduplicate: false,
      serialByKey: false,
      lookBeforeCreate: false,
      idempotencyKey: keyOfTicket,
    },
    faults: [reject('integration -> erp', { error: 'unavailable', rate: 0.2, on: 'POST' })],
    caughtBy: twice,
  },
  {
    name: 'dead-letters-replayed-as-new',
    bug: 25,
    sentence: 'What comes back from the dead letters is created again without looking.',
    changes: { deadLetters: { maxAttempts: 3, replayAfterMs: 4000, replayAs: 'new' } },
    twin: { deadLetters: { maxAttempts: 3, replayAfterMs: 4000, replayAs: 'itself' } },
    faults: [
      loseResponse('integration -> erp', { rate: 0.5, on: 'POST', attempt: 1 }),
      reject('integration -> erp', { error: 'unavailable', rate: 0.5, label: 'busy' }),
      outage('integration -> erp', { at: '3s', for: '1500ms' }),
    ],
    caughtBy: twice,
  },
  {
    name: 'overlapping-polls',
    bug: 33,
    sentence: 'A poll begins while the one before is still at work, and does the same again.',
    changes: {
      messages: 'note',
      reading: { ...soundPolling, rounds: 'overlapping' },
      serialByKey: false,
      deduplicate: false,
      lookBeforeCreate: false,
      idempotencyKey: keyOfTicket,
    },
    twin: { messages: 'note', reading: soundPolling },
    faults: [latency('integration -> *', { latency: 900, jitter: 300, rate: 0.5 })],
    caughtBy: twice,
  },
  {
    name: 'lease-expires',
    bug: 34,
    sentence: 'A slow job is given to a second worker while the first still works on it.',
    changes: {
      leaseMs: 3500,
      serialByKey: false,
      deduplicate: false,
      lookBeforeCreate: false,
      idempotencyKey: keyOfTicket,
    },
    faults: [latency('integration -> erp', { on: 'POST', rate: 0.3, latency: 4000 })],
    caughtBy: twice,
    onVendors: true,
  },
  {
    name: 'file-processed-twice',
    bug: 37,
    sentence: 'A file that could not be archived is processed again in the next round.',
    changes: {
      files: { whole: 'byTrailer', done: 'archived' },
      deduplicate: false,
      lookBeforeCreate: false,
      reconcile: false,
      idempotencyKey: keyOfTicket,
    },
    twin: { files: soundFiles, reconcile: false },
    faults: [
      reject('integration -> wms', { error: 'unavailable', rate: 0.5, on: 'archiveExport' }),
    ],
    caughtBy: ['received-once', 'no-duplicates'],
  },
  {
    name: 'compensates-twice',
    bug: 26,
    sentence: 'A receipt is taken back by a posting against it, and again when the answer is lost.',
    changes: { reversal: 'counterPosting' },
    faults: [
      loseResponse('integration -> erp', { rate: 0.6, on: 'postGoodsReceipt', attempt: 1 }),
      crash('integration -> erp', { rate: 0.2, on: 'postGoodsReceipt', attempt: 1 }),
    ],
    caughtBy: ['erp/quantities-conserved', 'safe-retry-after-unknown-outcome'],
    shares: { recounted: 0.4 },
  },
];
