/**
 * What the console's page loads: its script, bundled when the package is built or, in a checkout, when
 * it is first asked for; and its styles, which begin as the report page's do.
 */
import { readFileSync } from 'node:fs';
import { browserScript, stylesOf } from '../page/assets.ts';
import { consolePage } from './console-page.ts';

const builtScript = new URL('./browser.js', import.meta.url);

export interface ConsoleAssets {
  readonly page: string;
  readonly styles: string;
  script(): Promise<string>;
}

export function consoleAssets(): ConsoleAssets {
  let script: Promise<string> | undefined;
  return {
    page: consolePage,
    styles: `${stylesOf('tokens.css', 'base.css')}${readFileSync(new URL('./styles/console.css', import.meta.url), 'utf8')}`,
    script: () => (script ??= browserScript(builtScript, '../console/browser/main.ts')),
  };
}
