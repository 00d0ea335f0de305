/**
 * Which documents belong together. Documents that a flow copies from system to system are one *fact*;
 * a fact descends from those that its documents named when they were born. So an order leads to its
 * receipts, invoices and payments, and not on to the other orders that a payment settles.
 */
import type { Flow, FlowDocument } from '../../harness/flow.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { isCopy, isMasterData, kindOf } from './stages.ts';

export interface LineageModel {
  readonly kinds: readonly { readonly system: string; readonly document: string }[];
  readonly documents: {
    readonly id: readonly string[];
    /** Index in `kinds`. */
    readonly kind: readonly number[];
    /** Number of the fact. */
    readonly fact: readonly number[];
    /** Where each document's versions stand in the history, as differences. */
    readonly commits: readonly (readonly number[])[];
  };
  /** Other names of facts: keys that flows match by and that are no document's number. */
  readonly names: Readonly<Record<string, number>>;
  /** For each fact those it descends from. */
  readonly parents: readonly (readonly number[])[];
}

interface Known {
  readonly index: number;
  readonly kind: number;
  readonly positions: number[];
}

export class Lineage {
  readonly #flows: readonly Flow[];
  readonly #master: ReadonlySet<string>;
  readonly #named: ReadonlySet<string>;
  readonly #kinds = new Map<string, number>();
  readonly #documents = new Map<string, Known>();
  readonly #byId = new Map<string, number[]>();
  readonly #ids: string[] = [];
  readonly #facts = new Sets();
  readonly #flowKeys = new Map<string, number>();
  /** A document for each key of a flow. */
  readonly #names = new Map<string, number>();
  readonly #parents: [child: number, parent: number][] = [];

  constructor(flows: readonly Flow[]) {
    const ends = (chosen: readonly Flow[]): Set<string> =>
      new Set(chosen.flatMap(({ from, to }) => [kindOf(from), kindOf(to)]));
    this.#flows = flows;
    this.#master = ends(flows.filter(isMasterData));
    this.#named = ends(flows);
  }

  see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const name = `${kindOf(record)} ${record.id}`;
    const known = this.#documents.get(name);
    if (known) known.positions.push(record.position);
    const { index } = known ?? this.#born(name, record);
    for (const flow of this.#flows) this.#join(flow, record, index);
  }

  model(): LineageModel {
    const documents = [...this.#documents.values()];
    const factOf = this.#facts.numbered(documents.length);
    const parents: Set<number>[] = [];
    for (const [child, parent] of this.#parents) {
      const [of, from] = [factOf[child] as number, factOf[parent] as number];
      if (of !== from) (parents[of] ??= new Set()).add(from);
    }
    const facts = factOf.reduce((most, each) => Math.max(most, each + 1), 0);
    return {
      kinds: [...this.#kinds.keys()].map((kind) => {
        const [system = '', document = ''] = kind.split(' ');
        return { system, document };
      }),
      documents: {
        id: this.#ids,
        kind: documents.map(({ kind }) => kind),
        fact: factOf,
        commits: documents.map(({ positions }) => differences(positions)),
      },
      names: this.#otherNames(factOf),
      parents: Array.from({ length: facts }, (_, fact) => [...(parents[fact] ?? [])]),
    };
  }

  #otherNames(factOf: readonly number[]): Record<string, number> {
    const ids = new Set(this.#ids);
    // No prototype: a key may be called anything.
    const names = Object.create(null) as Record<string, number>;
    for (const [name, index] of this.#names) {
      if (!ids.has(name)) names[name] = factOf[index] as number;
    }
    return names;
  }

  #born(name: string, record: CommitRecord): Known {
    const kind = kindOf(record);
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, this.#kinds.size);
    const index = this.#facts.add();
    const known = { index, kind: this.#kinds.get(kind) as number, positions: [record.position] };
    this.#documents.set(name, known);
    this.#ids.push(record.id);
    for (const text of textsIn(record.data)) {
      for (const parent of this.#byId.get(text) ?? []) this.#parents.push([index, parent]);
    }
    // Everything names its material and its supplier; that makes no journey.
    if (this.#named.has(kind) && !this.#master.has(kind)) {
      const same = this.#byId.get(record.id);
      if (same) same.push(index);
      else this.#byId.set(record.id, [index]);
    }
    return known;
  }

  #join(flow: Flow, record: CommitRecord, index: number): void {
    for (const end of ['from', 'to'] as const) {
      const { system, document } = flow[end];
      if (record.system !== system || record.document !== document) continue;
      for (const key of [flow.key[end](record.data as FlowDocument) ?? []].flat()) {
        const name = `${flow.name} ${key}`;
        const other = this.#flowKeys.get(name);
        if (other === undefined) this.#flowKeys.set(name, index);
        else if (isCopy(flow)) this.#facts.join(other, index);
        this.#names.set(key, index);
      }
    }
  }
}

/** Disjoint sets of numbers. */
class Sets {
  readonly #above: number[] = [];

  add(): number {
    this.#above.push(this.#above.length);
    return this.#above.length - 1;
  }

  join(one: number, other: number): void {
    this.#above[this.#top(other)] = this.#top(one);
  }

  /** A number for the set of each, from 0, in the order of their first members. */
  numbered(count: number): number[] {
    const numbers = new Map<number, number>();
    return Array.from({ length: count }, (_, each) => {
      const top = this.#top(each);
      if (!numbers.has(top)) numbers.set(top, numbers.size);
      return numbers.get(top) as number;
    });
  }

  #top(of: number): number {
    let top = of;
    while (this.#above[top] !== top) top = this.#above[top] as number;
    this.#above[of] = top;
    return top;
  }
}

/** All texts in a document that could be a number of another. */
function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (value.length >= 3 && value.length <= 48) found.add(value);
  } else if (Array.isArray(value)) for (const each of value) textsIn(each, found);
  else if (typeof value === 'object' && value !== null) {
    for (const name in value) textsIn((value as Record<string, unknown>)[name], found);
  }
  return found;
}

/** Sorted numbers as the steps between them, which are short to write. */
export const differences = (sorted: readonly number[]): number[] =>
  sorted.map((each, index) => each - (sorted[index - 1] ?? 0));
