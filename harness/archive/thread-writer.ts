/** The main thread's end of the thread that writes: hands batches over and knows which are durable. */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import { type Transferable, Worker } from 'node:worker_threads';
import type { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveWriter } from './archive.ts';
import type { Batch } from './changes.ts';
import type { Cause, ThreadProgress } from './thread-progress.ts';

/** Runs a file beside the one that asks for it. The package runs compiled, a checkout as it is. */
export function startThread(
  file: string,
  beside: string,
  workerData: unknown,
  transferList: Transferable[] = [],
): Worker {
  const extension = beside.endsWith('.ts') ? '.ts' : '.js';
  const worker = new Worker(new URL(`./${file}${extension}`, beside), {
    workerData,
    transferList,
    execArgv: ['--no-warnings'],
  });
  worker.unref();
  return worker;
}

export class ThreadWriter implements ArchiveWriter {
  readonly #worker: Worker;
  readonly #progress: ThreadProgress;
  readonly #describe: (cause: Cause) => SeatrialError;
  readonly #closedDown: () => void;
  #listener: () => void = () => {};
  #failure: SeatrialError | undefined;
  #submitted = 0;
  #closed = false;

  /** `describe` says what a failure is; `closedDown` is called once nothing is written any more. */
  constructor(
    worker: Worker,
    progress: ThreadProgress,
    describe: (cause: Cause) => SeatrialError,
    closedDown: () => void = () => {},
  ) {
    this.#worker = worker;
    this.#progress = progress;
    this.#describe = describe;
    this.#closedDown = closedDown;
    worker.on('message', () => this.#listener());
    worker.on('error', (error) => {
      progress.fail(error);
      this.#listener();
    });
  }

  get written(): number {
    return this.#progress.written;
  }

  get failure(): SeatrialError | undefined {
    if (this.#failure === undefined) {
      const { cause } = this.#progress;
      if (cause !== undefined) this.#failure = this.#describe(cause);
    }
    return this.#failure;
  }

  submit(batch: Batch): void {
    this.#submitted = batch.number;
    this.#worker.postMessage({ number: batch.number, values: batch.values } satisfies Batch);
  }

  waitFor(batch: number): void {
    this.#progress.waitFor(batch);
  }

  onNews(listener: () => void): void {
    this.#listener = listener;
  }

  keepAlive(awaited: boolean): void {
    if (awaited) this.#worker.ref();
    else this.#worker.unref();
  }

  /** Everything submitted is written first. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#worker.postMessage('close');
    this.waitFor(this.#submitted + 1);
    // The thread may live on to be asked; it must not hold the landscape that nobody has any more.
    this.#listener = () => {};
    this.#closedDown();
  }
}
