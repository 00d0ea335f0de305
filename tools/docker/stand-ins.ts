/**
 * Stand-ins for public images on a machine that cannot pull: made from scratch, of this machine's own
 * Debian files, the Node from npm and the Go programs of `npm run tools`, under the public names. They
 * hold what seatrial's Dockerfile and composition use of the real ones, and carry a label that says so.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { images } from './images.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = join(root, '.tools/bin');
const certificates = '/etc/ssl/certs/ca-certificates.crt';

interface StandIn {
  /** Programs of `npm run tools` that it is made of. */
  readonly tools?: readonly string[];
  /** Puts its files below `folder`. */
  readonly fill: (folder: string) => void;
  /** The lines of its Dockerfile after `FROM scratch` and the files. */
  readonly lines: readonly string[];
}

export const standIns: Readonly<Record<string, StandIn>> = {
  [images.build]: {
    fill: (folder) => {
      program('/usr/bin/dash', folder, 'bin/sh');
      for (const name of ['rm', 'find', 'mkdir', 'mv']) {
        const found = [`/usr/bin/${name}`, `/bin/${name}`].find((path) => existsSync(path));
        program(found as string, folder, `usr/bin/${name}`);
      }
      program(process.execPath, folder, 'usr/local/bin/node');
      cpSync(npmFolder(), join(folder, 'usr/local/lib/node_modules/npm'), { recursive: true });
      symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'usr/local/bin/npm'));
      program('/usr/bin/env', folder, 'usr/bin/env');
      copy(certificates, folder, certificates);
      mkdirSync(join(folder, 'tmp'), { mode: 0o1777 });
      mkdirSync(join(folder, 'root'));
    },
    lines: [
      'ENV PATH=/usr/local/bin:/usr/bin:/bin HOME=/root',
      `ENV NODE_EXTRA_CA_CERTS=${certificates}`,
      'CMD ["node"]',
    ],
  },
  [images.runtime]: {
    fill: (folder) => {
      program(process.execPath, folder, 'nodejs/bin/node');
      copy(certificates, folder, certificates);
      text(
        folder,
        'etc/passwd',
        'root:x:0:0:root:/root:/\nnonroot:x:65532:65532::/home/nonroot:/\n',
      );
      text(folder, 'etc/group', 'root:x:0:\nnonroot:x:65532:\n');
      mkdirSync(join(folder, 'tmp'), { mode: 0o1777 });
    },
    lines: ['USER 65532', 'WORKDIR /home/nonroot', 'ENTRYPOINT ["/nodejs/bin/node"]'],
  },
  [images.toxiproxy]: {
    tools: ['toxiproxy-server', 'toxiproxy-cli'],
    fill: (folder) => {
      copy(join(tools, 'toxiproxy-server'), folder, 'toxiproxy');
      copy(join(tools, 'toxiproxy-cli'), folder, 'toxiproxy-cli');
    },
    lines: ['EXPOSE 8474', 'ENTRYPOINT ["/toxiproxy"]', 'CMD ["-host=0.0.0.0"]'],
  },
  [images.k6]: {
    tools: ['k6'],
    fill: (folder) => {
      copy(join(tools, 'k6'), folder, 'usr/bin/k6');
      text(folder, 'etc/passwd', 'k6:x:12345:12345::/home/k6:/\n');
      mkdirSync(join(folder, 'tmp'), { mode: 0o1777 });
    },
    lines: ['USER 12345', 'WORKDIR /home/k6', 'ENTRYPOINT ["/usr/bin/k6"]'],
  },
};

/** A program with every library that it is linked with. */
function program(path: string, folder: string, to: string): void {
  const real = realpathSync(path);
  copy(real, folder, to);
  const { stdout: linked } = spawnSync('ldd', [real], { encoding: 'utf8' });
  for (const [, library] of linked.matchAll(/\s(\/\S+) \(0x/g)) {
    copy(library as string, folder, library as string);
  }
  // Addons of Node look for more of the C library than Node itself.
  const { stdout: files } = spawnSync('dpkg', ['-L', 'libc6'], { encoding: 'utf8' });
  for (const [library] of files.matchAll(/^\/lib\/[\w-]+\/lib\w+\.so\.\d+$/gm)) {
    copy(library, folder, library);
  }
}

function copy(from: string, folder: string, to: string): void {
  const target = join(folder, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(realpathSync(from), target);
}

function text(folder: string, to: string, content: string): void {
  const target = join(folder, to);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

/** Where the `npm` of PATH lies. */
function npmFolder(): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error('There is no npm on PATH.');
  return join(dirname(realpathSync(found)), '..');
}
