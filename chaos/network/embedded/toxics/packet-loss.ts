/**
 * Drops chunks, singly or in bursts. Merged into Toxiproxy after 2.12: a server of 2.12 says that it
 * does not know it. Dropped bytes are gone for good, as the receiver's TCP never learns of them.
 */
import type { ToxicType } from '../toxic.ts';

export const packetLoss: ToxicType = {
  type: 'packet_loss',
  goName: 'PacketLossToxic',
  attributes: { loss_rate: 'float64', correlation: 'float64' },
  defaults: { loss_rate: 0.1 },
  newState: () => ({ lost: false }),
  pipe: async (stub, { loss_rate: rate, correlation }) => {
    const last = stub.state as { lost: boolean };
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') return stub.close();
      last.lost = stub.draw() < Number(rate) + (last.lost ? Number(correlation) : 0);
      if (!last.lost) await stub.send(chunk);
    }
  },
};
