/** A landscape as MSW request handlers: the integration's own HTTP clients are intercepted, no port is opened. */
import { HttpResponse, type RequestHandler, http } from 'msw';
import type { Gate } from '../gate.ts';
import { splitTarget } from '../wire.ts';
import { hostOf } from './injected-fetch.ts';
import { bodyless, headersOf } from './lean-response.ts';

/** One handler for each origin (`http://erp.seatrial`); hand them to `setupServer` of `msw/node`. */
export function mswHandlers(gates: ReadonlyMap<string, Gate>): RequestHandler[] {
  return [...gates].map(([origin, gate]) =>
    http.all(`${origin}/*`, ({ request }) => answeredByGate(gate, origin, request)),
  );
}

/** What the gate answers to a request that MSW intercepted. */
export async function answeredByGate(
  gate: Gate,
  origin: string,
  request: Request,
): Promise<Response> {
  const wire = {
    method: request.method,
    ...splitTarget(request.url.slice(origin.length)),
    headers: { host: hostOf(origin), ...Object.fromEntries(request.headers) },
    body: await request.text(),
  };
  const outcome = await gate.call(wire, () => request.signal.aborted);
  if (outcome.kind === 'cut') return HttpResponse.error();
  const { status, body } = outcome.reply;
  return new HttpResponse(bodyless(status) ? null : body, {
    status,
    headers: headersOf(outcome.reply),
  });
}
