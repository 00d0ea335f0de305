/** Follows the flows while a trial runs: what each still owes, so that quiet has a reason. */
import {
  type Settlement,
  isLapse,
  isOpen,
  listOfKeys,
  newSettlement,
  shapeOf,
  takeLapse,
  takeSource,
  takeTarget,
} from './flow-settlement.ts';
import type { Flow, FlowDocument } from './flow.ts';
import type { HistoryRecord } from './record.ts';
import type { FlowResult } from './verdict.ts';
import type { Owed } from './workload.ts';
import type { World } from './world.ts';

interface Keyed extends Settlement {
  /** Places in the history of the commits that brought the documents. */
  owesAt: number;
  hasAt: number;
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
type Recall = (position: number) => FlowDocument;

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
      register(this.#from, shapeOf(from), tracked);
      register(this.#to, shapeOf(to), tracked);
      if (lapses) register(this.#lapses, shapeOf(lapses), tracked);
    }
  }

  /** Takes one record of the history in. */
  see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const { data, position } = record;
    const shape = shapeOf(record);
    for (const tracked of this.#from.get(shape) ?? []) {
      if (!isLapse(tracked.flow, record)) source(tracked, data, position);
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
  const { flow } = tracked;
  for (const key of listOfKeys(flow.key.from(document))) {
    const state = stateOf(tracked, key);
    // Only ranks are compared with what was there before.
    if (flow.from.rank !== undefined) recallOwed(tracked, state);
    if (takeSource(flow, state, document)) state.owesAt = position;
    settle(tracked, key, state);
  }
}

function target(tracked: Tracked, document: FlowDocument, position: number): void {
  const { flow } = tracked;
  for (const key of listOfKeys(flow.key.to(document))) {
    const state = stateOf(tracked, key);
    takeTarget(flow, state, document);
    state.hasAt = position;
    settle(tracked, key, state);
  }
}

function lapse(tracked: Tracked, document: FlowDocument): void {
  const { flow, keys } = tracked;
  for (const key of listOfKeys(flow.lapses?.key(document))) {
    const state = keys.get(key);
    if (state === undefined) continue;
    takeLapse(flow, state, document);
    settle(tracked, key, state);
  }
}

function settle(tracked: Tracked, key: string, state: Keyed): void {
  const { flow, open, moved } = tracked;
  const owes = state.owes !== undefined && isOpen(flow, recalled(tracked, state));
  if (!owes) letGo(tracked, state);
  if (owes === open.has(key)) return;
  if (owes) open.add(key);
  else open.delete(key);
  moved?.(flow, key, owes);
}

function stateOf({ keys }: Tracked, key: string): Keyed {
  let state = keys.get(key);
  if (state === undefined) keys.set(key, (state = { ...newSettlement(), owesAt: -1, hasAt: -1 }));
  return state;
}

function recalled(tracked: Tracked, state: Keyed): Settlement {
  recallOwed(tracked, state);
  if (state.has === elsewhere) state.has = tracked.recall?.(state.hasAt);
  return state;
}

function recallOwed({ recall }: Tracked, state: Keyed): void {
  if (state.owes === elsewhere) state.owes = recall?.(state.owesAt);
}

function letGo({ recall }: Tracked, state: Keyed): void {
  if (recall === undefined) return;
  if (state.owes !== undefined) state.owes = elsewhere;
  if (state.has !== undefined) state.has = elsewhere;
}

/** Reads documents again where the history is kept on disk; elsewhere they are held by it anyway. */
export function recallFrom({ archive, history }: World): Recall | undefined {
  if (archive === undefined) return undefined;
  return (position) => {
    const record = history.at(position);
    return record?.type === 'commit' ? record.data : undefined;
  };
}
