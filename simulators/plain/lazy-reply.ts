/** Replies whose body nobody may ever read: most callers in this process look at the status only. */
import type { WireReply } from '../../harness/wire.ts';

/**
 * A reply whose body is written when it is first read. `write` must not depend on when: a document is
 * immutable. An own accessor and no class, so that a copy by `...` has the body, too.
 */
export function lazyReply(
  status: number,
  headers: WireReply['headers'],
  write: () => string,
): WireReply {
  let written: string | undefined;
  return {
    status,
    headers,
    get body() {
      return (written ??= write());
    },
  };
}
