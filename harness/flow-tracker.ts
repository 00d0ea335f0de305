/** Follows the flows while a trial runs: what each still owes, so that quiet has a reason. */
import type { Flow } from './flow.ts';
import type { HistoryRecord } from './record.ts';
import type { FlowResult } from './verdict.ts';
import type { Owed } from './workload.ts';

interface Keyed {
  /** The agreed fields of the source as one text; undefined while it owes nothing. */
  owes: string | undefined;
  has: string | undefined;
}

interface Tracked {
  readonly flow: Flow;
  readonly keys: Map<string, Keyed>;
  /** Keys that owe and are not settled. */
  readonly open: Set<string>;
}

export class FlowTracker {
  readonly #from = new Map<string, Tracked[]>();
  readonly #to = new Map<string, Tracked[]>();
  readonly #tracked: readonly Tracked[];

  constructor(flows: readonly Flow[]) {
    this.#tracked = flows.map((flow) => ({ flow, keys: new Map(), open: new Set() }));
    for (const tracked of this.#tracked) {
      const { from, to } = tracked.flow;
      register(this.#from, `${from.system} ${from.document}`, tracked);
      register(this.#to, `${to.system} ${to.document}`, tracked);
    }
  }

  /** Takes one record of the history in. */
  see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const shape = `${record.system} ${record.document}`;
    for (const tracked of this.#from.get(shape) ?? []) source(tracked, record.data);
    for (const tracked of this.#to.get(shape) ?? []) target(tracked, record.data);
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

function source(tracked: Tracked, document: unknown): void {
  const { flow } = tracked;
  const owing = flow.from.when?.(document) ?? true;
  const text = owing ? fingerprint(flow, document, 'from') : undefined;
  for (const key of keysOf(flow.key.from(document))) {
    const state = stateOf(tracked, key);
    // A document that stops owing (cancelled before it left) keeps what it already caused.
    state.owes = text ?? (state.has === undefined ? undefined : state.owes);
    settle(tracked, key, state);
  }
}

function target(tracked: Tracked, document: unknown): void {
  const { flow } = tracked;
  if (!(flow.to.where?.(document) ?? true)) return;
  const text = fingerprint(flow, document, 'to');
  for (const key of keysOf(flow.key.to(document))) {
    const state = stateOf(tracked, key);
    state.has = text;
    settle(tracked, key, state);
  }
}

function settle({ open }: Tracked, key: string, state: Keyed): void {
  if (state.owes === undefined || state.owes === state.has) open.delete(key);
  else open.add(key);
}

function stateOf({ keys }: Tracked, key: string): Keyed {
  let state = keys.get(key);
  if (state === undefined) keys.set(key, (state = { owes: undefined, has: undefined }));
  return state;
}

const keysOf = (keys: string | readonly string[] | undefined): readonly string[] => {
  if (keys === undefined) return [];
  return typeof keys === 'string' ? [keys] : keys;
};

const fingerprint = (flow: Flow, document: unknown, side: 'from' | 'to'): string =>
  flow.agree.map((rule) => String(rule[side](document))).join('\u0001');
