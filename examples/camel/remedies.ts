/** What each sync breaks, and which of Camel's own means mend it; printed beside what the trial found. */
import type { Remedy } from '../engines/variant.ts';

export const remedies: readonly Remedy[] = [
  {
    promises: ['no-duplicates', 'received-once', 'safe-retry-after-unknown-outcome'],
    mendedBy:
      'Look before the create: errorHandler/noErrorHandler on the routes that do the work, so that the caller\'s "to: direct:..." fails as a whole and is what Camel redelivers; a create of its own is only sent when the look found nothing, with an Idempotency-Key (setHeader).',
    notBy:
      "idempotentConsumer alone: it knows the message, not the order. Camel redelivers the failed http step inside it, the ERP had committed, and the order is booked twice. Where the message is acknowledged after the work, removeOnFailure (the default) lets the sender's repetition do the same, and without it nobody tries again.",
  },
  {
    promises: ['no-stale-overwrite', 'fields-agree'],
    mendedBy:
      'The message as a hint: the order is read as it is now (and read again while its ETag is below the version announced), the ERP is only changed to a higher revision, and one file a document (file: with preMove and its in-progress repository) keeps two workers off one order.',
    notBy: 'a resequencer alone: it puts in order what came, not what was lost or came much later.',
  },
  {
    promises: ['nothing-lost', 'quantities-conserved'],
    mendedBy:
      'maximumRedeliveries: -1 with backoff over a file: inbox that survives a restart; a timer: route that lists what changed and takes up what the FileIdempotentRepository does not have.',
    notBy:
      'redelivery alone: three attempts end before an outage does, and what never came is not retried.',
  },
  {
    promises: ['business-errors-not-retried'],
    mendedBy:
      'onException for HttpOperationFailedException with onWhen on the status: maximumRedeliveries 0, handled, to the exceptions; taken up again after a while (readLockMinAge).',
  },
  {
    promises: ['retry-budget', 'on-time'],
    mendedBy:
      'useExponentialBackOff, maximumRedeliveryDelay, useCollisionAvoidance; asyncDelayedRedelivery, so that other work goes on meanwhile.',
  },
];
