import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MemoryHistory } from '../../harness/history.ts';
import { leftOut } from '../../test/left-out.ts';
import { exportCsv } from './export-csv.ts';
import { exportOcel } from './export-ocel.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const folder = temporaryFolder();

const history = new MemoryHistory();
const text = 'says "hello", and\nleaves';
const commit = { type: 'commit', system: 'erp', document: 'Note', transaction: 1 } as const;
history.append({ ...commit, at: 1000, id: 'N1', version: 1, data: { text }, correlationId: 'c1' });
history.append({ ...commit, at: 2000, id: 'N1', version: 2, data: { text: '' }, actor: 'clerk' });
history.append({ ...commit, at: 3000, id: 'N2', version: 1, data: {}, correlationId: 'c1' });
history.append({ type: 'phase', at: 4000, phase: 'check', reason: 'quiet' });
const instant = (at: number): string => `1970-01-01T00:00:0${at / 1000}Z`;

const python = process.env['SEATRIAL_PYTHON'] ?? 'python3';
const hasPm4py = spawnSync(python, ['-c', 'import pm4py']).status === 0;
const noPm4py = leftOut(
  'pm4py',
  hasPm4py,
  'opening an export with pm4py',
  'Install it with "pip install pm4py", or name a Python that has it in SEATRIAL_PYTHON.',
);

describe('an object-centric event log', () => {
  test('has an event for each version, and threads through documents', () => {
    const path = join(folder, 'log.json');
    exportOcel(history, path, instant);
    const log = JSON.parse(readFileSync(path, 'utf8'));
    expect(log.objectTypes.map(({ name }: { name: string }) => name)).toEqual(['Note', 'Thread']);
    expect(log.objects.map(({ id, type }: Record<string, string>) => [id, type])).toEqual([
      ['erp/Note/N1', 'Note'],
      ['c1', 'Thread'],
      ['erp/Note/N2', 'Note'],
    ]);
    expect(log.events).toHaveLength(3);
    expect(log.events[1]).toEqual({
      id: 'e1',
      type: 'change Note in erp',
      time: '1970-01-01T00:00:02Z',
      attributes: [
        { name: 'system', value: 'erp' },
        { name: 'actor', value: 'clerk' },
        { name: 'version', value: '2' },
      ],
      relationships: [{ objectId: 'erp/Note/N1', qualifier: 'document' }],
    });
  });

  test.skipIf(noPm4py)('opens with pm4py', () => {
    const path = join(folder, 'log.json');
    exportOcel(history, path, instant);
    const script = `import sys, pm4py
log = pm4py.read_ocel2_json(sys.argv[1])
print(len(log.events), len(log.objects), sorted(log.objects['ocel:type'].unique()))`;
    const said = execFileSync(python, ['-W', 'ignore', '-c', script, path], { encoding: 'utf8' });
    expect(said.trim().split('\n').at(-1)).toBe("3 3 ['Note', 'Thread']");
  });
});

describe('CSV', () => {
  test('is a file for each type of record, with documents as JSON', () => {
    const paths = exportCsv(history, folder);
    expect(paths).toEqual([join(folder, 'commits.csv'), join(folder, 'phases.csv')]);
    const [commits, phases] = paths.map((path) => readFileSync(path, 'utf8'));
    expect(phases).toBe('position,at,phase,reason\n3,4000,check,quiet\n');
    const data = JSON.stringify({ text }).replaceAll('"', '""');
    expect(commits?.split('\n')[1]).toBe(`0,1000,erp,Note,N1,1,1,,,c1,"${data}"`);
  });

  test('that cannot be written names the file', () => {
    expect(() => exportCsv(history, join(folder, 'none'))).toThrow(
      `Failed to write ${join(folder, 'none', 'commits.csv')}: there is no such folder`,
    );
  });
});
