/** The buttons: each asks the server, says what came of it, and shows what the server refuses. */
import { byId, element, say } from '../../page/browser/dom.ts';
import type { LiveView } from '../live-view.ts';
import { call } from './api.ts';
import { presets } from './presets.ts';

interface Clock {
  readonly paused: boolean;
}

/** `current` names the landscape that is shown. */
export function controls(current: () => string): void {
  const post = async (
    done: string,
    path: string,
    body?: unknown,
    method = 'POST',
  ): Promise<void> => {
    try {
      await call(method, `/v1/landscapes/${encodeURIComponent(current())}${path}`, body);
      tell(done, false);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error), true);
    }
  };
  clockButtons(post);
  faultForm(post);
  byId('heal').addEventListener('click', () => void post('All faults are healed.', '/heal'));
  byId('faults').addEventListener('click', ({ target }) => {
    const fault = target instanceof HTMLElement ? target.dataset['heal'] : undefined;
    if (fault === undefined) return;
    void post(`Healed: ${fault}.`, `/faults/${encodeURIComponent(fault)}`, undefined, 'DELETE');
  });
}

function clockButtons(post: Post): void {
  const pause = byId<HTMLButtonElement>('pause');
  const toggle = (): void => {
    const paused = pause.dataset['paused'] === 'true';
    void post(
      paused ? 'The clock goes on.' : 'The clock stands still.',
      paused ? '/clock/resume' : '/clock/pause',
    );
  };
  const step = (): void => {
    const by = byId<HTMLSelectElement>('step-by').value;
    void post(`Stepped by ${by}.`, '/clock/step', { by });
  };
  pause.addEventListener('click', toggle);
  byId('step').addEventListener('click', step);
  byId('speed').addEventListener('change', (event) => {
    const speed = Number((event.target as HTMLSelectElement).value);
    void post(`Trial time runs ${speed} times as fast.`, '/clock/speed', { speed }, 'PUT');
  });
  shortcuts({ p: toggle, s: step });
}

type Post = (done: string, path: string, body?: unknown, method?: string) => Promise<void>;

function faultForm(post: Post): void {
  const kind = byId<HTMLSelectElement>('fault-kind');
  const rate = byId<HTMLInputElement>('fault-rate');
  for (const [group, strikes] of [
    ['Calls of the integration', 'calls'],
    ['Messages to the integration', 'messages'],
  ] as const) {
    const options = presets.flatMap((preset, index) =>
      preset.strikes === strikes ? [element('option', { value: index }, preset.name)] : [],
    );
    kind.append(element('optgroup', { label: group }, options));
  }
  const usual = (): void => {
    rate.value = String(presets[Number(kind.value)]?.rate ?? 100);
  };
  kind.addEventListener('change', usual);
  usual();
  byId('inject').addEventListener('submit', (event) => {
    event.preventDefault();
    const preset = presets[Number(kind.value)];
    if (preset === undefined) return;
    const system = byId<HTMLSelectElement>('fault-system').value;
    const lasting = byId<HTMLSelectElement>('fault-for').value;
    const link =
      preset.strikes === 'calls' ? `integration -> ${system}` : `${system} -> integration`;
    void post(`Injected: ${preset.name} at ${system}.`, '/faults', {
      kind: preset.kind,
      link,
      options: {
        ...preset.options,
        rate: Math.min(1, Math.max(0.01, Number(rate.value) / 100)),
        ...(lasting === '' ? {} : { for: lasting }),
      },
    });
  });
}

/** Plain letters, and only where nobody is writing. */
function shortcuts(keys: Readonly<Record<string, () => void>>): void {
  document.addEventListener('keydown', (event) => {
    const writing =
      event.target instanceof HTMLElement && event.target.closest('input, select, textarea');
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = keys[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

/** What the buttons show of the clock and of the systems. */
export function showControls({
  clock,
  systems,
  faults,
}: Pick<LiveView, 'clock' | 'systems' | 'faults'>): void {
  const { paused } = clock as Clock;
  const pause = byId<HTMLButtonElement>('pause');
  pause.dataset['paused'] = String(paused);
  pause.textContent = paused ? 'Resume' : 'Pause';
  document.body.dataset['paused'] = String(paused);
  byId<HTMLSelectElement>('speed').disabled = clock.kind === 'virtual';
  byId<HTMLButtonElement>('heal').disabled = faults.every(({ healed }) => healed);
  const select = byId<HTMLSelectElement>('fault-system');
  const names = systems.map(({ name }) => name);
  if (select.dataset['names'] === names.join()) return;
  select.dataset['names'] = names.join();
  select.replaceChildren(...names.map((name) => element('option', {}, name)));
}

function tell(text: string, wrong: boolean): void {
  say(text);
  const toast = element('p', { class: wrong ? 'toast wrong' : 'toast' }, text);
  byId('toasts').replaceChildren(toast);
  toast.addEventListener('animationend', () => toast.remove());
}
