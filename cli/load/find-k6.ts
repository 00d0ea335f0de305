/** Finds k6 where it may be, and makes sure that it is one that runs TypeScript. */
import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { Shell } from '../shell.ts';
import { dockerHas, k6Image } from './k6-container.ts';

export interface K6 {
  readonly path: string;
  /** `1.8.1`. */
  readonly version: string;
  /** The path is Docker's, which has k6 in an image. */
  readonly container?: true;
}

/** The first that runs TypeScript unbuilt and has this command line. */
const leastMajor = 1;

const howToGet =
  'Get it with "npm run tools k6" in a checkout of seatrial, with "go install go.k6.io/k6@v1.8.1", or from https://grafana.com/docs/k6; then name it with --k6 if it is not on PATH. On Linux with Docker, --k6 container takes its image.';

/**
 * The one that is named (`--k6`, a path or `container`), else the first on PATH, in `.tools/bin` of the
 * working directory, or of a checkout of seatrial, else the image of the composition where Docker has
 * it. Throws `load.no-k6`, `load.old-k6`.
 */
export function findK6(
  named: string | undefined,
  { env, cwd }: Shell,
  tools: readonly string[] = toolFolders(cwd),
): K6 {
  if (named === 'container')
    return inImage(env, { pulled: false }) ?? missing('Docker does not answer');
  const candidates =
    named === undefined
      ? [...foldersOf(env), ...tools].map((each) => join(each, 'k6'))
      : [resolve(cwd, named)];
  let old: K6 | undefined;
  for (const path of candidates) {
    const version = versionOf(path);
    if (version === undefined) continue;
    if (Number(version.split('.')[0]) >= leastMajor) return { path, version };
    old ??= { path, version };
  }
  const image = named === undefined ? inImage(env, { pulled: true }) : undefined;
  if (image !== undefined) return image;
  if (old === undefined) {
    return missing(
      named === undefined
        ? 'it is neither on PATH nor in .tools/bin, and Docker has no image of it'
        : `${candidates[0] ?? named} is no k6 that answers "version"`,
    );
  }
  throw new SeatrialError({
    code: 'load.old-k6',
    task: 'run k6',
    reason: `${old.path} is version ${old.version}, which runs no TypeScript; at least ${leastMajor}.0 is needed`,
    hint: howToGet,
  });
}

function missing(reason: string): never {
  throw new SeatrialError({ code: 'load.no-k6', task: 'run k6', reason, hint: howToGet });
}

const inImage = (env: Shell['env'], asked: { readonly pulled: boolean }): K6 | undefined =>
  dockerHas(env, asked)
    ? { path: 'docker', version: k6Image.split(':').at(-1) as string, container: true }
    : undefined;

const foldersOf = (env: Shell['env']): string[] =>
  (env['PATH'] ?? '').split(delimiter).filter((each) => each !== '');

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
