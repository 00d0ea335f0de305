/**
 * How a check arranges its invariants: those of one group share keys and a table of states, each with
 * a place of its own in it, or a common one when they fold the same; and which of them want a record.
 */
import type { Interest, Invariant } from './invariant.ts';
import type { HistoryRecord } from './record.ts';

/** A place in a group's states. */
export interface Slot {
  readonly index: number;
  readonly invariant: Invariant;
  readonly interests: Interest[];
}

export interface Group {
  keysOf(record: HistoryRecord): string | readonly string[] | undefined;
  readonly slots: Slot[];
  readonly size: number;
  /** By key, when the group has more than one place. */
  readonly states: Map<string, unknown[]>;
  /** By key, when it has one. */
  readonly alone: Map<string, unknown>;
}

/** An invariant with the place of its states. */
export interface Running {
  readonly invariant: Invariant;
  readonly group: Group;
  readonly index: number;
}

export interface Arrangement {
  readonly groups: readonly Group[];
  /** In the order of the invariants given. */
  readonly running: readonly Running[];
}

export function groupsOf(invariants: readonly Invariant[]): Arrangement {
  const byToken = new Map<object, Gathering>();
  const running = invariants.map((invariant): Running => {
    const token = invariant.group ?? invariant;
    let group = byToken.get(token);
    if (group === undefined) byToken.set(token, (group = new Gathering(invariant)));
    return { invariant, group, index: group.place(invariant) };
  });
  return { groups: [...byToken.values()], running };
}

class Gathering implements Group {
  readonly slots: Slot[] = [];
  readonly states = new Map<string, unknown[]>();
  readonly alone = new Map<string, unknown>();
  readonly #first: Invariant;
  readonly #byFold = new Map<object, Slot>();

  constructor(first: Invariant) {
    this.#first = first;
  }

  get size(): number {
    return this.slots.length;
  }

  keysOf(record: HistoryRecord): string | readonly string[] | undefined {
    return this.#first.keysOf(record);
  }

  place(invariant: Invariant): number {
    const known = invariant.fold === undefined ? undefined : this.#byFold.get(invariant.fold);
    if (known !== undefined) {
      known.interests.push(...invariant.interests);
      return known.index;
    }
    const slot = { index: this.slots.length, invariant, interests: [...invariant.interests] };
    this.slots.push(slot);
    if (invariant.fold !== undefined) this.#byFold.set(invariant.fold, slot);
    return slot.index;
  }
}

/** The places of one group that want records of one shape. */
export interface Route {
  readonly group: Group;
  readonly slots: readonly Slot[];
}

/** Which invariants want a record, remembered by its shape. */
export class Router {
  readonly #groups: readonly Group[];
  readonly #byShape = new Map<string, Map<string, Map<string, readonly Route[]>>>();

  constructor(groups: readonly Group[]) {
    this.#groups = groups;
  }

  of(record: HistoryRecord): readonly Route[] {
    const system = systemOf(record);
    const document = 'document' in record ? record.document : '';
    let bySystem = this.#byShape.get(record.type);
    if (bySystem === undefined) this.#byShape.set(record.type, (bySystem = new Map()));
    let byDocument = bySystem.get(system);
    if (byDocument === undefined) bySystem.set(system, (byDocument = new Map()));
    let routes = byDocument.get(document);
    if (routes === undefined) {
      routes = this.#routesOf(record, system, document);
      byDocument.set(document, routes);
    }
    return routes;
  }

  #routesOf(record: HistoryRecord, system: string, document: string): Route[] {
    return this.#groups.flatMap((group) => {
      const slots = group.slots.filter(({ interests }) =>
        interests.some((interest) => wants(interest, record, system, document)),
      );
      return slots.length === 0 ? [] : [{ group, slots }];
    });
  }
}

const systemOf = (record: HistoryRecord): string => {
  if ('system' in record) return record.system;
  return 'callee' in record ? record.callee : '';
};

const wants = (
  interest: Interest,
  record: HistoryRecord,
  system: string,
  document: string,
): boolean =>
  interest.type === record.type &&
  (interest.system === undefined || interest.system === system) &&
  (interest.document === undefined || interest.document === document);
