/** Part of `npm run build`: puts the bundled script and the styles where the built package looks. */
import { cpSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleBrowser } from './bundle-browser.ts';

const target = new URL('../../dist/report/page/', import.meta.url);
cpSync(fileURLToPath(new URL('./styles', import.meta.url)), new URL('styles', target), {
  recursive: true,
});
writeFileSync(new URL('browser.js', target), await bundleBrowser('browser/main.ts'));
