/**
 * The two sides of a violation at the end of the trial: the fact and what became of it elsewhere, with
 * the fields that the flow promises to agree on, and whether they do.
 */
import { type Flow, type FlowDocument, agrees } from '../../harness/flow.ts';
import type { HistorySource } from '../../harness/history.ts';
import type { CommitRecord } from '../../harness/record.ts';
import type { InvariantModel } from '../report-model.ts';

export interface Comparison {
  readonly flow: string;
  /** The fact first, then each document that stands for it in the other system. */
  readonly sides: readonly SideModel[];
  readonly fields: readonly FieldModel[];
}

export interface SideModel {
  readonly system: string;
  readonly document: string;
  readonly id: string;
  readonly version: number;
}

export interface FieldModel {
  readonly field: string;
  /** One text for each side; nothing when the field is absent. */
  readonly values: readonly (string | null)[];
  /** Sides that disagree with the fact. */
  readonly differs: readonly boolean[];
}

interface Wanted {
  readonly name: string;
  readonly flow: Flow;
  readonly keys: readonly string[];
  source?: CommitRecord;
  readonly targets: Map<string, CommitRecord>;
}

/** For each violation whose invariant belongs to a flow; by `invariant#index`. */
export function compareSides(
  history: HistorySource,
  flows: readonly Flow[],
  invariants: readonly InvariantModel[],
): Record<string, Comparison> {
  const wanted = wantedOf(flows, invariants);
  if (wanted.length === 0) return {};
  const chosen = byKey(wanted);
  for (const record of history) {
    if (record.type !== 'commit') continue;
    for (const [flow, keys] of chosen) note(flow, record, keys);
  }
  const found = wanted.filter(({ source }) => source !== undefined);
  return Object.fromEntries(found.map((each) => [each.name, comparison(each)]));
}

const wantedOf = (flows: readonly Flow[], invariants: readonly InvariantModel[]): Wanted[] =>
  invariants.flatMap(({ invariant, stories }) => {
    const flow = flows.find(({ name }) => invariant.startsWith(`${name}/`));
    if (flow === undefined) return [];
    return stories.map(({ keys }, index) => ({
      name: `${invariant}#${index}`,
      flow,
      keys,
      targets: new Map<string, CommitRecord>(),
    }));
  });

type ByKey = ReadonlyMap<string, readonly Wanted[]>;

function byKey(wanted: readonly Wanted[]): Map<Flow, ByKey> {
  const flows = new Map<Flow, Map<string, Wanted[]>>();
  for (const each of wanted) {
    const keys = flows.get(each.flow) ?? new Map<string, Wanted[]>();
    flows.set(each.flow, keys);
    for (const key of each.keys) keys.set(key, [...(keys.get(key) ?? []), each]);
  }
  return flows;
}

function note(flow: Flow, record: CommitRecord, wanted: ByKey): void {
  for (const end of ['from', 'to'] as const) {
    const { system, document } = flow[end];
    if (record.system !== system || record.document !== document) continue;
    for (const key of [flow.key[end](record.data as FlowDocument) ?? []].flat()) {
      for (const each of wanted.get(key) ?? []) {
        if (end === 'from') each.source = record;
        else each.targets.set(record.id, record);
      }
    }
  }
}

function comparison({ flow, source, targets }: Wanted): Comparison {
  const records = [source as CommitRecord, ...targets.values()];
  const [fact, ...others] = records.map(({ data }) => data as FlowDocument);
  return {
    flow: flow.name,
    sides: records.map(({ system, document, id, version }) => ({ system, document, id, version })),
    fields: flow.agree.map((rule) => ({
      field: rule.field,
      values: [textOf(rule.from(fact)), ...others.map((each) => textOf(rule.to(each)))],
      differs: [false, ...others.map((each) => !agrees(rule, fact, each))],
    })),
  };
}

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
