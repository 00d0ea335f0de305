/** Lets no more than `rate` KB through in a second, in slices of 100 ms; 0 stalls until it is removed. */
import type { ToxicType } from '../toxic.ts';

const sliceMs = 100;

export const bandwidth: ToxicType = {
  type: 'bandwidth',
  goName: 'BandwidthToxic',
  attributes: { rate: 'int64' },
  pipe: async (stub, { rate: given }) => {
    // A negative rate takes the real server down; here it stalls, as 0 does.
    const rate = Math.max(0, Number(given));
    const slice = rate * sliceMs;
    // Time still to be waited; below 0 after a timer that came late, which the next chunk makes up for.
    let owedMs = 0;
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') return stub.close();
      owedMs = rate === 0 ? 0 : owedMs + chunk.data.length / rate;
      while (chunk.data.length > slice) {
        if (!(await stub.wait(sliceMs))) return stub.send(chunk);
        if (slice === 0) continue;
        await stub.send({ data: chunk.data.subarray(0, slice), at: chunk.at });
        chunk.data = chunk.data.subarray(slice);
        owedMs -= sliceMs;
      }
      const begin = stub.now();
      // Timers are good to a millisecond: less than that is waited together with the next chunk.
      const waited = owedMs < 1 || (await stub.wait(owedMs));
      owedMs -= stub.now() - begin;
      await stub.send(chunk);
      if (!waited) return;
    }
  },
};
