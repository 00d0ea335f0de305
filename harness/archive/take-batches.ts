/**
 * The end of the thread that writes: takes batches one after the other, each written whole or not at
 * all, and says when it is durable, so that no answer waits for a disk but for its own commit.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import { parentPort } from 'node:worker_threads';
import type { Batch } from './changes.ts';
import type { ThreadProgress } from './thread-progress.ts';

/** A database that is open for writing. */
export interface BatchSink {
  write(batch: Batch): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Gives the way to say from elsewhere that nothing can be written any more. */
export function takeBatches(
  progress: ThreadProgress,
  open: () => BatchSink | Promise<BatchSink>,
): (error: unknown) => void {
  // An empty word: what is to be known stands in the progress.
  const tell = (): void => parentPort?.postMessage(null);
  const fail = (error: unknown): void => {
    progress.fail(error);
    tell();
  };
  const attempt = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      fail(error);
    }
  };
  let sink: BatchSink | undefined;
  let last = attempt(async () => {
    sink = await open();
    progress.reach(0);
  });
  const write = async (batch: Batch): Promise<void> => {
    if (progress.cause !== undefined) return;
    await sink?.write(batch);
    progress.reach(batch.number);
    tell();
  };
  const close = async (): Promise<void> => {
    await attempt(() => sink?.close());
    // The last step counts as one more batch, which nobody takes for written who waits for one that is not.
    if (progress.cause === undefined) progress.reach(progress.written + 1);
    tell();
    parentPort?.close();
  };
  parentPort?.on('message', (batch: Batch | 'close') => {
    last = last.then(() => (batch === 'close' ? close() : attempt(() => write(batch))));
  });
  return fail;
}
