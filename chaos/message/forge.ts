/**
 * A message that nobody sent: somebody who knows the endpoint but not the secret, or who wrote down an
 * old message and sends it again. It says the same as the true one, so that only its signature tells.
 */
import type { MessageFault } from '../../harness/fault.ts';
import { type MessageFaultOptions, messageFault, oneOf } from '../fault-options.ts';

export interface ForgeOptions extends MessageFaultOptions {
  /**
   * `unsigned` has no signature, `wrongKey` one by another key, `replayed` a good one from an hour ago;
   * default `wrongKey`.
   */
  readonly how?: 'unsigned' | 'wrongKey' | 'replayed';
}

/** Sends a forged message after the true one, under an id of its own, once. Throws `fault.invalid`. */
export function forge(link: string, options: ForgeOptions = {}): MessageFault {
  const head = messageFault('forge', link, options, {
    how: oneOf('unsigned', 'wrongKey', 'replayed'),
  });
  const { how = 'wrongKey' } = options;
  return {
    ...head,
    layer: 'message',
    plan: (deliveries, tools) => {
      const original = deliveries[0];
      if (original === undefined) return deliveries;
      const id = tools.random.uuid('forge', original.event.id);
      tools.fired(`${how} as ${id}`);
      return [
        ...deliveries,
        { ...original, copy: 1, event: { ...original.event, id }, forged: how },
      ];
    },
  };
}
