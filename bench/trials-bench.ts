/**
 * Whole trials a second: 20 orders each, carried by the sound integration in this process and judged by
 * all invariants; through the fetch that it is given, through the global one, and through MSW, where a
 * bare handler on the same machine is the measure.
 */
import nodeHttp from 'node:http';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { stopwatch } from '../harness/clock.ts';
import { type Integration, inProcess } from '../harness/integration.ts';
import { runTrial } from '../harness/run-trial.ts';
import { goodDay } from '../test/integrations/broken/trials.ts';
import { middlewareWith } from '../test/integrations/kit/in-process.ts';
import { type Bench, type Figure, atLeast, reported } from './figure.ts';
import { ratesOf } from './measure.ts';

export const trialsBench: Bench = async ({ short }): Promise<Figure[]> => {
  const times = short ? 3 : 40;
  const given = inProcess(middlewareWith());
  const global = inProcess((environment) =>
    middlewareWith()({ ...environment, fetch: (...call) => globalThis.fetch(...call) }),
  );
  await measured(given, short ? 1 : 10, 'warm');
  const trials = await measured(given, times, 'given');
  const throughGlobal = await measured(global, times, 'global');
  const bare = Math.max(...(await ratesOf(3, short ? 50 : 500, bareCalls)));
  const own = Math.max(...(await ratesOf(3, short ? 50 : 500, gateCalls)));
  return [
    atLeast('trials-per-s', trials.perSecond, 150, 'trials of 20 orders'),
    atLeast('trials-per-s-global-fetch', throughGlobal.perSecond, 150, 'trials of 20 orders'),
    reported('calls-per-trial', trials.callsEach, 'calls'),
    atLeast('trials-per-s-msw', own / bare, 0.8, 'of the calls/s of a bare MSW handler'),
  ];
};

async function measured(integration: Integration, times: number, seed: string) {
  const elapsedMs = stopwatch();
  let calls = 0;
  for (let i = 0; i < times; i++) {
    const result = await runTrial(goodDay(), { integration, seed: `${seed}-${i}` });
    calls += result.counts.exchanges;
  }
  return { perSecond: (times / elapsedMs()) * 1000, callsEach: calls / times };
}

const address = 'http://erp.seatrial/v1/materials?limit=1';

async function bareCalls(times: number): Promise<void> {
  const server = setupServer(http.all('http://erp.seatrial/*', () => HttpResponse.json({})));
  server.listen();
  try {
    for (let i = 0; i < times; i++) await get(address);
  } finally {
    server.close();
  }
}

/** The same calls by code that nobody gave a fetch, answered by a whole simulated ERP. */
async function gateCalls(times: number): Promise<void> {
  const asking = inProcess(
    ({ systems }) => {
      let left = times;
      void (async () => {
        const url = `${systems['erp']?.url}/v1/materials?limit=1`;
        for (; left > 0; left--) await get(url);
      })();
      return { pending: () => left };
    },
    { intercepts: true },
  );
  await runTrial(goodDay({ purchaseOrders: 1, over: '1s' }), { integration: asking, seed: 'msw' });
}

/** As a client does that nobody can hand a fetch. */
const get = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asking = nodeHttp.get(url, (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve());
    });
    asking.on('error', reject);
  });
