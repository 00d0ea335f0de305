/** What was read from one request so far, so that `identify` and `handle` read it once. */
import type { WireRequest } from '../../../../harness/wire.ts';
import { badRequest } from './coupa-refusal.ts';
import { dashed } from './presentation.ts';
import type { Match } from './router.ts';

export class Inspection {
  readonly request: WireRequest;
  readonly match: Match | undefined;
  /** A rate limit was charged for it; a refusal must charge again what the rollback gave back. */
  charged = false;
  #parsed: { readonly value?: unknown } | undefined;

  constructor(request: WireRequest, match: Match | undefined) {
    this.request = request;
    this.match = match;
  }

  /** The parsed body. Throws 400 when it is no JSON. */
  body(): unknown {
    const { value } = this.#parse();
    if (value === undefined) throw badRequest('broken-json', 'The request body is not valid JSON');
    return value;
  }

  /** The text or number at a path of the body, unchecked. */
  text(path: readonly string[]): string | undefined {
    let at: unknown = this.#parse().value;
    for (const name of path) {
      if (typeof at !== 'object' || at === null) return undefined;
      at = Object.entries(at).find(([each]) => dashed(each) === name)?.[1];
    }
    if (typeof at === 'string' && at !== '') return at;
    return typeof at === 'number' ? String(at) : undefined;
  }

  #parse(): { readonly value?: unknown } {
    if (this.#parsed !== undefined) return this.#parsed;
    try {
      this.#parsed = { value: JSON.parse(this.request.body) };
    } catch {
      this.#parsed = {};
    }
    return this.#parsed;
  }
}
