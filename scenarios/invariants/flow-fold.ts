/** Invariants that a flow gives: they share its keys and fold its truth once for all of them. */
import { isLapse } from '../../harness/flow-settlement.ts';
import type { Flow } from '../../harness/flow.ts';
import {
  type Ending,
  type Finding,
  type Interest,
  type Invariant,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { CommitRecord, FaultRecord, HistoryRecord } from '../../harness/record.ts';
import { renewable } from './finding.ts';
import { FlowBook } from './flow-book.ts';
import { RequestsMade } from './requests-made.ts';
import { type FlowTruth, newFlowTruth, takeArrival, takeFact, takeMessage } from './flow-truth.ts';

export interface FlowQuestion {
  /** Follows the flow's name: `order-to-erp/nothing-lost`. */
  readonly name: string;
  readonly promise: string;
  readonly family: string;
  /** What it has to see: both ends, what the target refused, which messages were lost. */
  readonly sees: readonly ('source' | 'target' | 'refusals' | 'lostMessages')[];
  end(truth: FlowTruth, key: string, ending: Ending, book: FlowBook): Finding;
}

/** An invariant that asks the truth about a flow's keys. */
export const askOfFlow = (flow: Flow, question: FlowQuestion): Invariant =>
  renewable((shared) =>
    over(
      shared.of(flow, () => new FlowKeys(flow, RequestsMade.of(shared))),
      question,
    ),
  );

function over(keys: FlowKeys, { name, promise, family, sees, end }: FlowQuestion): Invariant {
  const { flow, book } = keys;
  return defineInvariant<FlowTruth>({
    name: `${flow.name}/${name}`,
    promise,
    family,
    interests: sees.flatMap((what) => interestsIn(flow)[what]),
    group: keys,
    fold: keys,
    keysOf: (record) => keys.of(record),
    opens: (record) => record.type === 'commit',
    begin: newFlowTruth,
    step(truth, record) {
      if (record.type === 'message.emitted' || record.type === 'message.delivered')
        takeMessage(truth, record);
      else if (record.type !== 'commit') truth.messageLost = true;
      else if (isLapse(flow, record)) truth.lapsed = flow.lapses?.when(record.data) ?? false;
      else if (keys.isSource(record)) takeFact(flow, truth, record);
      else takeArrival(flow, truth, record, keys.requests);
      return truth;
    },
    end: (truth, key, ending) => end(truth, key, ending, book),
  });
}

const interestsIn = ({
  from,
  to,
  lapses,
}: Flow): Record<FlowQuestion['sees'][number], Interest[]> => ({
  source: [from, ...(lapses ? [lapses] : [])].map(({ system, document }) => ({
    type: 'commit',
    system,
    document,
  })),
  target: [{ type: 'commit', system: to.system, document: to.document }],
  refusals: [{ type: 'exchange.completed', system: to.system }],
  lostMessages: [
    { type: 'fault.fired' },
    { type: 'message.abandoned', system: from.system, document: from.document },
    { type: 'message.emitted', system: from.system, document: from.document },
    { type: 'message.delivered', system: from.system, document: from.document },
    { type: 'exchange.invoked', system: to.system },
  ],
});

/** The keys of a flow at both ends, and what is learned of its target system on the way. */
class FlowKeys {
  readonly flow: Flow;
  readonly book = new FlowBook();
  readonly requests: RequestsMade;

  constructor(flow: Flow, requests: RequestsMade) {
    this.flow = flow;
    this.requests = requests;
  }

  isSource({ document, system }: CommitRecord): boolean {
    const { from } = this.flow;
    return document === from.document && system === from.system;
  }

  of(record: HistoryRecord): string | readonly string[] | undefined {
    switch (record.type) {
      case 'commit': {
        const { key } = this.flow;
        if (isLapse(this.flow, record)) return this.flow.lapses?.key(record.data);
        const found = this.isSource(record) ? key.from(record.data) : key.to(record.data);
        if (record.version === 1) this.book.name(record, found);
        return found;
      }
      case 'exchange.completed':
        this.book.note(record);
        return undefined;
      case 'exchange.invoked':
        this.requests.note(record);
        return undefined;
      case 'message.emitted':
      case 'message.delivered':
      case 'message.abandoned':
        return this.book.keyOf(record.key);
      case 'fault.fired':
        return this.#ofDropped(record);
      default:
        return undefined;
    }
  }

  /** Only a message that was dropped on its way out of the source is a matter of the flow. */
  #ofDropped({ kind, key, link }: FaultRecord): string | undefined {
    if (kind !== 'drop' || key === undefined) return undefined;
    return link.startsWith(`${this.flow.from.system} `) ? this.book.keyOf(key) : undefined;
  }
}
