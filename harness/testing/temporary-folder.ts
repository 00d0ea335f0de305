/** Folders for tests. To be imported where tests are collected: that is when the removal is arranged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Of this test file alone, because each has modules of its own. */
const folders: string[] = [];

afterAll(() => {
  // A process that was just killed may still be writing.
  for (const each of folders) rmSync(each, { recursive: true, force: true, maxRetries: 3 });
});

/** An empty folder that is removed, with all that is in it, after the last test of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-test-'));
  folders.push(folder);
  return folder;
}
