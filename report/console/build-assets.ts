/** Part of `npm run build`: puts the console's bundled script and its styles where the built package looks. */
import { cpSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleBrowser } from '../page/bundle-browser.ts';

const target = new URL('../../dist/report/console/', import.meta.url);
cpSync(fileURLToPath(new URL('./styles', import.meta.url)), new URL('styles', target), {
  recursive: true,
});
writeFileSync(new URL('browser.js', target), await bundleBrowser('../console/browser/main.ts'));
