/** What the naive flow breaks, and which of Node-RED's own nodes and settings mend it. */
import type { Remedy } from '../engines/variant.ts';

export const remedies: readonly Remedy[] = [
  {
    promises: ['no-duplicates', 'received-once', 'safe-retry-after-unknown-outcome'],
    mendedBy:
      'Wires: what failed goes back to "next attempt", in front of the looks; a create is only sent when the look found nothing, with an Idempotency-Key. One piece of work a number in the flow context.',
    notBy:
      'a delay node that loops back to the create (the naive flow): after a lost answer it sends the create again.',
  },
  {
    promises: ['no-stale-overwrite', 'fields-agree'],
    mendedBy:
      'The message as a hint: the order is read as it is now, and read again while its ETag is below the version announced (flow context: the highest one heard of).',
  },
  {
    promises: ['nothing-lost', 'quantities-conserved'],
    mendedBy:
      'An inject node with "repeat": every 2 s both sources are listed by what changed; contextStorage "localfilesystem" in settings.cjs, so that what is to be done survives a restart.',
  },
  {
    promises: ['business-errors-not-retried'],
    mendedBy:
      'A switch on msg.statusCode that tells final answers from passing ones; final ones go to the exceptions in the flow context.',
  },
  {
    promises: ['retry-budget', 'on-time'],
    mendedBy:
      'A delay node set to "override delay with msg.delay" (pauseType delayv), fed with backoff, jitter and Retry-After.',
  },
];
