/**
 * The stages of a business, read off its flows: each kind of document that a flow begins with is a
 * stage, and the kinds that carry the same fact in other systems belong to it.
 */
import type { Flow, FlowEnd } from '../../harness/flow.ts';
import { titled } from './words.ts';

export interface StageModel {
  readonly title: string;
  readonly kinds: readonly { readonly system: string; readonly document: string }[];
}

/** A flow whose two ends are one fact in two systems: neither an update of something else nor a step. */
export const isCopy = ({ unique, internal, updates }: Flow): boolean =>
  unique && internal !== true && updates !== true;

export const isMasterData = ({ dataClass }: Flow): boolean =>
  dataClass === 'master' || dataClass === 'reference';

export const kindOf = ({ system, document }: FlowEnd): string => `${system} ${document}`;

/** In the order of the flows; master data takes no part in a journey. */
export function stagesOf(flows: readonly Flow[]): StageModel[] {
  const stages: { title: string; kinds: Map<string, FlowEnd> }[] = [];
  const business = flows.filter((flow) => !isMasterData(flow));
  const stageOf = (end: FlowEnd): (typeof stages)[number] | undefined =>
    stages.find(({ kinds }) => kinds.has(kindOf(end)));
  for (const flow of business) {
    let stage = stageOf(flow.from);
    if (stage === undefined) {
      stage = { title: titled(flow.from.document), kinds: new Map() };
      stage.kinds.set(kindOf(flow.from), plain(flow.from));
      stages.push(stage);
    }
    if (isCopy(flow) && stageOf(flow.to) === undefined) {
      stage.kinds.set(kindOf(flow.to), plain(flow.to));
    }
  }
  return stages.map(({ title, kinds }) => ({ title, kinds: [...kinds.values()] }));
}

const plain = ({ system, document }: FlowEnd): FlowEnd => ({ system, document });
