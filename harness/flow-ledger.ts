/**
 * What each flow owed and what arrived of it, counted from a history of any length: folded key by key
 * as invariants are, and in the same pass, so that a check holds of it only what is under way.
 */
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
import type { Flow, FlowEnd } from './flow.ts';
import { type Finding, type Interest, type Invariant, defineInvariant } from './invariant.ts';
import type { CommitRecord } from './record.ts';
import type { FlowResult } from './verdict.ts';
import type { Owed } from './workload.ts';

interface Entry extends Settlement {
  readonly key: string;
  /** Where the source said it last. */
  owesAt: number;
}

/** Promises nothing: what it was for is counted on the side. */
const silent: Finding = { exercised: false, violations: [] };

export class FlowLedger {
  readonly #pages: readonly Page[];

  constructor(flows: readonly Flow[]) {
    this.#pages = flows.map((flow) => new Page(flow));
  }

  /** For one check, which they fold this for; what they find is nothing. */
  get invariants(): Invariant[] {
    return this.#pages.map((page) => page.invariant);
  }

  owed(): Owed[] {
    return this.#pages.flatMap(({ flow, open, oldest }) =>
      open === 0 || oldest === undefined
        ? []
        : [{ what: flow.name, count: open, example: oldest.key }],
    );
  }

  results(): FlowResult[] {
    return this.#pages.map(({ flow, owed, open }) => ({
      flow: flow.name,
      owed,
      arrived: owed - open,
    }));
  }
}

class Page {
  readonly flow: Flow;
  owed = 0;
  open = 0;
  oldest: { readonly key: string; readonly owesAt: number } | undefined;
  readonly #from: string;
  readonly #to: string;
  readonly #lapses: string | undefined;
  /** Whether a document can be of one of them only. */
  readonly #apart: boolean;

  constructor(flow: Flow) {
    this.flow = flow;
    this.#from = shapeOf(flow.from);
    this.#to = shapeOf(flow.to);
    this.#lapses = flow.lapses && shapeOf(flow.lapses);
    this.#apart = new Set([this.#from, this.#to, this.#lapses]).size === 3;
  }

  get invariant(): Invariant {
    const { from, to, lapses } = this.flow;
    return defineInvariant<Entry>({
      name: `${this.flow.name}/ledger`,
      promise: 'What is owed is counted.',
      interests: [from, to, ...(lapses ? [lapses] : [])].map(interestIn),
      keysOf: (record) => (record.type === 'commit' ? this.#keysOf(record) : undefined),
      opens: (record) => record.type === 'commit' && this.#isOfEnds(record),
      begin: (key) => ({ ...newSettlement(), owesAt: -1, key }),
      step: (entry, record) => {
        if (record.type === 'commit') this.#take(entry, record);
        return entry;
      },
      end: (entry) => this.#close(entry),
    });
  }

  #isSource(shape: string, record: CommitRecord): boolean {
    return shape === this.#from && !isLapse(this.flow, record);
  }

  #isOfEnds(record: CommitRecord): boolean {
    const shape = shapeOf(record);
    return shape === this.#to || this.#isSource(shape, record);
  }

  /** A document may be of more than one of them. */
  #keysOf(record: CommitRecord): string | readonly string[] | undefined {
    const { key, lapses } = this.flow;
    const shape = shapeOf(record);
    const all: (string | readonly string[] | undefined)[] = [];
    if (this.#isSource(shape, record)) all.push(key.from(record.data));
    if (shape === this.#to) all.push(key.to(record.data));
    if (shape === this.#lapses) all.push(lapses?.key(record.data));
    return all.length < 2 ? all[0] : [...new Set(all.flatMap(listOfKeys))];
  }

  #take(entry: Entry, record: CommitRecord): void {
    const { flow } = this;
    const { data, position } = record;
    const shape = shapeOf(record);
    const isMine = (keys: string | readonly string[] | undefined): boolean =>
      this.#apart || listOfKeys(keys).includes(entry.key);
    if (
      this.#isSource(shape, record) &&
      isMine(flow.key.from(data)) &&
      takeSource(flow, entry, data)
    )
      entry.owesAt = position;
    if (shape === this.#to && isMine(flow.key.to(data))) takeTarget(flow, entry, data);
    if (shape === this.#lapses && isMine(flow.lapses?.key(data))) takeLapse(flow, entry, data);
  }

  #close(entry: Entry): Finding {
    if (entry.owes === undefined) return silent;
    this.owed++;
    if (!isOpen(this.flow, entry)) return silent;
    this.open++;
    if (this.oldest === undefined || entry.owesAt < this.oldest.owesAt) this.oldest = entry;
    return silent;
  }
}

const interestIn = ({ system, document }: FlowEnd): Interest => ({
  type: 'commit',
  system,
  document,
});
