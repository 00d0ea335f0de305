/** The control API as k6's scripts call it: with the token, the run's tags, and an error that says what was asked. */
import http, { type RefinedResponse } from 'k6/http';

/** Runners of k6-operator are called after their test and numbered from 1; landscapes from 0. */
const runner = /-(\d+)(?:-[a-z0-9]+)?$/.exec(__ENV['HOSTNAME'] ?? '')?.[1] ?? '1';
const base =
  __ENV['SEATRIAL_CONTROL_URL'] ??
  __ENV['SEATRIAL_CONTROL_URLS']?.replace('%d', String(Number(runner) - 1)) ??
  'http://127.0.0.1:7070';
// Through a forwarder in a cluster the API still answers to its loopback name only.
const host = __ENV['SEATRIAL_CONTROL_HOST'];

const headers: Record<string, string> = {
  authorization: `Bearer ${__ENV['SEATRIAL_CONTROL_TOKEN'] ?? ''}`,
  'content-type': 'application/json',
  ...(host === undefined ? {} : { host }),
};

export interface Asked {
  /** Groups k6's own latencies; an address would make as many groups as documents. */
  readonly name: string;
  readonly timeout?: string;
  /** Whether the request is part of the load; bookkeeping is kept out of its latencies. */
  readonly load?: boolean;
}

export type Reply = RefinedResponse<'text'>;

export function ask(method: string, path: string, body: unknown, asked: Asked): Reply {
  const { name, timeout = '60s', load = false } = asked;
  return http.request(method, `${base}${path}`, body === undefined ? null : JSON.stringify(body), {
    headers,
    timeout,
    responseType: 'text',
    tags: { name, part: load ? 'load' : 'bookkeeping' },
  });
}

/** The answer's JSON. Throws for a refusal: what the run itself needs must work. */
export function must<T>(method: string, path: string, body?: unknown, timeout?: string): T {
  const name = path.replace(/\?.*/, '');
  const reply = ask(method, path, body, { name, ...(timeout === undefined ? {} : { timeout }) });
  if (reply.status >= 200 && reply.status < 300) {
    return (reply.body === '' ? undefined : JSON.parse(reply.body as string)) as T;
  }
  throw new Error(`${method} ${path} was answered with ${reply.status}: ${String(reply.body)}`);
}
