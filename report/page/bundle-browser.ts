/**
 * Bundles the page's browser side, its charting library included, into one script. Rolldown is a
 * tool of development: the package ships what `npm run build` made with it.
 */
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/** Bundles already made: the sources do not change while a process runs. */
const made = new Map<string, Promise<string>>();

/** `entry` is a TypeScript file beside this one, e.g. `browser/main.ts`. */
export function bundleBrowser(entry: string): Promise<string> {
  let bundled = made.get(entry);
  if (bundled === undefined) made.set(entry, (bundled = bundle(entry)));
  return bundled;
}

async function bundle(entry: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(entry, import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify: true });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}
