/** Part of `npm run build`: puts the page's bundled script where the built package looks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadScript } from './load-assets.ts';

const target = new URL('../../dist/report/load/', import.meta.url);
mkdirSync(target, { recursive: true });
writeFileSync(new URL('browser.js', target), await loadScript());
