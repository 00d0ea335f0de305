/**
 * The thread that speaks with the server: it answers the questions of a landscape that waits for them
 * in its turn, and writes its batches. Two connections, so that no question waits for a commit.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- It is a thread, not a window. */
import { type MessagePort, workerData } from 'node:worker_threads';
import type { Value } from '../changes.ts';
import { takeBatches } from '../take-batches.ts';
import { type Cause, ThreadProgress, causeOf } from '../thread-progress.ts';
import { KeyTexts } from './key-texts.ts';
import { Session } from './postgres-session.ts';
import { PostgresSink, type Seat } from './postgres-sink.ts';

export interface PostgresThreadData {
  readonly seat: Seat;
  /** Missing for a history that is only read. */
  readonly progress?: SharedArrayBuffer;
  /** [0] is raised with every answer. */
  readonly answered: SharedArrayBuffer;
  readonly port: MessagePort;
}

export interface Question {
  readonly sql: string;
  readonly values: readonly Value[];
}

export type Answer = { readonly rows: readonly object[] } | { readonly failed: Cause };

const { seat, progress, answered, port } = workerData as PostgresThreadData;
const state = new Int32Array(answered);
const keys = new KeyTexts();
let reading: Promise<Session> | undefined;
let lost: unknown;

const fail =
  progress === undefined
    ? (): void => undefined
    : takeBatches(new ThreadProgress(progress), () => PostgresSink.open(seat, lose));

/** A landscape that lost one of its connections does not go on with the other. */
function lose(error: unknown): void {
  lost ??= error;
  fail(error);
}

port.on('message', (question: Question) => void take(question));

async function take(question: Question): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerTo(question);
  } catch (error) {
    lose(error);
    answer = { failed: causeOf(lost) };
  }
  port.postMessage(answer);
  Atomics.add(state, 0, 1);
  Atomics.notify(state, 0);
}

// Nobody can ask any more.
port.on('close', () => void reading?.then((session) => session.end()).catch(lose));

async function answerTo({ sql, values }: Question): Promise<Answer> {
  if (lost !== undefined) throw lost;
  const session = await (reading ??= Session.open(seat, lose));
  const given = values.map((each) => (typeof each === 'string' ? keys.short(each) : each));
  // What is only asked for need not be kept.
  keys.takeLong();
  const { rows } = await session.ask<Row>(sql, given);
  for (const row of rows) await restore(row, session);
  return { rows };
}

interface Row {
  id?: string;
  greatest?: string | null;
}

async function restore(row: Row, session: Session): Promise<void> {
  if (typeof row.greatest === 'string') row.greatest = keys.bound(row.greatest);
  if (!row.id?.includes('\u0001')) return;
  row.id = await keys.full(row.id, async (short) => {
    const sql = `SELECT text FROM long_key WHERE shard = ${seat.shard} AND short = $1`;
    const found = await session.ask<{ text: string }>(sql, [short]);
    return found.rows[0]?.text ?? short;
  });
}
