/** k6 in a container of the image that the composition has, for a machine with Docker and no k6. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The composition's. */
export const k6Image = 'grafana/k6:1.8.1';

/** Whether Docker is here; with `pulled`, also whether it has the image already. */
export const dockerHas = (
  env: NodeJS.ProcessEnv,
  { pulled }: { readonly pulled: boolean },
): boolean =>
  spawnSync('docker', pulled ? ['image', 'inspect', k6Image] : ['version'], {
    env,
    timeout: 20_000,
  }).status === 0;

/** The scripts and what they import: sources or built, whichever this file is. */
const scripts = fileURLToPath(new URL('../../', import.meta.url));

/**
 * `docker` with these words is k6 with those: it sees the folder, may write there as this user, and is
 * told the named variables. It shares this machine's network, for the simulators listen on its loopback.
 */
export const inContainer = (
  words: readonly string[],
  folder: string,
  variables: readonly string[],
): string[] => [
  'run',
  '--rm',
  '--init',
  '--network=host',
  '--read-only',
  '--cap-drop=ALL',
  `--user=${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`,
  `--volume=${folder}:${folder}`,
  `--volume=${scripts}:${scripts}:ro`,
  ...variables.map((name) => `--env=${name}`),
  k6Image,
  ...words,
];
