/** Finds documents by number, and what belongs to them, in the index that the page carries. */
import type { IndexModel } from '../archive.ts';
import { archivedIndex } from './archive.ts';

export interface FoundDocument {
  readonly index: number;
  readonly id: string;
  readonly system: string;
  readonly document: string;
  readonly fact: number;
  /** Places of its versions. */
  readonly commits: readonly number[];
}

export class Lookup {
  readonly #index: IndexModel;
  readonly #byId = new Map<string, number[]>();
  readonly #byFact: number[][] = [];
  readonly #children: number[][] = [];

  constructor(index: IndexModel) {
    this.#index = index;
    const { id, fact } = index.documents;
    id.forEach((each, document) => {
      const same = this.#byId.get(each);
      if (same) same.push(document);
      else this.#byId.set(each, [document]);
      (this.#byFact[fact[document] as number] ??= []).push(document);
    });
    index.parents.forEach((parents, child) => {
      for (const parent of parents) (this.#children[parent] ??= []).push(child);
    });
  }

  /** Numbers that contain the text; those that begin with it first, exact ones before them. */
  search(text: string, atMost = 12): string[] {
    const wanted = text.trim().toLowerCase();
    if (wanted === '') return [];
    const ranked: string[][] = [[], [], []];
    for (const id of [...this.#byId.keys(), ...Object.keys(this.#index.names)]) {
      const at = id.toLowerCase().indexOf(wanted);
      if (at < 0) continue;
      const rank = at > 0 ? 2 : id.length === wanted.length ? 0 : 1;
      if ((ranked[rank] as string[]).length < atMost) (ranked[rank] as string[]).push(id);
    }
    return ranked.flat().slice(0, atMost);
  }

  /** The documents of that number, or those that go by that name. */
  documentsOf(id: string): FoundDocument[] {
    const { names } = this.#index;
    const named = Object.hasOwn(names, id) ? this.#byFact[names[id] as number] : undefined;
    return (this.#byId.get(id) ?? named ?? []).map((each) => this.#document(each));
  }

  /** All documents that are copies of one fact with those of this number. */
  factOf(id: string): FoundDocument[] {
    return this.#ofFacts(new Set(this.#facts(id)));
  }

  /** What the number's documents came from, they themselves, and what came of them. */
  journeyOf(id: string): FoundDocument[] {
    const facts = this.#facts(id);
    const up = closure(facts, (fact) => this.#index.parents[fact] ?? []);
    const down = closure(facts, (fact) => this.#children[fact] ?? []);
    return this.#ofFacts(new Set([...up, ...down]));
  }

  /** Places where something was said about any of the keys. */
  placesOf(keys: Iterable<string>): number[] {
    return [...keys].flatMap((key) =>
      Object.hasOwn(this.#index.keys, key) ? sums(this.#index.keys[key] ?? []) : [],
    );
  }

  #facts(id: string): number[] {
    return this.documentsOf(id).map(({ fact }) => fact);
  }

  #ofFacts(facts: ReadonlySet<number>): FoundDocument[] {
    return [...facts]
      .flatMap((fact) => this.#byFact[fact] ?? [])
      .sort((a, b) => a - b)
      .map((each) => this.#document(each));
  }

  #document(index: number): FoundDocument {
    const { documents, kinds } = this.#index;
    const kind = kinds[documents.kind[index] as number];
    return {
      index,
      id: documents.id[index] as string,
      system: kind?.system ?? '',
      document: kind?.document ?? '',
      fact: documents.fact[index] as number,
      commits: sums(documents.commits[index] ?? []),
    };
  }
}

function closure(from: readonly number[], next: (of: number) => readonly number[]): Set<number> {
  const found = new Set(from);
  // A set that grows while it is walked is walked to its end.
  for (const each of found) for (const other of next(each)) found.add(other);
  return found;
}

/** Undoes differences. */
function sums(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => (at += step));
}

let lookup: Promise<Lookup> | undefined;

export const theLookup = (): Promise<Lookup> =>
  (lookup ??= archivedIndex().then((index) => new Lookup(index)));
