/**
 * The main thread's end of the thread that speaks with a PostgreSQL server: asks, and waits in its turn
 * for the answer, because the cores of a landscape are synchronous.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import {
  MessageChannel,
  type MessagePort,
  type Worker,
  receiveMessageOnPort,
} from 'node:worker_threads';
import type { Value } from '../changes.ts';
import type { Ask } from '../sql-reader.ts';
import { type Cause, causeOf } from '../thread-progress.ts';
import { startThread } from '../thread-writer.ts';
import type { Seat } from './postgres-sink.ts';
import type { Answer, PostgresThreadData, Question } from './postgres-thread.ts';

/** Longer than the thread itself waits for the server. */
const patienceMs = 120_000;

/** A landscape's archive is read as long as somebody has it: its connection ends with the last of them. */
const forgotten = new FinalizationRegistry<MessagePort>((port) => port.close());

export class PostgresAsk implements Ask {
  readonly #port: MessagePort;
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));
  readonly #describe: (cause: Cause) => Error;
  /** Apart from this, which the thread must not hold: once nobody has this, the thread ends. */
  readonly #broken: { cause?: Cause } = {};
  readonly worker: Worker;

  /** `progress` is there for a shard that is written, too. */
  constructor(seat: Seat, describe: (cause: Cause) => Error, progress?: SharedArrayBuffer) {
    this.#describe = describe;
    const { port1, port2 } = new MessageChannel();
    const data: PostgresThreadData = {
      seat,
      answered: this.#answered.buffer as SharedArrayBuffer,
      port: port2,
      ...(progress === undefined ? {} : { progress }),
    };
    this.#port = port1;
    port1.unref();
    this.worker = startThread('postgres-thread', import.meta.url, data, [port2]);
    const broken = this.#broken;
    this.worker.on('error', (error) => (broken.cause = causeOf(error)));
    forgotten.register(this, port1);
  }

  one<Row>(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.all<Row>(sql, ...values)[0];
  }

  /** Throws what `describe` makes of it when there is no answer. */
  all<Row>(sql: string, ...values: readonly Value[]): Row[] {
    const { cause } = this.#broken;
    const answer = cause === undefined ? this.#put(sql, values) : { failed: cause };
    if ('failed' in answer) throw this.#describe(answer.failed);
    return answer.rows as Row[];
  }

  close(): void {
    this.#port.close();
  }

  #put(sql: string, values: readonly Value[]): Answer {
    const before = Atomics.load(this.#answered, 0);
    const question: Question = { sql: sql.replaceAll('?', '$'), values };
    this.#port.postMessage(question);
    if (Atomics.wait(this.#answered, 0, before, patienceMs) === 'timed-out') {
      // A later answer would be taken for that to another question.
      const cause = { message: 'the thread that speaks with the server does not answer' };
      this.#broken.cause = cause;
      return { failed: cause };
    }
    return receiveMessageOnPort(this.#port)?.message as Answer;
  }
}
