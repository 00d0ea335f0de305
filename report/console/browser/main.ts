/** The console: chooses a landscape, listens to it, and comes back when the connection breaks. */
import { byId, element } from '../../page/browser/dom.ts';
import type { LiveView, StoryLineView, VerdictLive } from '../live-view.ts';
import { Refused, call, keepToken, listen, takeToken } from './api.ts';
import { drawCharts } from './charts.ts';
import { controls, showControls } from './controls.ts';
import { clearPanels, showState, showStory, showVerdict, storyFinder } from './panels.ts';

const againMs = 1000;

let current = '';
let listening = new AbortController();
let token = takeToken();

function link(state: 'live' | 'waiting' | 'lost', text: string): void {
  byId('link').dataset['state'] = state;
  byId('link-text').textContent = text;
}

function hear(event: string, data: unknown): void {
  if (event === 'state') {
    const state = data as LiveView;
    link('live', 'live');
    showState(state);
    showControls(state);
    drawCharts(state.series);
  } else if (event === 'story') showStory(data as StoryLineView[]);
  else if (event === 'verdict') showVerdict(data as VerdictLive);
}

/** The landscapes there are; the one that is shown stays chosen as long as it is there. */
async function choose(): Promise<void> {
  const { items } = await call<{ items: { id: string }[] }>('GET', '/v1/landscapes');
  const ids = items.map(({ id }) => id);
  const select = byId<HTMLSelectElement>('landscape');
  select.replaceChildren(...ids.map((id) => element('option', { value: id }, id)));
  if (!ids.includes(current)) current = ids.at(-1) ?? '';
  select.value = current;
}

async function watch(): Promise<void> {
  listening.abort();
  listening = new AbortController();
  const { signal } = listening;
  clearPanels();
  while (!signal.aborted) {
    try {
      await choose();
      if (current === '') link('waiting', 'no landscape yet');
      else {
        clearPanels();
        await listen(`/v1/landscapes/${encodeURIComponent(current)}/live`, signal, hear);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused && error.status === 401) return askToken();
      link('lost', 'connection lost');
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

function askToken(): void {
  link('waiting', 'token needed');
  byId('ask').hidden = false;
  byId('token').focus();
}

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  keepToken(byId<HTMLInputElement>('token').value.trim());
  token = takeToken();
  byId('ask').hidden = true;
  void watch();
});
byId('landscape').addEventListener('change', (event) => {
  current = (event.target as HTMLSelectElement).value;
  void watch();
});
controls(() => current);
storyFinder();
if (token === '') askToken();
else void watch();
