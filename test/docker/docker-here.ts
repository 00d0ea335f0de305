/** The Docker of this machine, for tests: whether there is one, images for it, and what starts things. */
import { type SpawnSyncReturns, execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ownImage } from '../../tools/docker/images.ts';
import { leftOut } from '../left-out.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

// The reaper of Testcontainers is an image of its own, which is not everywhere to be had.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
// A machine that is itself a container is taken for one of this Docker, which is started on it.
if (process.env['DOCKER_HOST'] === undefined) {
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= '127.0.0.1';
}

export const run = (
  command: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> =>
  spawnSync(command, parameters, { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } });

/** Whether tests with containers are left out; says once how to have them. */
export const withoutDocker = (): boolean =>
  leftOut(
    'docker',
    run('docker', ['version']).status === 0,
    'images, containers and the composition',
    'Install docker.io and docker-compose, and start dockerd.',
  );

/** `docker compose`, or the program that it was before. */
export const compose: readonly string[] =
  run('docker', ['compose', 'version']).status === 0 ? ['docker', 'compose'] : ['docker-compose'];

/** Builds what is missing and seatrial's own image; SEATRIAL_IMAGE names one that is to be used. */
export async function ready(): Promise<string> {
  const given = process.env['SEATRIAL_IMAGE'];
  if (given !== undefined && given !== '') return given;
  await script();
  return ownImage;
}

/** Pulls one image, or makes a stand-in for it. */
export const has = (image: string): Promise<void> => script('--only', image);

const script = (...parameters: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const all = [`${root}tools/docker/build-images.ts`, ...parameters];
    execFile(process.execPath, all, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`${error.message}\n${stdout}${stderr}`));
    });
  });
