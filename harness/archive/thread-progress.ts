/** What the thread that writes and the one that waits for it share: how far it is, and why it ended. */

/** Why a database refused, in the words of whatever refused. */
export interface Cause {
  readonly message: string;
  /** SQLite's. */
  readonly errcode?: number | undefined;
  /** The system's (`ECONNREFUSED`), or PostgreSQL's (`57P01`). */
  readonly code?: string | undefined;
}

const reasonBytes = 4096;
/** As UTF-8, escaped, it fits in any case. */
const longestReason = 600;
const [written, failed, length] = [0, 1, 2];

export class ThreadProgress {
  readonly buffer: SharedArrayBuffer;
  readonly #state: Int32Array;
  readonly #reason: Uint8Array;

  /** Without a buffer: of a thread that has not opened its database yet. */
  constructor(buffer?: SharedArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(12 + reasonBytes);
    this.#state = new Int32Array(this.buffer, 0, 3);
    this.#reason = new Uint8Array(this.buffer, 12);
    if (buffer === undefined) this.#state[written] = -1;
  }

  /** Number of the last batch that is durable; 0 once the database is open, -1 before. */
  get written(): number {
    return Atomics.load(this.#state, written);
  }

  reach(batch: number): void {
    Atomics.store(this.#state, written, batch);
    Atomics.notify(this.#state, written);
  }

  /** Why nothing is written any more, when that is so. */
  get cause(): Cause | undefined {
    if (Atomics.load(this.#state, failed) !== 1) return undefined;
    const bytes = this.#reason.slice(0, Atomics.load(this.#state, length));
    return JSON.parse(new TextDecoder().decode(bytes)) as Cause;
  }

  /** The first reason stands: what comes after it mostly comes of it. */
  fail(error: unknown): void {
    if (Atomics.compareExchange(this.#state, failed, 0, 2) !== 0) return;
    const text = JSON.stringify(causeOf(error));
    Atomics.store(this.#state, length, new TextEncoder().encodeInto(text, this.#reason).written);
    Atomics.store(this.#state, failed, 1);
    Atomics.notify(this.#state, written);
  }

  /** Waits, without letting anything else happen, until the batch is durable or writing has failed. */
  waitFor(batch: number): void {
    for (let seen = this.written; seen < batch; seen = this.written) {
      if (Atomics.load(this.#state, failed) === 1) return;
      Atomics.wait(this.#state, written, seen, 1000);
    }
  }
}

/** What of an error can go from one thread to another. */
export function causeOf(error: unknown): Cause {
  const { message, errcode, code } = error as Cause;
  return {
    message: String(message).slice(0, longestReason),
    ...(errcode === undefined ? {} : { errcode }),
    ...(code === undefined ? {} : { code }),
  };
}
