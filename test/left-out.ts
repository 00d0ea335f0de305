/**
 * A test that needs a program which is not on every machine: where it is not, one line says what was
 * left out and how to have it. Where `SEATRIAL_REQUIRE` names it (`toxiproxy,go,docker`), as in CI,
 * leaving it out is a failure.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether to leave a test out. Throws when that may not be. */
export function leftOut(name: string, found: boolean, what: string, remedy: string): boolean {
  if (found) return false;
  const required = (process.env['SEATRIAL_REQUIRE'] ?? '').split(',').map((each) => each.trim());
  if (required.includes(name)) {
    throw new Error(`SEATRIAL_REQUIRE asks for "${name}", and it is not here. ${remedy}`);
  }
  if (firstToSay(name)) console.warn(`Left out: ${what}. ${remedy}`);
  return true;
}

/** Test files run in processes of their own, under the one that this run began with. */
function firstToSay(name: string): boolean {
  const folder = join(tmpdir(), 'seatrial-left-out');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, `${process.ppid}-${name}`), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
