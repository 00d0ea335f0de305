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

export const pageAssets = async (): Promise<Assets> => ({
  script: inScript(await browserScript(builtScript, 'browser/main.ts')),
  styles: stylesOf('tokens.css', 'base.css', 'page.css', 'swimlane.css'),
});

/** The script as it was built, or bundled from the entry that `bundleBrowser` is to take. */
export async function browserScript(built: URL, entry: string): Promise<string> {
  if (existsSync(built)) return readFileSync(built, 'utf8');
  const { bundleBrowser } = await import('./bundle-browser.ts');
  return bundleBrowser(entry);
}

/** The stylesheets of that name, one after the other. */
export const stylesOf = (...names: readonly string[]): string =>
  names.map((name) => readFileSync(new URL(`./styles/${name}`, import.meta.url), 'utf8')).join('');

/** Nothing in a script may look like its end, or like a comment of HTML. */
export const inScript = (code: string): string =>
  code
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--')
    .replaceAll('\r\n', '\n');
