/**
 * Invariants in SQL: a query that must return no rows. A history that is kept on disk is asked where it
 * is; any other is copied into a database of the moment. The tables are described in docs/schema.md.
 */
import { DatabaseSync } from 'node:sqlite';
import { recordSchema } from './archive/schema.ts';
import type { HistorySource } from './history.ts';
import { type Finding, type Invariant, type Violation, defineInvariant } from './invariant.ts';
import { SeatrialError } from './seatrial-error.ts';

/** More rows than these are counted and not told. */
const rowsTold = 1000;

/**
 * Each row is a violation. Its columns `key` (or the first column), `position` and `sentence` say of
 * what, where, and how; without a sentence the row itself is told. Exercised when there is a history.
 */
export function sqlInvariant(name: string, query: string, promise?: string): Invariant {
  return defineInvariant<undefined>({
    name,
    promise: promise ?? `No row comes back: ${query.replaceAll(/\s+/g, ' ').trim()}`,
    interests: [],
    keysOf: () => undefined,
    begin: () => undefined,
    step: () => undefined,
    end: () => ({ exercised: false, violations: [] }),
    whole: (history) => finding(name, query, history),
  });
}

/**
 * Reads a file of queries: each ends with `;` and begins with a comment `-- name: what it promises`.
 * Throws `invariants.invalid` naming the file and the line.
 */
export function readSqlInvariants(path: string, text: string): Invariant[] {
  const found: Invariant[] = [];
  let heading: RegExpExecArray | null = null;
  let query: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const named = /^--\s*([\w/-]+):\s*(\S.*)$/.exec(line.trim());
    if (named && query.length === 0) heading = named;
    else if (line.trim() !== '' && !line.trim().startsWith('--')) query.push(line);
    if (query.length === 0 || !line.trim().endsWith(';')) continue;
    if (heading === null) {
      throw invalid(
        `${path}:${index + 1}`,
        'the query has no name',
        'Write above it: -- name: what it promises',
      );
    }
    found.push(sqlInvariant(heading[1] as string, query.join('\n'), heading[2]));
    heading = null;
    query = [];
  }
  if (query.length > 0) throw invalid(path, 'the last query does not end with ";"');
  if (found.length === 0) throw invalid(path, 'it has no query');
  return found;
}

function finding(name: string, query: string, history: HistorySource): Finding {
  const database = databaseOf(history);
  let rows: Readonly<Record<string, unknown>>[];
  try {
    rows = database.prepare(query).all();
  } catch (cause) {
    throw invalid(
      name,
      (cause as Error).message,
      'The tables are described in docs/schema.md.',
      cause,
    );
  }
  return { exercised: hasRecords(database), violations: rows.slice(0, rowsTold).map(violation) };
}

const hasRecords = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM record LIMIT 1').get() !== undefined;

function violation(row: Readonly<Record<string, unknown>>): Violation {
  const { key = Object.values(row)[0], position, sentence } = row;
  return {
    keys: [String(key)],
    positions: typeof position === 'number' ? [position] : [],
    sentence: typeof sentence === 'string' ? sentence : `The query found ${JSON.stringify(row)}.`,
  };
}

/** Copies are kept as long as the history itself. */
const copies = new WeakMap<
  HistorySource,
  { readonly length: number; readonly copy: DatabaseSync }
>();

function databaseOf(history: HistorySource & { readonly database?: DatabaseSync }): DatabaseSync {
  if (history.database !== undefined) return history.database;
  const length = 'length' in history ? (history.length as number) : 0;
  const known = copies.get(history);
  if (known !== undefined && known.length === length) return known.copy;
  const copy = copied(history);
  copies.set(history, { length, copy });
  return copy;
}

/** SQLite puts a database without a name into a file of its own when it grows, and takes that away again. */
function copied(history: HistorySource): DatabaseSync {
  const copy = new DatabaseSync('');
  copy.exec(recordSchema);
  copy.exec(`CREATE VIEW documents AS SELECT system, document, id, max(version) AS version, at, position, data
    FROM commits GROUP BY system, document, id; BEGIN`);
  const insert = copy.prepare('INSERT INTO record (position, body) VALUES (?, ?)');
  for (const record of history) insert.run(record.position, JSON.stringify(record));
  copy.exec('COMMIT');
  return copy;
}

const invalid = (what: string, reason: string, hint?: string, cause?: unknown): SeatrialError =>
  new SeatrialError({
    code: 'invariants.invalid',
    task: `ask the SQL invariant ${what}`,
    reason,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  });
