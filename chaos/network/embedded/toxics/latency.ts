/** Delays each chunk by latency +- jitter from when it came in. */
import type { ToxicType } from '../toxic.ts';

export const latency: ToxicType = {
  type: 'latency',
  goName: 'LatencyToxic',
  attributes: { latency: 'int64', jitter: 'int64' },
  bufferSize: 1024,
  pipe: async (stub, { latency: middle, jitter }) => {
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt') return;
      if (chunk === 'end') return stub.close();
      const delay = jittered(Number(middle), Number(jitter), stub.draw);
      const waited = await stub.wait(delay - (stub.now() - chunk.at));
      // A second latency counts from when this one was through, unless it was cut short.
      if (waited) chunk.at = stub.now();
      await stub.send(chunk);
      if (!waited) return;
    }
  },
};

/** From `middle - jitter` to just below `middle + jitter`, whole milliseconds. */
const jittered = (middle: number, jitter: number, draw: () => number): number =>
  jitter > 0 ? middle + Math.floor(draw() * jitter * 2) - jitter : middle;
