/** What the page knows at once: the small part of it, parsed when the page opens. */
import type { BrowserModel } from '../page-report.ts';
import { byId } from './dom.ts';

export const model = JSON.parse(byId('model').textContent ?? '') as BrowserModel;
