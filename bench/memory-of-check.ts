/** How much memory `seatrial check` takes for a history in a file, as its user runs it: a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HistoryWriter } from '../harness/history-file.ts';
import { usageIn } from './servers/usage.ts';
import { syntheticRecords } from './synthetic-history.ts';

/** An order lasts a sixth of the history: so many are under way at a time. */
const share = 1 / 6;

const mebibyte = 1024 * 1024;

const header = {
  trial: 'a long history',
  workload: 'procure-to-pay',
  seed: 'bench',
  token: 'none',
  integration: 'none',
  faults: [],
};

/** The peak in MiB over so many records, half a kilobyte each on disk meanwhile. */
export function memoryOfCheck(records: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-bench-'));
  try {
    const path = join(folder, 'history.ndjson');
    const writer = new HistoryWriter(path, header);
    for (const record of syntheticRecords(records, share)) writer.append(record);
    writer.close();
    return peakOf('check', path, '--quiet');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function peakOf(...words: readonly string[]): number {
  const [preloaded, command] = ['servers/usage.ts', '../cli/main.ts'].map((each) =>
    fileURLToPath(new URL(each, import.meta.url)),
  ) as [string, string];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', preloaded, command, ...words],
    { encoding: 'utf8' },
  );
  const peak = usageIn(stdout).peakRssBytes / mebibyte;
  // What nobody did is unknown in every history that is written; an accusation would measure something else.
  if (!stdout.includes('(0 violated') || !(peak > 0)) {
    throw new Error(`Failed to measure: ${stdout}${stderr}`);
  }
  return peak;
}
