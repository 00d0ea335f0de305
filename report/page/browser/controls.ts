/** Small helpers of the page: the switch for dark and light, copying commands, filtering tables. */
import { byId, say } from './dom.ts';

type Theme = 'dark' | 'light';

/** Follows the machine until somebody chooses; the choice is kept where the browser allows it. */
export function themeSwitch(): void {
  const root = document.documentElement;
  const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
  const machine = matchMedia('(prefers-color-scheme: dark)');
  const now = (): Theme =>
    (root.dataset['theme'] as Theme | undefined) ?? (machine.matches ? 'dark' : 'light');
  const label = (): void => {
    if (button !== null) button.textContent = now() === 'dark' ? 'Light mode' : 'Dark mode';
  };
  const remembered = attempt(() => localStorage.getItem('seatrial-theme'));
  if (remembered === 'dark' || remembered === 'light') root.dataset['theme'] = remembered;
  label();
  machine.addEventListener('change', label);
  button?.addEventListener('click', () => {
    const theme = now() === 'dark' ? 'light' : 'dark';
    root.dataset['theme'] = theme;
    attempt(() => localStorage.setItem('seatrial-theme', theme));
    label();
    say(`${theme} mode`);
  });
}

/** Pages opened as files may keep nothing in some browsers. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export function copyButtons(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-copy]');
    if (button !== null) void copy(button);
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const done = await copied(button.dataset['copy'] ?? '', button);
  button.textContent = done ? 'Copied' : 'Press Ctrl+C';
  say(done ? 'Copied.' : 'Selected: press Ctrl+C to copy.');
}

/** Without leave to write the clipboard the text is selected, so that a key press copies it. */
async function copied(text: string, button: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const code = button.parentElement?.querySelector('code');
    if (code !== null && code !== undefined) getSelection()?.selectAllChildren(code);
    return false;
  }
}

export function filters(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-filter]')) {
    const rows = [...byId(form.dataset['filter'] ?? '').querySelectorAll<HTMLElement>('tbody tr')];
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      const data = new FormData(form);
      const statuses = new Set(data.getAll('status'));
      const wanted = String(data.get('text') ?? '')
        .trim()
        .toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const fits =
          statuses.has(row.dataset['status'] ?? '') &&
          (row.textContent ?? '').toLowerCase().includes(wanted);
        row.hidden = !fits;
        if (fits) shown++;
      }
      const output = form.querySelector('output');
      if (output !== null) output.textContent = `${shown} of ${rows.length} shown`;
    });
  }
}
