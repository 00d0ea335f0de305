/** The panels: what the server tells, put into their places as text. */
import { describeDuration } from '../../../harness/duration.ts';
import { byId, element, say } from '../../page/browser/dom.ts';
import type { LiveView, StoryLineView, SystemLive, VerdictLive } from '../live-view.ts';

const number = new Intl.NumberFormat('en');

export function showState(state: LiveView): void {
  byId('phase').textContent = state.clock.paused ? 'paused' : (state.phase ?? 'live');
  byId('elapsed').textContent = describeDuration(state.elapsedMs);
  byId('today').textContent = `business date ${state.clock.today}`;
  counts(state);
  byId('systems').replaceChildren(...state.systems.map(systemCard));
  owed(state);
  faults(state);
  exchanges(state);
}

function counts({ counts: all, inFlight, owed: what }: LiveView): void {
  const total = what.reduce((sum, { count }) => sum + count, 0);
  const figures: readonly (readonly [string, number, string?])[] = [
    ['document versions', all.commits],
    ['exchanges', all.exchanges],
    ['messages', all.messages],
    ['refusals', all.refusals],
    ['faults fired', all.faultsFired, 'fault'],
    ['in flight', inFlight, 'flight'],
    ['owed in all', total],
  ];
  byId('counts').replaceChildren(
    ...figures.map(([name, value, tone = '']) =>
      element(
        'div',
        { class: tone },
        element('dt', {}, name),
        element('dd', {}, number.format(value)),
      ),
    ),
  );
}

const systemCard = (system: SystemLive): HTMLElement =>
  element(
    'article',
    { class: 'system' },
    element('h3', {}, system.name, ' ', element('span', { class: 'tag' }, system.dialect)),
    element(
      'dl',
      {},
      fact('exchanges', system.exchanges),
      fact('failed', system.failed, system.failed > 0 ? 'bad' : ''),
      fact('unanswered', system.open, system.open > 0 ? 'bad' : ''),
      fact('messages held', system.held, system.held > 0 ? 'held' : ''),
    ),
    element(
      'ul',
      { class: 'kinds' },
      system.documents
        .filter(({ kind }) => !masterData.has(kind))
        .map(({ kind, documents }) =>
          element('li', {}, inWords(kind), ' ', element('b', {}, number.format(documents))),
        ),
    ),
  );

/** Was there before the trial began. */
const masterData = new Set([
  'Supplier',
  'Material',
  'Plant',
  'CompanyCode',
  'PostingPeriod',
  'TaxCode',
  'PaymentTerms',
]);

const inWords = (kind: string): string => kind.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const fact = (name: string, value: number, tone = ''): HTMLElement =>
  element('div', { class: tone }, element('dt', {}, name), element('dd', {}, number.format(value)));

function owed({ owed: what }: LiveView): void {
  const most = Math.max(1, ...what.map(({ count }) => count));
  const sorted = what.toSorted((a, b) => b.count - a.count);
  byId('owed-sum').textContent = what.length === 0 ? 'nothing: all is quiet' : '';
  byId('owed').replaceChildren(
    ...sorted.map(({ what: name, count, example }) =>
      element(
        'li',
        { '--share': `${Math.round((count / most) * 100)}%` },
        element('span', {}, name),
        element('span', { class: 'mono soft' }, example === undefined ? '' : `e.g. ${example}`),
        element('b', {}, number.format(count)),
      ),
    ),
  );
}

/** Rows stay where they are, so that a button keeps the focus while numbers change. */
function faults({ faults: all }: LiveView): void {
  const body = byId<HTMLTableSectionElement>('faults');
  byId('no-faults').hidden = all.length > 0;
  const labels = all.map(({ fault }) => fault).join('\n');
  if (body.dataset['landscape'] !== labels) {
    body.dataset['landscape'] = labels;
    body.replaceChildren(...all.map(faultRow));
  }
  all.forEach(({ fired, healed }, index) => {
    const row = body.rows[index];
    const button = row?.querySelector('button');
    if (row === undefined || !button) return;
    row.classList.toggle('healed', healed);
    (row.cells[1] as HTMLElement).textContent = number.format(fired);
    button.disabled = healed;
    button.textContent = healed ? 'Healed' : 'Heal';
    button.ariaLabel = `${button.textContent} ${button.dataset['heal'] ?? ''}`;
  });
}

function faultRow({ fault, kind }: LiveView['faults'][number]): HTMLElement {
  const label = `Heal ${fault}`;
  const heal = { type: 'button', class: 'small', 'data-heal': fault, 'aria-label': label };
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('span', { class: 'tag fault' }, kind), ' ', fault),
    element('td', { class: 'number' }),
    element('td', {}, element('button', heal, 'Heal')),
  );
}

function exchanges({ exchanges: recent }: LiveView): void {
  byId('exchanges').replaceChildren(
    ...recent.map(({ afterMs, link, operation, key, outcome, answer }) =>
      element(
        'tr',
        { class: outcome },
        element('td', { class: 'mono' }, describeDuration(afterMs)),
        element('td', {}, link.replace(/^integration -> /, '→ ').replace(/ -> integration$/, ' →')),
        element('td', {}, inWords(operation)),
        element('td', { class: 'mono' }, key ?? ''),
        element('td', {}, element('span', { class: `answer ${outcome}` }, answer)),
      ),
    ),
  );
}

const words = {
  holds: 'holds so far',
  violated: 'violated',
  unknown: 'nothing broken so far',
} as const;

export function showVerdict({ status, invariants }: VerdictLive): void {
  const place = byId('verdict');
  if (place.dataset['status'] !== status) say(`The verdict so far: ${words[status]}.`);
  place.dataset['status'] = status;
  byId('verdict-text').textContent = words[status];
  const of = (wanted: VerdictLive['status']) => invariants.filter((each) => each.status === wanted);
  const asked = of('unknown').filter(({ seen }) => seen > 0);
  const idle = of('unknown').filter(({ seen }) => seen === 0);
  byId('promise-sum').textContent = `${invariants.length} in all`;
  const groups = [
    ['violated', 'broken', of('violated')],
    ['unknown', 'open: something is still owed', asked],
    ['holds', 'kept so far', of('holds')],
    ['unknown', 'not asked yet', idle],
  ] as const;
  groups.forEach(([tone, name, members], index) => promiseGroup(index, tone, name, members));
}

/** The groups stay where they are, so that one that was opened stays open. */
function promiseGroup(
  index: number,
  tone: VerdictLive['status'],
  name: string,
  members: VerdictLive['invariants'],
): void {
  const place = byId('promises');
  let group = place.children[index] as HTMLDetailsElement | undefined;
  if (group === undefined) {
    const parts = [element('summary'), element('ul')];
    group = element('details', { class: `promises ${tone}`, open: index === 0 }, parts);
    place.append(group);
  }
  group.hidden = members.length === 0;
  const [summary, list] = group.children as unknown as [HTMLElement, HTMLElement];
  summary.textContent = `${members.length} ${name}`;
  list.replaceChildren(
    ...members.map(({ invariant, promise, violations, example, reason }) =>
      element(
        'li',
        {},
        element('code', {}, invariant),
        violations > 0 && element('b', { class: 'times' }, ` ×${violations}`),
        element('p', {}, example ?? promise),
        reason !== undefined && reason !== example && element('p', { class: 'soft' }, reason),
      ),
    ),
  );
}

const keptLines = 400;

export function showStory(lines: readonly StoryLineView[]): void {
  const place = byId('story');
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  place.append(
    ...lines.map(({ afterMs, tone, sentence }) =>
      element(
        'li',
        { class: tone, hidden: !matches(sentence) },
        element('time', { class: 'mono' }, `+${describeDuration(afterMs)}`),
        element('span', {}, sentence),
      ),
    ),
  );
  while (place.children.length > keptLines) place.firstElementChild?.remove();
  if (atEnd) place.scrollTop = place.scrollHeight;
}

const matches = (sentence: string): boolean =>
  sentence.toLowerCase().includes(byId<HTMLInputElement>('story-find').value.trim().toLowerCase());

export function storyFinder(): void {
  byId('story-find').addEventListener('input', () => {
    for (const line of byId('story').children) {
      (line as HTMLElement).hidden = !matches(line.lastElementChild?.textContent ?? '');
    }
  });
}

/** Nothing of the landscape before is to be seen in the next. */
export function clearPanels(): void {
  for (const id of ['story', 'promises', 'faults', 'exchanges', 'owed', 'systems', 'counts']) {
    byId(id).replaceChildren();
  }
  delete byId('faults').dataset['landscape'];
}
