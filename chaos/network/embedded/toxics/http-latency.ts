/** Delays requests, one by one: the others of the connection go as they come. */
import { requestToxic } from './request-toxic.ts';

export const httpLatency = requestToxic(
  'http_latency',
  'HTTPLatencyToxic',
  { latency: 'int64', jitter: 'int64' },
  {
    begin: async (stub, { latency, jitter }): Promise<'pass'> => {
      const spread = Number(jitter) > 0 ? (stub.draw() * 2 - 1) * Number(jitter) : 0;
      await stub.wait(Number(latency) + spread);
      return 'pass';
    },
  },
);
