/** What lies between two toxics: a queue that says when it has enough, so that the sender stops reading. */

export interface Chunk {
  data: Buffer;
  /** When it came in, by the proxy's pace; a toxic that delays it moves it on. */
  at: number;
}

/** Where a toxic puts what it lets through. */
export interface Sink {
  /** Takes the chunk even when full: what was accepted is never lost. */
  put(chunk: Chunk): void;
  /** Nothing more comes. */
  end(): void;
  /** Put no more before `onRoom`. */
  readonly full: boolean;
  onRoom: (() => void) | undefined;
}

/** So many bytes at most wait in a buffer, however large its chunks are: Toxiproxy's 1024 of 32 KiB. */
const mostBytes = 1024 * 32 * 1024;

export class Channel implements Sink {
  onRoom: (() => void) | undefined;
  /** Called when something came, or the end. */
  onArrival: (() => void) | undefined;
  ended = false;
  readonly #capacity: number;
  #chunks: Chunk[] = [];
  #first = 0;
  #bytes = 0;

  /** Holds `capacity` chunks besides the one that is being handed over. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#chunks.length - this.#first;
  }

  get full(): boolean {
    return this.length > this.#capacity || this.#bytes > mostBytes;
  }

  put(chunk: Chunk): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.data.length;
    this.onArrival?.();
  }

  end(): void {
    this.ended = true;
    this.onArrival?.();
  }

  take(): Chunk | undefined {
    const chunk = this.#chunks[this.#first];
    if (chunk === undefined) return undefined;
    const wasFull = this.full;
    this.#first++;
    this.#bytes -= chunk.data.length;
    if (this.#first > 64 && this.#first * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
    if (wasFull && !this.full) this.onRoom?.();
    return chunk;
  }
}
