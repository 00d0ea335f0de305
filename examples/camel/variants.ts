/** The three syncs: which routes each is made of, and what is expected of it on a bad day. */
import type { Variant } from '../engines/variant.ts';
import { here, javaCommand } from './installed.ts';

const variant = (
  name: string,
  expected: Variant['expected'],
  ...routes: readonly string[]
): Variant => ({
  name,
  expected,
  integration: {
    kind: 'process',
    cwd: here,
    command: javaCommand(routes),
    readyTimeoutMs: 60_000,
  },
});

export const naive = variant('naive', 'violated', 'carry', 'naive');
export const idempotent = variant('idempotentConsumer', 'violated', 'carry', 'idempotent');
export const hardened = variant('hardened', 'holds', 'hardened', 'sweep');
