/**
 * Draws a swimlane: an ordered list with a row for each thing that happened, placed on lanes by style.
 * To who cannot see it, it reads as the list it is.
 */
import type { HistoryRecord } from '../../../harness/record.ts';
import { append, element } from './dom.ts';
import { model } from './model.ts';
import { type Badge, type SwimlaneRow, swimlaneRows } from './swimlane-rows.ts';
import { exactly, lasted, onClock } from './times.ts';

export interface SwimlaneOptions {
  readonly label: string;
  /** Places that prove a violation; marked, and never left out. */
  readonly proofs?: ReadonlySet<number>;
  /** What the story says of a record. */
  readonly said?: ReadonlyMap<number, string>;
  /** Rows at most; those nearest to the proofs stay. Default 120. */
  readonly atMost?: number;
}

export function swimlane(records: readonly HistoryRecord[], options: SwimlaneOptions): HTMLElement {
  const { proofs = new Set(), atMost = 120, label } = options;
  const rows = swimlaneRows(records);
  const shown = nearest(rows, proofs, atMost);
  const list = element('ol', { class: 'lane-rows', 'aria-label': label });
  let before: number | undefined;
  for (const row of shown) {
    list.append(rowElement(row, before, options));
    before = row.at;
  }
  const lanes = element(
    'div',
    { class: 'lanes', '--lanes': model.lanes.length },
    laneHeads(),
    list,
  );
  const scroller = element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    lanes,
  );
  const cut = rows.length - shown.length;
  return element(
    'div',
    { class: 'swimlane' },
    toolbar(lanes, shown, proofs.size > 0),
    scroller,
    cut > 0 && element('p', { class: 'soft' }, `${cut} rows further away are not shown.`),
  );
}

const laneHeads = (): HTMLElement =>
  element(
    'div',
    { class: 'lane-heads', 'aria-hidden': 'true' },
    element('span', { class: 'lane-time' }, 'time'),
    model.lanes.map(({ name, title }) =>
      element('span', { class: name === 'integration' ? 'lane-head middle' : 'lane-head' }, title),
    ),
  );

/** Reads change nothing and crowd the picture, so they are shown on demand. */
function toolbar(lanes: HTMLElement, rows: readonly SwimlaneRow[], proven: boolean): HTMLElement {
  const reads = rows.filter(({ safe }) => safe === true).length;
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('change', () => lanes.classList.toggle('with-reads', box.checked));
  return element(
    'div',
    { class: 'lane-tools' },
    legend(proven),
    reads > 0 && element('label', {}, box, ` Show look-ups (${reads})`),
  );
}

const legend = (proven: boolean): HTMLElement =>
  element(
    'p',
    { class: 'legend', 'aria-hidden': 'true' },
    element('span', { class: 'legend-arrow' }, 'message or call'),
    element('span', { class: 'legend-arrow answer' }, 'answer'),
    element('span', { class: 'legend-arrow lost' }, 'lost on the way'),
    element('span', { class: 'legend-box' }, 'committed'),
    element('span', { class: 'badge fault' }, 'fault'),
    proven && element('span', { class: 'legend-proof' }, 'proves the violation'),
  );

function nearest(
  rows: readonly SwimlaneRow[],
  proofs: ReadonlySet<number>,
  atMost: number,
): SwimlaneRow[] {
  if (rows.length <= atMost) return [...rows];
  const places = [...proofs];
  const distance = ({ position }: SwimlaneRow): number =>
    places.length === 0 ? position : Math.min(...places.map((each) => Math.abs(each - position)));
  return [...rows]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, atMost)
    .sort((a, b) => a.position - b.position);
}

/** Pauses longer than this are told, because rows stand close whatever time lies between them. */
const pauseMs = 1000;

function rowElement(
  row: SwimlaneRow,
  before: number | undefined,
  { proofs, said }: SwimlaneOptions,
): HTMLElement {
  const proof = proofs?.has(row.position) === true;
  const paused = before !== undefined && row.at - before > pauseMs;
  const sentence = said?.get(row.position);
  const classes = [
    'lane-row',
    row.shape,
    ...(row.answer === true ? ['answer'] : []),
    ...(row.cut === true ? ['cut'] : []),
    ...(row.safe === true && !proof ? ['read'] : []),
    ...(row.actor === true ? ['actor'] : []),
    ...(proof ? ['proof'] : []),
  ];
  return element(
    'li',
    { class: classes.join(' '), ...(sentence === undefined ? {} : { title: sentence }) },
    paused && element('span', { class: 'pause' }, `${lasted(row.at - (before as number))} later`),
    element('time', { class: 'lane-time', title: onClock(row.at) }, exactly(row.at)),
    proof && element('span', { class: 'aside' }, 'Proof: '),
    figure(row),
  );
}

function figure(row: SwimlaneRow): HTMLElement {
  const names = model.lanes.map(({ name }) => name);
  const lane = (name: string | undefined): number => Math.max(0, names.indexOf(name ?? ''));
  const [from, to] = [lane(row.from), lane(row.to)];
  const title = (index: number): string => model.lanes[index]?.title ?? '';
  const text = [
    element('span', { class: 'what' }, row.title),
    row.detail !== undefined && element('span', { class: 'detail' }, row.detail),
    badges(row.badges),
  ];
  if (row.shape === 'line') return element('span', { class: 'across' }, text);
  if (row.shape === 'box') {
    return element(
      'span',
      { class: 'box-at', '--at': from },
      element('span', { class: 'aside' }, `${title(from)}: `),
      text,
    );
  }
  const made = element('span', {
    class: to < from ? 'wire left' : 'wire right',
    '--from': Math.min(from, to),
    '--span': Math.max(1, Math.abs(to - from)),
  });
  const way = `${title(from)} to ${title(to)}${row.cut === true ? ', lost' : ''}: `;
  append(made, [
    element('span', { class: 'aside' }, way),
    element('span', { class: 'wire-text' }, text),
    row.shape === 'arrow' && element('span', { class: 'shaft', 'aria-hidden': 'true' }),
  ]);
  return made;
}

const badges = (all: readonly Badge[]): HTMLElement | false =>
  all.length > 0 &&
  element(
    'span',
    { class: 'badges' },
    all.map(({ text, kind }) => element('span', { class: `badge ${kind}` }, text)),
  );
