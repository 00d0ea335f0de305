import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HistoryHeader, HistoryFile, HistoryWriter } from './history-file.ts';
import { MemoryHistory } from './history.ts';
import type { NewRecord } from './record.ts';
import type { SeatrialError } from './seatrial-error.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const folder = temporaryFolder();
let files = 0;
const newPath = (): string => join(folder, `${++files}.ndjson`);

const header: HistoryHeader = {
  trial: 'a trial',
  workload: 'notes',
  seed: 's',
  token: 'st1.s',
  integration: 'node x.js',
  faults: [{ fault: 'duplicate a -> integration', kind: 'duplicate', link: 'a -> integration' }],
};

const commit = (id: string, data: unknown, at = 1): NewRecord => ({
  type: 'commit',
  at,
  system: 'erp',
  document: 'Note',
  id,
  version: 1,
  data,
  transaction: 1,
});

function written(records: readonly NewRecord[]): { path: string; history: MemoryHistory } {
  const path = newPath();
  const history = new MemoryHistory();
  const writer = new HistoryWriter(path, header);
  const before = Math.floor(records.length / 2);
  for (const record of records.slice(0, before)) history.append(record);
  writer.follow(history);
  for (const record of records.slice(before)) history.append(record);
  writer.close();
  history.append(commit('too late', null));
  return { path, history };
}

function failure(work: () => unknown): SeatrialError {
  try {
    work();
  } catch (error) {
    return error as SeatrialError;
  }
  throw new Error('It did not fail.');
}

const manyRecords = (): NewRecord[] =>
  Array.from({ length: 5000 }, (_, index) => commit(`K${index}`, { text: '€'.repeat(100), index }));

describe('a history in a file', () => {
  it('gives back what was written, whatever the texts', () => {
    const record = fc
      .tuple(fc.string({ unit: 'binary' }), fc.jsonValue(), fc.nat())
      .map(([id, data, at]) => commit(id, JSON.parse(JSON.stringify(data)), at));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const { path, history } = written(records);
        const file = new HistoryFile(path);
        expect(file.header).toEqual(header);
        expect(JSON.stringify([...file])).toBe(
          JSON.stringify([...history].slice(0, records.length)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('reads files larger than a chunk, more than once, with letters cut by the chunks', () => {
    const { path, history } = written(manyRecords());
    const file = new HistoryFile(path);
    const kept = [...history].slice(0, -1);
    expect([...file]).toEqual(kept);
    expect([...file].length).toBe(kept.length);
  });

  it('says that it is long when memory may not hold what a check of it holds', () => {
    const { path } = written(manyRecords());
    expect(new HistoryFile(path).long).toBe(false);
    truncateSync(path, 3 * 1024 ** 3);
    expect(new HistoryFile(path).long).toBe(true);
  });

  it('lets a reader stop early', () => {
    const { path } = written(manyRecords());
    for (const record of new HistoryFile(path)) {
      expect(record.position).toBe(0);
      break;
    }
  });

  it('names the line that was torn, wherever the file was cut', () => {
    const { path } = written([commit('A', { x: 'é' }), commit('B', null), commit('C', [1])]);
    const whole = readFileSync(path);
    const lineEnds = [...whole.keys()].filter((index) => whole[index] === 10);
    const headerEnd = lineEnds[0] as number;
    fc.assert(
      fc.property(fc.integer({ min: headerEnd + 2, max: whole.length - 3 }), (at) => {
        // A cut at the end of a line leaves a shorter history that is whole.
        fc.pre(!lineEnds.includes(at) && !lineEnds.includes(at - 1));
        const cut = newPath();
        writeFileSync(cut, whole.subarray(0, at));
        const line = lineEnds.filter((end) => end < at).length + 1;
        const error = failure(() => [...new HistoryFile(cut)]);
        expect(error.code).toBe('history.torn');
        expect(error.message).toContain(`${cut}:${line}:`);
      }),
      { numRuns: 80 },
    );
  });

  it('names the line where a record is missing, twice, or of no kind', () => {
    const records = ['A', 'B', 'C'].map((id) => commit(id, null));
    const broken: [string, (lines: string[]) => void, number][] = [
      ['missing', (lines) => lines.splice(2, 1), 3],
      ['twice', (lines) => lines.splice(2, 0, lines[2] as string), 4],
      ['foreign', (lines) => lines.splice(2, 1, '{"type":"dance","at":1,"position":1}'), 3],
      ['inherited', (lines) => lines.splice(2, 1, '{"type":"constructor","at":1,"position":1}'), 3],
      ['timeless', (lines) => lines.splice(2, 1, '{"type":"phase","position":1}'), 3],
      ['a number', (lines) => lines.splice(2, 1, '7'), 3],
      ['blank', (lines) => lines.splice(2, 0, ''), 3],
    ];
    for (const [name, change, line] of broken) {
      const { path } = written(records);
      const lines = readFileSync(path, 'utf8').split('\n');
      change(lines);
      writeFileSync(path, lines.join('\n'));
      const error = failure(() => [...new HistoryFile(path)]);
      expect([name, error.code]).toEqual([name, 'history.torn']);
      expect(error.message).toContain(`${path}:${line}:`);
    }
  });

  it('refuses what is not a history, and one of another version', () => {
    const foreign = (text: string): SeatrialError => {
      const path = newPath();
      writeFileSync(path, text);
      return failure(() => new HistoryFile(path));
    };
    for (const text of [
      '',
      '\n',
      'hello',
      '{"a":1}',
      '[]',
      'null',
      '\u0000\u0001',
      '{"seatrial":"report"}',
    ]) {
      expect(foreign(text).code).toBe('history.foreign');
    }
    expect(foreign('{"seatrial":"history","format":99}').code).toBe('history.version');
    expect(foreign('{"seatrial":"history","format":99}').message).toMatch(/format 99.*reads 1/);
    expect(foreign('{"seatrial":"history","format":1}').message).toContain('no trial');
    const { faults: _, ...rest } = header;
    expect(
      foreign(JSON.stringify({ seatrial: 'history', format: 1, ...rest, faults: [1] })).code,
    ).toBe('history.torn');
  });

  it('says why a file cannot be read or written', () => {
    expect(failure(() => new HistoryFile(join(folder, 'nowhere'))).message).toContain(
      'no such file',
    );
    expect(failure(() => new HistoryFile(folder)).message).toContain('it is a folder');
    expect(failure(() => new HistoryWriter(join(folder, 'no', 'where'), header)).code).toBe(
      'history.not-written',
    );
    const { path } = written([commit('A', null)]);
    appendFileSync(path, '{"half":');
    expect(failure(() => [...new HistoryFile(path)]).message).toContain(`${path}:3:`);
  });
});
