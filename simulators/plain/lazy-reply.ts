/**
 * A reply whose body is written when it is first read: most callers in this process look at the status
 * only, and writing is a good part of what an exchange costs.
 */
import type { WireReply } from '../../harness/wire.ts';

/**
 * `write` must not depend on when it is called: documents are immutable. Who copies a reply by `...`
 * names the body himself, for a copy has own fields only.
 */
export class LazyReply implements WireReply {
  readonly status: number;
  readonly headers: WireReply['headers'];
  readonly #write: () => string;
  #body: string | undefined;

  constructor(status: number, headers: WireReply['headers'], write: () => string) {
    this.status = status;
    this.headers = headers;
    this.#write = write;
  }

  get body(): string {
    return (this.#body ??= this.#write());
  }
}
