/** Finds k6 where it may be, and makes sure that it is one that runs TypeScript. */
import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { Shell } from '../shell.ts';

export interface K6 {
  readonly path: string;
  /** `1.8.1`. */
  readonly version: string;
}

/** The first that runs TypeScript unbuilt and has this command line. */
const leastMajor = 1;

const howToGet =
  'Get it with "npm run tools k6" in a checkout of seatrial, with "go install go.k6.io/k6@v1.8.1", or from https://grafana.com/docs/k6; then name it with --k6 if it is not on PATH.';

/**
 * The one that is named (`--k6`), else the first on PATH, in `.tools/bin` of the working directory, or
 * of a checkout of seatrial. Throws `load.no-k6`, `load.old-k6`.
 */
export function findK6(named: string | undefined, { env, cwd }: Shell): K6 {
  const places =
    named === undefined
      ? [...(env['PATH'] ?? '').split(delimiter).filter((each) => each !== ''), ...toolFolders(cwd)]
      : [];
  const candidates =
    named === undefined ? places.map((each) => join(each, 'k6')) : [resolve(cwd, named)];
  let old: K6 | undefined;
  for (const path of candidates) {
    const version = versionOf(path);
    if (version === undefined) continue;
    if (Number(version.split('.')[0]) >= leastMajor) return { path, version };
    old ??= { path, version };
  }
  if (old !== undefined) {
    throw new SeatrialError({
      code: 'load.old-k6',
      task: 'run k6',
      reason: `${old.path} is version ${old.version}, which runs no TypeScript; at least ${leastMajor}.0 is needed`,
      hint: howToGet,
    });
  }
  throw new SeatrialError({
    code: 'load.no-k6',
    task: 'run k6',
    reason:
      named === undefined
        ? 'it is neither on PATH nor in .tools/bin'
        : `${candidates[0] ?? named} is no k6 that answers "version"`,
    hint: howToGet,
  });
}

const toolFolders = (cwd: string): string[] => [
  join(cwd, '.tools/bin'),
  // From the sources two folders up, from the built package three.
  ...['../../.tools/bin', '../../../.tools/bin'].map((each) =>
    fileURLToPath(new URL(each, import.meta.url)),
  ),
];

function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ['version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? /\bv?(\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined;
}
