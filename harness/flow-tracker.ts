/** Follows the flows while a trial runs: what each still owes, so that quiet has a reason. */
import { type Flow, type FlowDocument, agrees } from './flow.ts';
import type { HistoryRecord } from './record.ts';
import type { FlowResult } from './verdict.ts';
import type { Owed } from './workload.ts';
import type { World } from './world.ts';

interface Keyed {
  /** The last word of the source; undefined while it owes nothing. */
  owes: FlowDocument;
  /** The target as it is, whether or not it counts as an answer. */
  has: FlowDocument;
  /** Places in the history of the commits that brought them. */
  owesAt: number;
  hasAt: number;
  /** Whether it ever counted: an answer that was cancelled since was an answer. */
  arrived: boolean;
  /** What it was about is no more. */
  lapsed: boolean;
}

interface Tracked {
  readonly flow: Flow;
  readonly keys: Map<string, Keyed>;
  /** Keys that owe and are not settled. */
  readonly open: Set<string>;
  readonly moved: FlowListener | undefined;
  readonly recall: Recall | undefined;
}

/** The document of a commit, read again. */
export type Recall = (position: number) => FlowDocument;

/** Stands for a document that is read again when it is needed. */
const elsewhere = Symbol('elsewhere');

/** Hears when a key begins to owe its flow something, and when it is settled. */
export type FlowListener = (flow: Flow, key: string, owes: boolean) => void;

export class FlowTracker {
  readonly #from = new Map<string, Tracked[]>();
  readonly #to = new Map<string, Tracked[]>();
  readonly #lapses = new Map<string, Tracked[]>();
  readonly #tracked: readonly Tracked[];

  /** With `recall`, the documents of keys that are settled are not held. */
  constructor(flows: readonly Flow[], moved?: FlowListener, recall?: Recall) {
    this.#tracked = flows.map((flow) => ({
      flow,
      keys: new Map(),
      open: new Set(),
      moved,
      recall,
    }));
    for (const tracked of this.#tracked) {
      const { from, to, lapses } = tracked.flow;
      register(this.#from, `${from.system} ${from.document}`, tracked);
      register(this.#to, `${to.system} ${to.document}`, tracked);
      if (lapses) register(this.#lapses, `${lapses.system} ${lapses.document}`, tracked);
    }
  }

  /** Takes one record of the history in. */
  see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const { data, position } = record;
    const shape = `${record.system} ${record.document}`;
    for (const tracked of this.#from.get(shape) ?? []) {
      if (!isLapse(tracked.flow, shape, data)) source(tracked, data, position);
    }
    for (const tracked of this.#to.get(shape) ?? []) target(tracked, data, position);
    for (const tracked of this.#lapses.get(shape) ?? []) lapse(tracked, record.data);
  }

  owed(): Owed[] {
    return this.#tracked
      .filter(({ open }) => open.size > 0)
      .map(({ flow, open }) => ({
        what: flow.name,
        count: open.size,
        example: open.values().next().value as string,
      }));
  }

  results(): FlowResult[] {
    return this.#tracked.map(({ flow, keys, open }) => {
      let owed = 0;
      for (const state of keys.values()) if (state.owes !== undefined) owed++;
      return { flow: flow.name, owed, arrived: owed - open.size };
    });
  }
}

function register(map: Map<string, Tracked[]>, shape: string, tracked: Tracked): void {
  const list = map.get(shape);
  if (list) list.push(tracked);
  else map.set(shape, [tracked]);
}

function source(tracked: Tracked, document: FlowDocument, position: number): void {
  const { from, key } = tracked.flow;
  const owing = from.when?.(document) ?? true;
  for (const each of keysOf(key.from(document))) {
    const state = stateOf(tracked, each);
    const overtaken =
      state.owes !== undefined &&
      from.rank !== undefined &&
      from.rank(document) < from.rank(state.owes);
    if (overtaken) continue;
    // A document that stops owing before anything came of it is over; after that its end is owed, too.
    state.owes = owing || state.has !== undefined ? document : undefined;
    state.owesAt = position;
    settle(tracked, each, state);
  }
}

function target(tracked: Tracked, document: FlowDocument, position: number): void {
  for (const each of keysOf(tracked.flow.key.to(document))) {
    const state = stateOf(tracked, each);
    state.has = document;
    state.hasAt = position;
    state.arrived ||= tracked.flow.to.where?.(document) ?? true;
    settle(tracked, each, state);
  }
}

function lapse(tracked: Tracked, document: FlowDocument): void {
  const { lapses } = tracked.flow;
  for (const key of keysOf(lapses?.key(document))) {
    const state = tracked.keys.get(key);
    if (state === undefined) continue;
    remember(tracked, state);
    state.lapsed = lapses?.when(document) ?? false;
    settle(tracked, key, state);
  }
}

/** Whether a document of the source's kind is one that ends what others owe. */
function isLapse({ lapses }: Flow, shape: string, document: FlowDocument): boolean {
  if (lapses === undefined || `${lapses.system} ${lapses.document}` !== shape) return false;
  return lapses.key(document) !== undefined;
}

function settle({ flow, open, moved, recall }: Tracked, key: string, state: Keyed): void {
  const owes = state.owes !== undefined && !isSettled(flow, state);
  if (recall !== undefined && !owes) {
    if (state.owes !== undefined) state.owes = elsewhere;
    if (state.has !== undefined) state.has = elsewhere;
  }
  if (owes === open.has(key)) return;
  if (owes) open.add(key);
  else open.delete(key);
  moved?.(flow, key, owes);
}

function isSettled(flow: Flow, state: Keyed): boolean {
  if (!state.lapsed) return isAnswered(flow, state);
  return flow.lapses?.takesBack !== true || !stands(flow, state.has);
}

const stands = ({ to }: Flow, has: FlowDocument): boolean =>
  has !== undefined && (to.where?.(has) ?? true);

function isAnswered(flow: Flow, { owes, has, arrived }: Keyed): boolean {
  if (has === undefined) return false;
  if (flow.moot?.(owes, has) === true) return true;
  if (!arrived) return false;
  return !stands(flow, has) || flow.agree.every((rule) => agrees(rule, owes, has));
}

function stateOf(tracked: Tracked, key: string): Keyed {
  const { keys } = tracked;
  let state = keys.get(key);
  if (state === undefined) {
    state = {
      owes: undefined,
      has: undefined,
      owesAt: -1,
      hasAt: -1,
      arrived: false,
      lapsed: false,
    };
    keys.set(key, state);
  } else remember(tracked, state);
  return state;
}

function remember({ recall }: Tracked, state: Keyed): void {
  if (state.owes === elsewhere) state.owes = recall?.(state.owesAt);
  if (state.has === elsewhere) state.has = recall?.(state.hasAt);
}

/** Reads documents again where the history is kept on disk; elsewhere they are held by it anyway. */
export function recallFrom({ archive, history }: World): Recall | undefined {
  if (archive === undefined) return undefined;
  return (position) => {
    const record = history.at(position);
    return record?.type === 'commit' ? record.data : undefined;
  };
}

const keysOf = (keys: string | readonly string[] | undefined): readonly string[] => {
  if (keys === undefined) return [];
  return typeof keys === 'string' ? [keys] : keys;
};
