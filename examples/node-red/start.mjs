/** `node start.mjs flows/naive.json`: Node-RED with one flow file, as a trial starts an integration. */
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const child = spawn(
  process.execPath,
  [join(here, 'node_modules/node-red/red.js'), '--settings', join(here, 'settings.cjs')],
  {
    stdio: 'inherit',
    env: { ...process.env, FLOW_FILE: resolve(here, process.argv[2] ?? 'flows/naive.json') },
  },
);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
