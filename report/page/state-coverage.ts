/** Which states of each kind of document the trial reached, and how many documents were in each. */
import type { HistoryRecord } from '../../harness/record.ts';
import type { DocumentStates } from '../../harness/workload.ts';

export interface StateCoverage {
  readonly system: string;
  readonly document: string;
  /** Whether the business says which states there are. */
  readonly declared: boolean;
  /** Documents of the kind. */
  readonly documents: number;
  /** In the order of a document's life; with none for a state that was never reached. */
  readonly states: readonly { readonly state: string; readonly documents: number }[];
}

interface Kind {
  readonly system: string;
  readonly document: string;
  readonly declared: boolean;
  readonly ids: Set<string>;
  readonly states: Map<string, Set<string>>;
}

export class StateFold {
  readonly #kinds = new Map<string, Kind>();

  constructor(declared: readonly DocumentStates[]) {
    for (const { system, document, states } of declared) {
      const kind = this.#kind(system, document, true);
      for (const state of states) kind.states.set(state, new Set());
    }
  }

  see(record: HistoryRecord): void {
    if (record.type !== 'commit') return;
    const status = (record.data as { readonly status?: unknown } | null)?.status;
    if (typeof status !== 'string') return;
    const kind = this.#kind(record.system, record.document, false);
    kind.ids.add(record.id);
    const ids = kind.states.get(status);
    if (ids) ids.add(record.id);
    else kind.states.set(status, new Set([record.id]));
  }

  coverage(): StateCoverage[] {
    return [...this.#kinds.values()].map(({ system, document, declared, ids, states }) => ({
      system,
      document,
      declared,
      documents: ids.size,
      states: [...states].map(([state, reached]) => ({ state, documents: reached.size })),
    }));
  }

  #kind(system: string, document: string, declared: boolean): Kind {
    const name = `${system} ${document}`;
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      kind = { system, document, declared, ids: new Set(), states: new Map() };
      this.#kinds.set(name, kind);
    }
    return kind;
  }
}
