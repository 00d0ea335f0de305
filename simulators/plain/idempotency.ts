/**
 * `Idempotency-Key`: the answer of the first request is kept for a while of trial time and given
 * again. It expires, as the real ones do; a retry after that does the work again (bug class 3).
 * Kept are successes, and refusals that no passing of time can heal. A supplier that is unknown now
 * may arrive, so that refusal is not kept.
 */
import type { BusinessError } from '../../harness/business-error.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { stableHash } from '../../harness/random.ts';
import type { Store } from '../../harness/store.ts';
import type { WireRequest } from '../../harness/wire.ts';
import type { Answer } from './endpoint.ts';
import {
  type PlainRefusal,
  WireRefusal,
  malformed,
  plainRefusal,
  refusalOf,
} from './wire-refusal.ts';

/** What the header may say: a token, or one in quotes as structured fields have it. */
export const idempotencyKeys = '^([!#-~]{1,255}|"[!#-~]{1,255}")$';

interface Kept {
  readonly fingerprint: string;
  readonly at: number;
  readonly answer?: Answer;
  readonly refusal?: BusinessError;
}

export class IdempotencyKeys {
  readonly #store: Store;
  readonly #kept: Collection<Kept>;
  readonly #lifetimeMs: number;
  /** None expires before; a look at the oldest costs a read where they are on disk. */
  #sweepAt = 0;

  constructor(store: Store, lifetimeSeconds: number) {
    this.#store = store;
    this.#lifetimeMs = lifetimeSeconds * 1000;
    this.#kept = store.collection<Kept>('IdempotencyKey', {
      recorded: false,
      plain: (kept) => ({ ...kept, ...(kept.refusal && { refusal: plainRefusal(kept.refusal) }) }),
      revive: (plain) => {
        const { refusal, ...kept } = plain as Omit<Kept, 'refusal'> & { refusal?: PlainRefusal };
        return refusal === undefined ? kept : { ...kept, refusal: refusalOf(refusal) };
      },
    });
  }

  /**
   * What the same request was answered before; `undefined` for a new key. Throws the refusal when it
   * was refused, 400 for a key that is none, and 422 when the key came with another request.
   */
  answered(key: string, request: WireRequest, context: Context): Answer | undefined {
    if (!/^[!#-~]{1,255}$/.test(key)) {
      const message =
        'An Idempotency-Key has 1 to 255 printable ASCII characters, in quotes or without.';
      throw malformed('invalid-idempotency-key', message);
    }
    const kept = this.#current(key, context);
    if (kept === undefined) return undefined;
    if (kept.fingerprint === fingerprint(request)) {
      if (kept.refusal !== undefined) throw kept.refusal;
      return kept.answer;
    }
    throw new WireRefusal({
      refusal: 'conflict',
      status: 422,
      rule: 'idempotency-key-reused',
      message: 'This Idempotency-Key was used for another request.',
    });
  }

  /** Keeps the answer within the running transaction. */
  keep(key: string, request: WireRequest, answer: Answer, context: Context): void {
    this.#put(key, { fingerprint: fingerprint(request), at: context.at, answer }, context);
  }

  /** Keeps a refusal that stays one, in a transaction of its own, for the other was rolled back. */
  keepRefusal(key: string, request: WireRequest, refusal: BusinessError, context: Context): void {
    if (!isFinal(refusal) || this.#current(key, context) !== undefined) return;
    const kept = { fingerprint: fingerprint(request), at: context.at, refusal };
    this.#store.transaction(context, () => this.#put(key, kept, context));
  }

  /** Whether the refusal is one that was kept and is given again. */
  replays(key: string, refusal: BusinessError, context: Context): boolean {
    return this.#current(key, context)?.refusal === refusal;
  }

  #current(key: string, context: Context): Kept | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && kept.at + this.#lifetimeMs > context.at ? kept : undefined;
  }

  #put(key: string, kept: Kept, context: Context): void {
    if (context.at >= this.#sweepAt) this.#sweep(context.at);
    this.#kept.put(key, kept);
  }

  #sweep(now: number): void {
    this.#sweepAt = now + this.#lifetimeMs;
    for (const [old, { data }] of this.#kept.entries()) {
      const expiresAt = data.at + this.#lifetimeMs;
      if (expiresAt <= now) this.#kept.remove(old);
      else {
        // The oldest come first, so the first that is still good ends the sweep.
        this.#sweepAt = expiresAt;
        return;
      }
    }
  }
}

const fingerprint = ({ method, path, body }: WireRequest): string =>
  stableHash(`${method} ${path}\n${body}`);

const isFinal = (error: BusinessError): boolean =>
  error.refusal === 'duplicate' || error.rule === 'invalid-body';
