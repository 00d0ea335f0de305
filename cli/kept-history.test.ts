import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Workbench } from './testing/run-seatrial.ts';

const bench = new Workbench();
const textOf = (path: string): string => readFileSync(join(bench.folder, path), 'utf8');

describe('a history in a folder', () => {
  it('is judged, asked in SQL, and exported, as one in a file is', async () => {
    const trial = bench.notesTrial('kept.ts');
    const ran = await bench.run(
      'run',
      trial,
      '--data',
      'kept',
      '--history',
      'kept.ndjson',
      '--quiet',
    );
    expect(ran.code).toBe(0);
    bench.file('rules.sql', '-- acme/no-notes: nobody writes\nSELECT id FROM commits;\n');
    const judge = async (history: string, ...words: string[]): Promise<unknown> => {
      const { code, stdout } = await bench.run(
        'check',
        history,
        '--trial',
        trial,
        '--json',
        '--quiet',
        ...words,
      );
      return [code, JSON.parse(stdout)];
    };
    const verdict = await judge('kept');
    expect(verdict).toEqual(await judge('kept.ndjson'));
    expect(verdict).toMatchObject([0, { verdict: 'holds' }]);
    const asked = await judge('kept', '--invariants-sql', 'rules.sql');
    expect(asked).toMatchObject([1, { verdict: 'violated' }]);
    const exported = await bench.run('export', 'kept', '--out', 'out.ndjson');
    expect([exported.code, exported.stdout]).toEqual([0, 'out.ndjson\n']);
    const records = (path: string): string[] => textOf(path).split('\n').slice(1);
    expect(records('out.ndjson')).toEqual(records('kept.ndjson'));
    expect((await bench.run('export', 'kept', '--format', 'csv', '--out', 'csv')).code).toBe(0);
    expect(readdirSync(join(bench.folder, 'csv'))).toContain('commits.csv');
  });

  it('is not begun where there is one', async () => {
    const trial = bench.notesTrial('again.ts');
    await bench.run('run', trial, '--data', 'again');
    const { code, stderr } = await bench.run('run', trial, '--data', 'again');
    expect([code, stderr]).toEqual([3, expect.stringContaining('choose a new folder')]);
  });

  it('cannot be written where a file is', async () => {
    bench.file('taken', 'a file');
    const { code, stderr } = await bench.run('serve', '--data', 'taken');
    expect([code, stderr]).toEqual([3, expect.stringContaining('it is a file, not a folder')]);
  });
});
