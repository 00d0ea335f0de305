/** Writes the report page into a folder that the user named. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { pageReport } from '../report/page/page-report.ts';
import type { PageSource } from '../report/page/page-model.ts';
import type { ReportOptions } from '../report/report-model.ts';
import { messageOf } from './describe-failure.ts';

/** Returns the path of the page, `index.html` in the folder. Throws `report.not-written`. */
export async function writePage(
  source: PageSource,
  folder: string,
  cwd: string,
  options: ReportOptions = {},
): Promise<string> {
  const page = await pageReport(source, options);
  const path = join(resolve(cwd, folder), 'index.html');
  writeFileAt(path, page, 'the page');
  return path;
}

/** Makes the folder, too. Throws `report.not-written`. */
export function writeFileAt(path: string, text: string, what: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    throw new SeatrialError({
      code: 'report.not-written',
      task: `write ${what} ${path}`,
      reason: messageOf(cause),
      cause,
    });
  }
}
