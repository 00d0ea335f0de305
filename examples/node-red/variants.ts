/** The two flows, and what is expected of each on a bad day. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Variant } from '../engines/variant.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** What is missing for Node-RED to start, in a line; undefined when nothing is. */
export const missing = (): string | undefined =>
  existsSync(`${here}node_modules/node-red/red.js`)
    ? undefined
    : 'It comes with: npm --prefix examples/node-red ci';

const variant = (name: string, expected: Variant['expected']): Variant => ({
  name,
  expected,
  integration: {
    kind: 'process',
    cwd: here,
    command: `node start.mjs flows/${name}.json`,
    readyTimeoutMs: 60_000,
  },
});

export const naive = variant('naive', 'violated');
export const hardened = variant('hardened', 'holds');
