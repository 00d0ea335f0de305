/** The page's script: the package has it built, a checkout bundles it when it is first asked for. */
import { browserScript, inScript } from '../page/assets.ts';

const builtScript = new URL('./browser.js', import.meta.url);

export const loadScript = async (): Promise<string> =>
  inScript(await browserScript(builtScript, '../load/browser/main.ts'));
