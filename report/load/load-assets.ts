/** The page's script: the package has it built, a checkout bundles it when it is first asked for. */
import { existsSync, readFileSync } from 'node:fs';

const builtScript = new URL('./browser.js', import.meta.url);

export async function loadScript(): Promise<string> {
  if (existsSync(builtScript)) return readFileSync(builtScript, 'utf8');
  const { bundleBrowser } = await import('../page/bundle-browser.ts');
  return (await bundleBrowser('../load/browser/main.ts'))
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll('<!--', '<\\!--');
}
