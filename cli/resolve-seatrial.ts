/**
 * Lets a trial file write `import ... from 'seatrial'` wherever it lies: it gets the seatrial that runs
 * it, not a second copy of another version whose trials this one would not know.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

let registered = false;

/** `seatrial` and `seatrial/simulators` mean this very package from now on. */
export function resolveSeatrial(): void {
  if (registered) return;
  registered = true;
  registerHooks({
    resolve: (specifier, context, next) => {
      const url = ownModule(specifier);
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
    },
  });
}

/** Unbuilt this is `../index.ts`, built `../index.js`. */
function ownModule(specifier: string): string | undefined {
  const name = specifier === 'seatrial' ? 'index' : /^seatrial\/([\w-]+)$/.exec(specifier)?.[1];
  if (name === undefined) return undefined;
  const { href } = new URL(`../${name}${extname(import.meta.url)}`, import.meta.url);
  return existsSync(fileURLToPath(href)) ? href : undefined;
}
