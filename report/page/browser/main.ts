/** What the page does beside being read: it runs when the page has loaded, and asks nobody anything. */
import { charts } from './charts.ts';
import { copyButtons, filters, themeSwitch } from './controls.ts';
import { byId } from './dom.ts';
import { Finder } from './finder.ts';
import { showJourney } from './journey.ts';
import { violations } from './violations.ts';

const finder = new Finder((key) => {
  location.hash = `journey=${encodeURIComponent(key)}`;
});

/** A journey has an address, so that it can be linked to and gone back from. */
async function route(): Promise<void> {
  const match = /^#journey=(.+)$/.exec(location.hash);
  if (match === null) return;
  const key = decodeURIComponent(match[1] as string);
  finder.value = key;
  await showJourney(key);
  byId('journey').scrollIntoView({ block: 'start' });
  byId('journey-place').focus({ preventScroll: true });
}

themeSwitch();
copyButtons();
filters();
charts();
violations();
addEventListener('hashchange', () => void route());
void route();
document.documentElement.dataset['ready'] = '';
