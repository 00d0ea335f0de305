/**
 * Cuts at the first chunk (or the end) after `timeout` milliseconds, with a RST on connections opened
 * since it was added. Downstream this is the answer that is lost after the commit.
 */
import type { ToxicType } from '../toxic.ts';

export const resetPeer: ToxicType = {
  type: 'reset_peer',
  goName: 'ResetToxic',
  attributes: { timeout: 'int64' },
  resets: true,
  pipe: async (stub, { timeout }) => {
    if ((await stub.receive()) === 'interrupt') return;
    // What it received is gone, so there is no way back: interrupted, it cuts at once.
    await stub.wait(Number(timeout));
    stub.close();
  },
};
