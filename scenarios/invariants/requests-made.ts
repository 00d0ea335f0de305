/** Where requests without a correlation id were made: what they caused is judged by what could be known then. */
import type { Shared } from '../../harness/invariant.ts';
import type { CommitRecord, InvokedRecord } from '../../harness/record.ts';

/** So many requests back a commit still finds the one that caused it; it is hardly ever the last but one. */
const remembered = 10_000;

const token = {};

export class RequestsMade {
  #latest = new Map<string, number>();
  /** The full map before: dropping it whole is cheaper than deleting from its front. */
  #before: ReadonlyMap<string, number> = new Map();
  #readTo = -1;

  /** One for all flows of a check: each of them shows it the same requests. */
  static of(shared: Shared): RequestsMade {
    return shared.of(token, () => new RequestsMade());
  }

  note({ exchange, correlationId, safe, position }: InvokedRecord): void {
    if (position === this.#readTo || safe || correlationId !== undefined) return;
    this.#readTo = position;
    this.#latest.set(exchange, position);
    if (this.#latest.size < remembered) return;
    this.#before = this.#latest;
    this.#latest = new Map();
  }

  /** Where the request was made that caused the commit; the commit's own place when it is not known. */
  askedAt({ exchange, position }: CommitRecord): number {
    if (exchange === undefined) return position;
    return this.#latest.get(exchange) ?? this.#before.get(exchange) ?? position;
  }
}
