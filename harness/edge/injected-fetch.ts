/**
 * A `fetch` that reaches the landscape without a network: for integrations in this process and for
 * deterministic trials. A cut connection rejects as undici's does, with the same codes in `cause`.
 */
import type { Gate } from '../gate.ts';
import type { Cut } from '../record.ts';
import { type Outcome, type WireRequest, splitTarget } from '../wire.ts';
import { LeanResponse, asResponse } from './lean-response.ts';

export type Fetch = typeof globalThis.fetch;

/** Answers for the given origins (`http://erp.seatrial`); every other address goes to `otherwise`. */
export function injectedFetch(gates: ReadonlyMap<string, Gate>, otherwise?: Fetch): Fetch {
  return (input, init) => {
    const url = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const slash = url.indexOf('/', url.indexOf('//') + 2);
    const origin = slash < 0 ? url : url.slice(0, slash);
    const gate = gates.get(origin);
    if (gate === undefined) {
      if (otherwise) return otherwise(input, init);
      return Promise.reject(failed('ENOTFOUND', `getaddrinfo ENOTFOUND ${origin}`));
    }
    const target = slash < 0 ? '/' : url.slice(slash);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (input instanceof Request || (init?.body && typeof init.body !== 'string')) {
      return viaRequest(gate, new Request(input, init), origin, signal ?? undefined);
    }
    const request = plainRequest(target, hostOf(origin), init);
    return settle(bodiless(request, called(gate, request, signal)), url, signal ?? undefined);
  };
}

async function viaRequest(
  gate: Gate,
  request: Request,
  origin: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const target = request.url.slice(origin.length);
  const wire: WireRequest = {
    method: request.method,
    ...splitTarget(target),
    headers: { host: hostOf(origin), ...Object.fromEntries(request.headers) },
    body: await request.text(),
  };
  return settle(bodiless(wire, called(gate, wire, signal)), request.url, signal);
}

const called = (
  gate: Gate,
  request: WireRequest,
  signal: AbortSignal | null | undefined,
): Outcome | Promise<Outcome> => gate.call(request, signal ? () => signal.aborted : undefined);

/** What a client would put into `Host`: systems make the addresses in their answers of it. */
export const hostOf = (origin: string): string => origin.slice(origin.indexOf('//') + 2);

function plainRequest(target: string, host: string, init: RequestInit | undefined): WireRequest {
  const headers = plainHeaders(init?.headers);
  headers['host'] ??= host;
  return {
    method: init?.method?.toUpperCase() ?? 'GET',
    ...splitTarget(target.includes('#') ? target.slice(0, target.indexOf('#')) : target),
    headers,
    body: (init?.body as string | undefined) ?? '',
  };
}

function plainHeaders(headers: RequestInit['headers'] | undefined): Record<string, string> {
  if (headers === undefined) return {};
  if (headers instanceof Headers || Array.isArray(headers)) {
    return Object.fromEntries(new Headers(headers));
  }
  const plain: Record<string, string> = {};
  for (const name in headers)
    plain[name.toLowerCase()] = (headers as Record<string, string>)[name] as string;
  return plain;
}

/** An answer to HEAD has headers only, whatever the system would say. */
function bodiless(
  { method }: WireRequest,
  outcome: Outcome | Promise<Outcome>,
): Outcome | Promise<Outcome> {
  if (method !== 'HEAD') return outcome;
  if (outcome instanceof Promise) return outcome.then(withoutBody);
  return withoutBody(outcome);
}

const withoutBody = (outcome: Outcome): Outcome =>
  outcome.kind === 'cut' ? outcome : { ...outcome, reply: { ...outcome.reply, body: '' } };

function settle(
  outcome: Outcome | Promise<Outcome>,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  if (!(outcome instanceof Promise)) return fromOutcome(outcome, url);
  const answered = outcome.then((ended) => fromOutcome(ended, url));
  if (signal === undefined) return answered;
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    answered.then(resolve, reject);
  });
}

const codes: Readonly<Record<Cut, readonly [code: string, message: string]>> = {
  refused: ['ECONNREFUSED', 'connect ECONNREFUSED'],
  reset: ['ECONNRESET', 'read ECONNRESET'],
  timeout: ['UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error'],
};

function fromOutcome(outcome: Outcome, url: string): Promise<Response> {
  if (outcome.kind === 'cut') return Promise.reject(failed(...codes[outcome.cut]));
  return Promise.resolve(asResponse(new LeanResponse(outcome.reply, url)));
}

function failed(code: string, message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}
