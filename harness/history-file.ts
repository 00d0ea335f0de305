/**
 * A history in a file: NDJSON, so that it can be written while the trial runs, read by any tool, and
 * judged again later without running anything. The first line is a header that says what it is.
 */
import { closeSync, fstatSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { History, HistorySource } from './history.ts';
import type { HistoryRecord } from './record.ts';
import { SeatrialError } from './seatrial-error.ts';

/** Raised whenever a reader of the version before would misunderstand the file. */
export const historyFormat = 1;

/** What a history needs beside its records to be judged and replayed. */
export interface HistoryHeader {
  readonly trial: string;
  /** Name of the workload, which brings the flows and invariants. */
  readonly workload: string;
  readonly seed: string;
  readonly token: string;
  readonly integration: string;
  /** The faults that were planned, so that one that never fired is missed. */
  readonly faults: readonly PlannedFaultHeader[];
  readonly declaredAt?: string;
  /** The command that runs the same again. */
  readonly replay?: string;
}

export interface PlannedFaultHeader {
  readonly fault: string;
  readonly kind: string;
  readonly link: string;
}

const chunkBytes = 256 * 1024;
/** Some 400,000 records; what a check holds of all their keys fits well into memory. */
const bytesOfShort = 192 * 1024 * 1024;

/** Writes records as they come; `close` when the trial is over. */
export class HistoryWriter {
  readonly #path: string;
  readonly #file: number;
  #lines: string[] = [];
  #size = 0;
  #unfollow: (() => void) | undefined;
  #open = true;

  /** Throws `history.not-written` when the file cannot be made; one that is there is replaced. */
  constructor(path: string, header: HistoryHeader) {
    this.#path = path;
    this.#file = attempt('write', path, () => openSync(path, 'w'));
    this.#line(JSON.stringify({ seatrial: 'history', format: historyFormat, ...header }));
  }

  append(record: HistoryRecord): void {
    this.#line(JSON.stringify(record));
    if (this.#size >= chunkBytes) this.flush();
  }

  /** Writes all records of a history from now on, and those it has already. */
  follow(history: History): void {
    for (const record of history) this.append(record);
    this.#unfollow = history.subscribe((record) => this.append(record));
  }

  flush(): void {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#size = 0;
    attempt('write', this.#path, () => writeWhole(this.#file, Buffer.from(text, 'utf8')));
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#unfollow?.();
    try {
      this.flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #line(text: string): void {
    this.#lines.push(`${text}\n`);
    this.#size += text.length + 1;
  }
}

/** A write may take less than it was given, on a disk that is nearly full or through a pipe. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** A recorded history: reads the file anew, in chunks, each time it is iterated. */
export class HistoryFile implements HistorySource {
  readonly path: string;
  readonly header: HistoryHeader;

  /** Throws `history.not-read`, `history.foreign` or `history.version` for a file that is none of ours. */
  constructor(path: string) {
    this.path = path;
    const first = linesOf(path).next();
    this.header = readHeader(path, first.done === true ? '' : first.value);
  }

  get long(): boolean {
    return statSync(this.path).size > bytesOfShort;
  }

  /** Records in order. Throws `history.torn` naming file and line when one is broken or missing. */
  *[Symbol.iterator](): Generator<HistoryRecord> {
    let line = 0;
    for (const text of linesOf(this.path)) {
      line++;
      if (line > 1) yield readRecord(this.path, line, text);
    }
  }
}

function* linesOf(path: string): Generator<string> {
  const file = attempt('read', path, () => openSync(path, 'r'));
  try {
    if (fstatSync(file).isDirectory()) throw notRead(path, 'it is a folder');
    const decoder = new StringDecoder('utf8');
    const chunk = Buffer.alloc(chunkBytes);
    let rest = '';
    for (;;) {
      const size = attempt('read', path, () => readSync(file, chunk));
      if (size === 0) break;
      const parts = (rest + decoder.write(chunk.subarray(0, size))).split('\n');
      rest = parts.pop() as string;
      yield* parts;
    }
    rest += decoder.end();
    // A last line that was cut is no whole JSON object, which is seen when it is read.
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}

function readHeader(path: string, text: string): HistoryHeader {
  const header = parsed(text);
  if (header?.['seatrial'] !== 'history') {
    throw new SeatrialError({
      code: 'history.foreign',
      task: `read the history ${path}:1`,
      reason:
        text === '' ? 'the file is empty' : 'its first line is no header of a seatrial history',
      hint: 'Give a file that "seatrial run --history FILE" wrote.',
    });
  }
  if (header['format'] !== historyFormat) {
    throw new SeatrialError({
      code: 'history.version',
      task: `read the history ${path}:1`,
      reason: `it has format ${JSON.stringify(header['format'])}, and this seatrial reads ${historyFormat}`,
      hint: 'Check it with the version that wrote it.',
    });
  }
  for (const field of ['trial', 'workload', 'seed', 'token', 'integration'] as const) {
    if (typeof header[field] !== 'string') throw torn(path, 1, `its header has no ${field}`);
  }
  if (!isFaults(header['faults'])) throw torn(path, 1, 'its header has no list of faults');
  const { seatrial: _, format: __, ...rest } = header;
  return rest as unknown as HistoryHeader;
}

const isFaults = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(
    (each) =>
      typeof each?.fault === 'string' &&
      typeof each.kind === 'string' &&
      typeof each.link === 'string',
  );

const types: Readonly<Record<HistoryRecord['type'], true>> = {
  phase: true,
  'exchange.invoked': true,
  'exchange.completed': true,
  commit: true,
  'message.emitted': true,
  'message.delivered': true,
  'message.abandoned': true,
  'fault.fired': true,
  'fault.injected': true,
  'fault.healed': true,
  'actor.acted': true,
  integration: true,
};

function readRecord(path: string, line: number, text: string): HistoryRecord {
  const record = parsed(text);
  if (record === undefined) throw torn(path, line, 'the line is not a whole JSON object');
  if (typeof record['type'] !== 'string' || !Object.hasOwn(types, record['type'])) {
    throw torn(path, line, `${JSON.stringify(record['type'])} is no type of record`);
  }
  if (typeof record['at'] !== 'number') throw torn(path, line, 'the record has no time');
  if (record['position'] !== line - 2) {
    throw torn(
      path,
      line,
      `record ${line - 2} should stand here, not ${JSON.stringify(record['position'])}`,
    );
  }
  return record as unknown as HistoryRecord;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const torn = (path: string, line: number, reason: string): SeatrialError =>
  new SeatrialError({
    code: 'history.torn',
    task: `read the history ${path}:${line}`,
    reason,
    hint: 'The file was cut or edited; record it again with "seatrial run --history FILE".',
  });

const notRead = (path: string, reason: string): SeatrialError =>
  new SeatrialError({ code: 'history.not-read', task: `read the history ${path}`, reason });

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it is not allowed',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

function attempt<R>(verb: 'read' | 'write', path: string, work: () => R): R {
  try {
    return work();
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new SeatrialError({
      code: verb === 'read' ? 'history.not-read' : 'history.not-written',
      task: `${verb} the history ${path}`,
      reason: reasons[code] ?? message,
      cause,
    });
  }
}
