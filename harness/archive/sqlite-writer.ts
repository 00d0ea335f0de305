/** The main thread's end of the thread that writes: hands batches over and knows which are durable. */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import { Worker } from 'node:worker_threads';
import { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveWriter } from './archive.ts';
import { describeFailure } from './archive-failure.ts';
import type { WriterData, WriterNews } from './batch-writer.ts';
import type { Batch } from './schema.ts';

/** The package runs compiled, a checkout as it is. */
const file = `./batch-writer${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;

export class SqliteWriter implements ArchiveWriter {
  readonly #path: string;
  readonly #worker: Worker;
  readonly #state: Int32Array;
  readonly #closedDown: () => void;
  #listener: () => void = () => {};
  #failure: SeatrialError | undefined;
  #submitted = 0;
  #closed = false;

  /** `closedDown` is called once nothing is written any more. */
  constructor(path: string, closedDown: () => void) {
    this.#path = path;
    this.#closedDown = closedDown;
    const progress = new SharedArrayBuffer(8);
    this.#state = new Int32Array(progress);
    const workerData: WriterData = { path, progress };
    this.#worker = new Worker(new URL(file, import.meta.url), {
      workerData,
      execArgv: ['--no-warnings'],
    });
    this.#worker.on('message', (news: WriterNews) => this.#take(news));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.unref();
  }

  get written(): number {
    return Atomics.load(this.#state, 0);
  }

  get failure(): SeatrialError | undefined {
    // The reason comes by message; that it failed is known before.
    if (this.#failure === undefined && Atomics.load(this.#state, 1) === 1) {
      return this.#error({ message: 'the thread that writes it has failed', errcode: undefined });
    }
    return this.#failure;
  }

  submit(batch: Batch): void {
    this.#submitted = batch.number;
    this.#worker.postMessage({ number: batch.number, values: batch.values } satisfies Batch);
  }

  waitFor(batch: number): void {
    for (let seen = this.written; seen < batch; seen = this.written) {
      if (Atomics.load(this.#state, 1) === 1) return;
      Atomics.wait(this.#state, 0, seen, 1000);
    }
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
    // The last step of the thread counts as one more batch.
    this.waitFor(this.#submitted + 1);
    this.#closedDown();
  }

  #take({ failed }: WriterNews): void {
    if (failed !== undefined) this.#failure ??= this.#error(failed);
    this.#listener();
  }

  #fail(error: unknown): void {
    Atomics.store(this.#state, 1, 1);
    this.#failure ??= this.#error(error as Error & { errcode?: number });
    this.#listener();
  }

  #error(cause: { message: string; errcode?: number | undefined }): SeatrialError {
    return describeFailure('write', this.#path, cause);
  }
}
