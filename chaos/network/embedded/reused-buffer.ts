/**
 * The memory that an outgoing socket reads into. What was written on in the same turn leaves it free
 * for the next read; only bytes that somebody still holds need new memory. On the short way, where a
 * request is a few hundred bytes, this is a third of the work.
 */

const smallBytes = 16 * 1024;
const largeBytes = 64 * 1024;

export class ReusedBuffer {
  #buffer: Buffer = Buffer.allocUnsafeSlow(smallBytes);
  #held = false;
  readonly #take: (data: Buffer) => boolean;

  /** `take` gets what was read, and says whether it is done with the memory. */
  constructor(take: (data: Buffer) => boolean) {
    this.#take = take;
  }

  /** For `net.connect`. */
  readonly onread = {
    buffer: (): Buffer => {
      if (this.#held) this.#buffer = Buffer.allocUnsafeSlow(this.#buffer.length);
      this.#held = false;
      return this.#buffer;
    },
    callback: (length: number): boolean => {
      const full = length === this.#buffer.length;
      this.#held = !this.#take(this.#buffer.subarray(0, length));
      // Who fills it sends a lot.
      if (full && length < largeBytes) {
        this.#buffer = Buffer.allocUnsafeSlow(largeBytes);
        this.#held = false;
      }
      return true;
    },
  };
}
