/**
 * Node-RED under test: the same bad day for a naive flow and for a hardened one, each in a process of
 * its own. Exit code 0 when the naive one is violated, the hardened one holds, and the naive one keeps
 * every promise on a day without faults (otherwise this would be no test of the faults).
 */
import { parseArgs } from 'node:util';
import { compare } from '../engines/compare.ts';
import { remedies } from './remedies.ts';
import { hardened, naive } from './variants.ts';

const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const asExpected = await compare({
  engine: 'Node-RED',
  variants: [naive, hardened],
  remedies,
  script: 'example:node-red',
  ...(values.seed === undefined ? {} : { seed: values.seed }),
});
process.exitCode = asExpected ? 0 : 1;
