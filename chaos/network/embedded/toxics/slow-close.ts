/** Keeps the receiver open for `delay` milliseconds after the sender closed. */
import type { ToxicType } from '../toxic.ts';

export const slowClose: ToxicType = {
  type: 'slow_close',
  goName: 'SlowCloseToxic',
  attributes: { delay: 'int64' },
  pipe: async (stub, { delay }) => {
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') {
        if (await stub.wait(Number(delay))) stub.close();
        return;
      }
      await stub.send(chunk);
    }
  },
};
