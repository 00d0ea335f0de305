/** Installs the clients where they are not installed yet, each as its lock or its list of pins says. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
export const python = join(here, '.venv', 'bin', 'python');

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `Failed to install the clients: ${command} ${args.join(' ')}\n${stdout}${stderr}`,
  );
}

/** Does the work unless the mark says that it was done for this very list. */
function once(mark: string, list: string, work: () => void): void {
  const wanted = readFileSync(list, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  work();
  writeFileSync(mark, wanted);
}

/** Installs the npm clients; nothing of them runs while it is installed. */
export function installNodeClients(): void {
  for (const folder of [here, join(here, 'generator')]) {
    const mark = join(folder, 'node_modules', '.seatrial-installed');
    once(mark, join(folder, 'package-lock.json'), () =>
      run('npm', ['ci', '--ignore-scripts', '--silent'], folder),
    );
  }
}

/** Makes the virtual environment. Answers why not, when there is no Python that can. */
export function installPythonClients(): string | undefined {
  const found = spawnSync('python3', ['-c', 'import venv, ensurepip'], { encoding: 'utf8' });
  if (found.error !== undefined) return 'python3 is missing';
  if (found.status !== 0) return 'python3 has no venv (Debian: apt-get install python3-venv)';
  const folder = join(here, '.venv');
  const pins = join(here, 'requirements.txt');
  once(join(folder, '.seatrial-installed'), pins, () => {
    rmSync(folder, { recursive: true, force: true });
    run('python3', ['-m', 'venv', folder], here);
    run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', pins], here);
  });
  return undefined;
}
