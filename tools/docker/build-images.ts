/**
 * `npm run images`: has the images that tests and the composition need, seatrial's own included. What
 * is there is kept, what can be pulled is pulled, for the rest a stand-in is made. `-- --own` builds
 * seatrial's own image only, `-- --only IMAGE` has one of the others.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopwatch } from '../../harness/clock.ts';
import { images, ownImage } from './images.ts';
import { standIns } from './stand-ins.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Some Dockers have the classic builder only, and this is what both can do.
const env = { ...process.env, DOCKER_BUILDKIT: '0' };

function docker(parameters: readonly string[], quiet = false): boolean {
  const { status, stdout, stderr } = spawnSync('docker', parameters, {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0 && !quiet) console.error(`${stdout}${stderr}`.trim());
  return status === 0;
}

const made = createHash('sha256')
  .update(readFileSync(new URL('stand-ins.ts', import.meta.url)))
  .digest('hex');

/** Empty for a public image; `undefined` when there is none. */
function standInLabel(image: string): string | undefined {
  const format = '{{index .Config.Labels "seatrial.stand-in"}}';
  const { status, stdout } = spawnSync('docker', ['image', 'inspect', '-f', format, image], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim().replace('<no value>', '') : undefined;
}

function have(image: string): string {
  const label = standInLabel(image);
  // A stand-in of an earlier day may lack what is asked for now.
  if (label === '' || label === made) return 'is there';
  if (docker(['pull', '--quiet', image], true)) return 'pulled';
  const standIn = standIns[image];
  if (standIn === undefined) fail(`There is no stand-in for ${image}.`);
  install(standIn.tools ?? []);
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-image-'));
  try {
    chmodSync(folder, 0o755);
    standIn.fill(join(folder, 'files'));
    const lines = [
      'FROM scratch',
      `LABEL seatrial.stand-in="${made}"`,
      'COPY files /',
      ...standIn.lines,
    ];
    writeFileSync(join(folder, 'Dockerfile'), `${lines.join('\n')}\n`);
    if (!docker(['build', '--quiet', '--tag', image, folder])) fail(`No stand-in for ${image}.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 'made a stand-in';
}

function install(tools: readonly string[]): void {
  if (tools.length === 0) return;
  const { status } = spawnSync(process.execPath, [join(root, 'tools/install.ts'), ...tools], {
    stdio: 'inherit',
  });
  if (status !== 0) fail(`Without ${tools.join(' and ')} there is no stand-in.`);
}

/** On the host's network: where a registry is to be reached is the host's knowledge. */
function build(): void {
  const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' });
  const parameters = ['build', '--quiet', '--network', 'host', '--tag', ownImage];
  const argument = `NPM_CONFIG_REGISTRY=${registry.stdout.trim()}`;
  if (!docker([...parameters, '--build-arg', argument, '.'])) fail(`Failed to build ${ownImage}.`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function timed(name: string, work: () => string): void {
  const elapsed = stopwatch();
  const what = work();
  console.log(`${name}: ${what} (${(elapsed() / 1000).toFixed(1)} s)`);
}

if (!docker(['version'], true)) {
  fail('Failed to reach Docker: install docker.io or Docker Engine and start its daemon.');
}
const parameters = process.argv.slice(2);
const own = parameters[0] !== '--only';
const toMake = parameters[0] === '--own' ? [images.build, images.runtime] : Object.values(images);
const wanted = own ? toMake : parameters.slice(1);
for (const image of wanted) timed(image, () => have(image));
if (own) {
  timed(ownImage, () => {
    build();
    return 'built';
  });
}
