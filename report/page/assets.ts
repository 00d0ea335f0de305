/**
 * The script and the styles that a page carries inside it. The package has the script built; a
 * checkout of the repository bundles it when it is first asked for.
 */
import { existsSync, readFileSync } from 'node:fs';

export interface Assets {
  readonly script: string;
  readonly styles: string;
}

const builtScript = new URL('./browser.js', import.meta.url);

export async function pageAssets(): Promise<Assets> {
  const { bundleBrowser } = existsSync(builtScript)
    ? { bundleBrowser: () => readFileSync(builtScript, 'utf8') }
    : await import('./bundle-browser.ts');
  return {
    script: inScript(await bundleBrowser('browser/main.ts')),
    styles: stylesOf('tokens.css', 'page.css', 'swimlane.css'),
  };
}

/** The stylesheets of that name, one after the other. */
export const stylesOf = (...names: readonly string[]): string =>
  names.map((name) => readFileSync(new URL(`./styles/${name}`, import.meta.url), 'utf8')).join('');

/** Nothing in a script may look like its end, or like a comment of HTML. */
const inScript = (code: string): string =>
  code
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--')
    .replaceAll('\r\n', '\n');
