/** One toxic on one link: between the channel before it and whatever comes after it. */
import type { Timer } from '../../../harness/clock.ts';
import type { Channel, Chunk, Sink } from './channel.ts';
import type { Pace } from './pace.ts';
import type { ConnectionHandle, Received, ToxicStub } from './toxic.ts';

/** Timers take no more than this. */
const longestMs = 2 ** 31 - 1;

export class Stub implements ToxicStub {
  readonly input: Channel;
  readonly connection: ConnectionHandle;
  readonly state: unknown;
  /** Handed on as a function by toxics, so it needs no `this`. */
  readonly draw: () => number;
  output: Sink;
  closed = false;
  readonly #pace: Pace;
  #running: Promise<void> = Promise.resolve();
  #interrupted = false;
  #wake: (() => void) | undefined;

  constructor(options: {
    readonly input: Channel;
    readonly output: Sink;
    readonly pace: Pace;
    readonly connection: ConnectionHandle;
    readonly state: unknown;
    readonly draw: () => number;
  }) {
    this.input = options.input;
    this.output = options.output;
    this.#pace = options.pace;
    this.connection = options.connection;
    this.state = options.state;
    this.draw = options.draw;
    this.input.onArrival = () => this.#wake?.();
  }

  run(pipe: (stub: ToxicStub) => Promise<void>): void {
    if (!this.closed) this.#running = pipe(this);
  }

  /** Makes the toxic return, handing over what it holds. `false` when the stub is closed. */
  async interrupt(): Promise<boolean> {
    if (this.closed) return false;
    this.#interrupted = true;
    this.#wake?.();
    await this.#running;
    this.#interrupted = false;
    return !this.closed;
  }

  /** The receiver is gone: whatever the toxic still waits for is given up. */
  abandon(): void {
    this.closed = true;
    this.#interrupted = true;
    this.#wake?.();
  }

  /** Hands all that waits over at once, as on the removal of the toxic. */
  drain(): void {
    for (let chunk = this.input.take(); chunk; chunk = this.input.take()) this.output.put(chunk);
    if (this.input.ended) this.close();
  }

  async receive(withinMs?: number): Promise<Received>;
  async receive(withinMs?: number): Promise<Received | 'elapsed'> {
    const due = withinMs === undefined ? undefined : this.now() + withinMs;
    for (;;) {
      if (this.#interrupted) return 'interrupt';
      const chunk = this.input.take();
      if (chunk !== undefined) return chunk;
      if (this.input.ended) return 'end';
      if (due !== undefined && this.now() >= due) return 'elapsed';
      await this.#pause(due);
    }
  }

  async wait(delayMs: number): Promise<boolean> {
    const due = this.now() + delayMs;
    while (!this.#interrupted && this.now() < due) await this.#pause(due);
    return !this.#interrupted;
  }

  async send(chunk: Chunk): Promise<void> {
    this.output.put(chunk);
    while (this.output.full && !this.#interrupted) {
      this.output.onRoom = () => this.#wake?.();
      await this.#pause(undefined);
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.output.end();
  }

  now(): number {
    return this.#pace.now();
  }

  /** Until something happens, or `due`. Whoever waits looks again for what it was. */
  #pause(due: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      this.#wake = () => {
        timer?.cancel();
        this.#wake = undefined;
        resolve();
      };
      if (due === undefined) return;
      const delayMs = Math.min(Math.max(due - this.now(), 0), longestMs);
      timer = this.#pace.after(delayMs, () => this.#wake?.());
    });
  }
}
