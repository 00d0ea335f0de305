import { describe, expect, test } from 'vitest';
import { HistoryFolder } from './archive/history-folder.ts';
import { openArchive } from './archive/open-archive.ts';
import { check } from './check.ts';
import { MemoryHistory } from './history.ts';
import { readSqlInvariants, sqlInvariant } from './sql-invariant.ts';
import { Store } from './store.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const context = { at: 5, today: '2026-01-01', by: 'x', actor: 'x', correlationId: 'c' };

/** Notes `short` and `long`, the second in two versions. */
function fill(store: Store): void {
  const notes = store.collection<{ text: string }>('Note');
  store.transaction(context, () => notes.put('short', { text: 'a' }));
  store.transaction(context, () => notes.put('long', { text: 'b' }));
  store.transaction(context, () => notes.put('long', { text: 'much too long' }));
}

const terse = sqlInvariant(
  'acme/terse',
  `SELECT id AS key, position, id || ' is too long' AS sentence FROM documents
    WHERE document = 'Note' AND length(data ->> '$.text') > 3`,
);

describe('an invariant in SQL', () => {
  test('says the same of a history in memory and of one on disk', () => {
    const folder = temporaryFolder();
    const archive = openArchive(folder);
    archive.begin({ trial: 't' } as never);
    fill(new Store({ system: 'notes', history: archive.history, archive }));
    archive.close();
    const inMemory = new MemoryHistory();
    fill(new Store({ system: 'notes', history: inMemory }));
    const onDisk = new HistoryFolder(folder);
    const results = check(inMemory, [terse]);
    expect(check(onDisk, [terse])).toEqual(results);
    expect(results).toMatchObject([
      {
        status: 'violated',
        violations: [{ keys: ['long'], positions: [2], sentence: 'long is too long' }],
      },
    ]);
    onDisk.close();
  });

  test('sees what was appended since it was asked before', () => {
    const history = new MemoryHistory();
    const status = (): unknown => check(history, [terse])[0]?.status;
    expect(status()).toBe('unknown');
    fill(new Store({ system: 'notes', history }));
    expect(status()).toBe('violated');
  });

  test('tells the row when the query has no sentence', () => {
    const history = new MemoryHistory();
    fill(new Store({ system: 'notes', history }));
    const query = 'SELECT id, count(*) AS times FROM commits GROUP BY id HAVING times > 1';
    const [result] = check(history, [sqlInvariant('acme/once', query)]);
    expect(result?.violations).toEqual([
      { keys: ['long'], positions: [], sentence: 'The query found {"id":"long","times":2}.' },
    ]);
  });

  test('that cannot be asked is an error with its name', () => {
    expect(() =>
      check(new MemoryHistory(), [sqlInvariant('acme/bad', 'SELECT x FROM record')]),
    ).toThrow('Failed to ask the SQL invariant acme/bad: no such column: x');
  });
});

describe('a file of them', () => {
  test('names each by the comment above it', () => {
    const text =
      '-- acme/a: first\nSELECT 1\nWHERE 0;\n\n-- a remark\n-- acme/b: second\nSELECT 1;\n';
    const found = readSqlInvariants('rules.sql', text);
    expect(found.map(({ name, promise }) => [name, promise])).toEqual([
      ['acme/a', 'first'],
      ['acme/b', 'second'],
    ]);
    const history = new MemoryHistory();
    history.append({ type: 'phase', at: 1, phase: 'check' });
    expect(check(history, found).map(({ status }) => status)).toEqual(['holds', 'violated']);
  });

  test.each([
    ['SELECT 1;', 'rules.sql:1: the query has no name'],
    ['-- a: b\nSELECT 1', 'the last query does not end with ";"'],
    ['', 'it has no query'],
  ])('that is %j is refused', (text, told) => {
    expect(() => readSqlInvariants('rules.sql', text)).toThrow(told);
  });
});
