/** What was read from one request so far, so that `identify` and `handle` read it once. */
import type { WireRequest } from '../../../../harness/wire.ts';
import type { Match } from '../../../plain/router.ts';
import { badRequest } from './coupa-refusal.ts';
import type { CoupaEndpoint } from './endpoint.ts';
import { isXmlBody } from './format.ts';
import { dashed } from './presentation.ts';
import { readXmlBody } from './xml-body.ts';

export class Inspection {
  readonly request: WireRequest;
  readonly match: Match<CoupaEndpoint> | undefined;
  /** A rate limit was charged for it; a refusal must charge again what the rollback gave back. */
  charged = false;
  #parsed: { readonly value?: unknown } | undefined;

  constructor(request: WireRequest, match: Match<CoupaEndpoint> | undefined) {
    this.request = request;
    this.match = match;
  }

  /** The parsed body. Throws 400 when it is not what it says. */
  body(): unknown {
    const { value } = this.#parse();
    if (value !== undefined) return value;
    const what = isXmlBody(this.request) ? 'XML' : 'JSON';
    throw badRequest(`broken-${what.toLowerCase()}`, `The request body is not valid ${what}`);
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
      const { body } = this.request;
      const value: unknown = isXmlBody(this.request) ? readXmlBody(body) : JSON.parse(body);
      this.#parsed = { value };
    } catch {
      this.#parsed = {};
    }
    return this.#parsed;
  }
}
