/**
 * Loads a trial file: TypeScript or JavaScript, run as it is by Node. Whatever is wrong with it is
 * said in one sentence that names the file, and the line when there is one.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Trial } from '../harness/trial.ts';
import { messageOf } from './describe-failure.ts';
import { resolveSeatrial } from './resolve-seatrial.ts';

/** Throws `trial.not-found`, `trial.not-loaded`, `trial.no-trial`, or what the file's own definition throws. */
export async function loadTrial(file: string, cwd: string): Promise<Trial> {
  const path = resolve(cwd, file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw failure(
      'trial.not-found',
      path,
      'there is no such file',
      'seatrial init writes a first one.',
    );
  if (!stat.isFile()) throw failure('trial.not-found', path, 'it is not a file');
  resolveSeatrial();
  const loaded = await load(path);
  const trial = loaded['default'];
  if (trial === undefined) {
    throw failure(
      'trial.no-trial',
      path,
      'it has no default export',
      'Write: export default defineTrial({ ... })',
    );
  }
  if ((trial as Partial<Trial> | null)?.kind !== 'seatrial-trial') {
    throw failure(
      'trial.no-trial',
      path,
      'its default export is not a trial',
      'Write: export default defineTrial({ ... })',
    );
  }
  return trial as Trial;
}

async function load(path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    // An error of seatrial's that names a place already says all there is to say.
    if (error instanceof SeatrialError && error.message.includes(path)) throw error;
    throw failure(
      'trial.not-loaded',
      `${path}${placeIn(error, path)}`,
      reasonOf(error),
      undefined,
      error,
    );
  }
}

/** `:line:column` in the file, when the stack shows it. */
function placeIn(error: unknown, path: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const shown of [pathToFileURL(path).href, path]) {
    const at = stack.indexOf(`${shown}:`);
    const place = at < 0 ? null : /^(:\d+){1,2}/.exec(stack.slice(at + shown.length));
    if (place) return place[0];
  }
  return '';
}

/** The first paragraph of the message: engines add excerpts of source behind it. */
function reasonOf(error: unknown): string {
  const lines = stripVTControlCharacters(messageOf(error))
    .split('\n')
    .map((line) => line.trim());
  const said = lines.filter(
    (line) => line !== '' && !/^[│╭╰,|`·─\s\d^-]/.test(line) && line !== 'x',
  );
  const reason = (said[0] ?? lines[0] ?? 'it failed').replace(/^[x×] /, '');
  return reason.replaceAll(/file:\/\/\S+/g, (url) => fileURLToPath(url.replace(/[',.]+$/, '')));
}

const failure = (
  code: string,
  place: string,
  reason: string,
  hint?: string,
  cause?: unknown,
): SeatrialError =>
  new SeatrialError({
    code,
    task: `load the trial ${place}`,
    reason,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  });
