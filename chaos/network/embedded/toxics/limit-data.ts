/** Closes after exactly so many bytes. What went through already counts after an update, too. */
import type { ToxicType } from '../toxic.ts';

export const limitData: ToxicType = {
  type: 'limit_data',
  goName: 'LimitDataToxic',
  attributes: { bytes: 'int64' },
  newState: () => ({ bytes: 0 }),
  pipe: async (stub, { bytes: limit }) => {
    const through = stub.state as { bytes: number };
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') return stub.close();
      const left = Math.max(0, Number(limit) - through.bytes);
      const data = chunk.data.subarray(0, left);
      through.bytes += data.length;
      if (data.length > 0) await stub.send({ data, at: chunk.at });
      if (through.bytes >= Number(limit)) return stub.close();
    }
  },
};
