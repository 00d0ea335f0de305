/** What was read from one request so far, so that `identify` and `handle` read it once. */
import type { WireRequest } from '../../harness/wire.ts';
import type { Endpoint } from './endpoint.ts';
import type { Match } from './router.ts';
import { WireRefusal, malformed } from './wire-refusal.ts';

export class Inspection<Core> {
  readonly request: WireRequest;
  readonly match: Match<Endpoint<Core>> | undefined;
  /** The idempotency key without the quotes of a structured field. */
  readonly idempotencyKey: string | undefined;
  handled = false;
  /** A rate limit was charged for it; a refusal must charge again what the rollback gave back. */
  charged = false;
  #parsed = false;
  #body: unknown;
  #broken = false;

  constructor(request: WireRequest, match: Match<Endpoint<Core>> | undefined) {
    this.request = request;
    this.match = match;
    const key = request.headers['idempotency-key'];
    this.idempotencyKey = key === undefined ? undefined : unquoted(key.trim());
  }

  /** The parsed body; `undefined` when it is broken or empty. */
  peekBody(): unknown {
    if (!this.#parsed) {
      this.#parsed = true;
      try {
        this.#body = this.request.body === '' ? undefined : JSON.parse(this.request.body);
      } catch {
        this.#broken = true;
      }
    }
    return this.#body;
  }

  /** The parsed body. Throws 400 when it is empty or no JSON. */
  body(): unknown {
    const body = this.peekBody();
    if (this.#broken) throw malformed('broken-json', 'The body is not JSON.');
    if (this.request.body === '') throw malformed('missing-body', 'The body is empty.');
    return body;
  }
}

const unquoted = (key: string): string =>
  key.length > 1 && key.startsWith('"') && key.endsWith('"') ? key.slice(1, -1) : key;

/** Throws 413 for a body of more bytes than that. */
export function checkSize(body: string, mostBytes: number): void {
  // A character is one to three bytes of UTF-8, so most bodies need no count.
  if (body.length * 3 <= mostBytes) return;
  if (body.length <= mostBytes && Buffer.byteLength(body) <= mostBytes) return;
  throw new WireRefusal({
    refusal: 'malformed',
    status: 413,
    rule: 'body-too-large',
    message: `The body is larger than ${mostBytes} bytes.`,
  });
}
