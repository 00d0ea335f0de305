/** A token bucket a client, and the RateLimit headers (draft 7) that tell about it. Off by default. */
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';

export interface RateLimitSettings {
  readonly requestsPerSecond: number;
  /** Requests that may come at once; default twice what a second allows. */
  readonly burst?: number;
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

export class RateLimit {
  readonly #buckets: Collection<Bucket>;
  readonly #perSecond: number;
  readonly #burst: number;

  constructor(store: Store, { requestsPerSecond, burst }: RateLimitSettings) {
    this.#buckets = store.collection<Bucket>('RateLimitBucket', { recorded: false });
    this.#perSecond = requestsPerSecond;
    this.#burst = Math.max(1, Math.ceil(burst ?? requestsPerSecond * 2));
  }

  /** Takes one request out of the client's bucket; seconds to wait when it is empty. */
  take(client: string, context: Context): number | undefined {
    const left = this.#left(client, context);
    if (left < 1) return Math.max(1, Math.ceil((1 - left) / this.#perSecond));
    this.#buckets.put(client, { left: left - 1, at: context.at });
    return undefined;
  }

  headers(client: string, context: Context): Record<string, string> {
    const left = this.#left(client, context);
    const reset = Math.ceil((this.#burst - left) / this.#perSecond);
    const windowSeconds = Math.max(1, Math.ceil(this.#burst / this.#perSecond));
    return {
      ratelimit: `limit=${this.#burst}, remaining=${Math.floor(left)}, reset=${reset}`,
      'ratelimit-policy': `${this.#burst};w=${windowSeconds}`,
    };
  }

  #left(client: string, { at }: Context): number {
    const bucket = this.#buckets.get(client);
    if (bucket === undefined) return this.#burst;
    const refilled = (Math.max(0, at - bucket.at) / 1000) * this.#perSecond;
    return Math.min(this.#burst, bucket.left + refilled);
  }
}
