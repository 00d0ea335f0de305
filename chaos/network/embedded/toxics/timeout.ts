/** Drops everything, and closes after `timeout` milliseconds without a chunk; 0 never closes. */
import type { ToxicType } from '../toxic.ts';

export const timeout: ToxicType = {
  type: 'timeout',
  goName: 'TimeoutToxic',
  attributes: { timeout: 'int64' },
  closesWhenRemoved: true,
  pipe: async (stub, { timeout: given }) => {
    const idleMs = Number(given);
    for (;;) {
      const chunk = await (idleMs > 0 ? stub.receive(idleMs) : stub.receive());
      if (chunk === 'interrupt') return;
      if (chunk === 'end' || chunk === 'elapsed') return stub.close();
    }
  },
};
