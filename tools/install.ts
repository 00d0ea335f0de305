/**
 * `npm run tools`: installs the real programs that seatrial can use into `.tools/bin`, pinned. They
 * are Go programs, so Go is all that it takes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.tools/bin/', import.meta.url));

const programs = [
  {
    // The binary is called after its folder.
    built: 'server',
    name: 'toxiproxy-server',
    module: 'github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0',
  },
  {
    built: 'cli',
    name: 'toxiproxy-cli',
    module: 'github.com/Shopify/toxiproxy/v2/cmd/cli@v2.12.0',
  },
  { built: 'k6', name: 'k6', module: 'go.k6.io/k6@v1.8.1' },
];

const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const { built, name, module } of programs) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (existsSync(join(folder, name))) {
    console.log(`${name} is there: ${join(folder, name)}`);
    continue;
  }
  console.log(`${name}: go install ${module}`);
  const { status, error } = spawnSync('go', ['install', module], {
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error(
      error === undefined
        ? `Failed to install ${name}: go ended with code ${status}.`
        : `Failed to install ${name}: ${error.message}. Install Go 1.23 or later.`,
    );
    process.exit(1);
  }
  if (built !== name) renameSync(join(folder, built), join(folder, name));
}
