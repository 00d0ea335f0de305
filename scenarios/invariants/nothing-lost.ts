/** Every fact of a flow arrives: after healing, within its time, unless an exception accounts for it. */
import { describeDuration } from '../../harness/duration.ts';
import type { Flow } from '../../harness/flow.ts';
import type { Ending, Finding, Invariant } from '../../harness/invariant.ts';
import { broken, cutShort, isOver, kept, untouched } from './finding.ts';
import type { FlowBook } from './flow-book.ts';
import { askOfFlow } from './flow-fold.ts';
import type { FlowTruth } from './flow-truth.ts';
import { called, happened } from './wording.ts';

export const nothingLost = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'nothing-lost',
    promise: `What was ${happened(flow)} in ${called(flow.from.system)} reaches ${called(flow.to.system)}.`,
    family: 'N',
    sees: ['source', 'target', 'refusals'],
    end: (truth, key, ending, book) => settle(flow, truth, key, ending, book),
  });

function settle(
  flow: Flow,
  truth: FlowTruth,
  key: string,
  ending: Ending,
  book: FlowBook,
): Finding {
  const { fact, first, arrivals } = truth;
  // A fact that was taken back (an order cancelled before it left) owes nothing any more.
  if (fact === undefined || flow.from.when?.(fact.data) === false) return untouched;
  if (first !== undefined) return kept;
  if (truth.lapsed) return untouched;
  const target = arrivals.at(-1);
  if (target !== undefined && flow.moot?.(fact.data, target.data) === true) return untouched;
  const parents = flow.parents?.(fact.data) ?? [];
  if (book.accountsFor(key, parents, ending.healedAt)) return kept;
  if (!isOver(fact.at, ending, flow.withinMs)) return cutShort(key, flow.withinMs);
  const refused = book.refusalOf(key);
  const waited = describeDuration(ending.endedAt - Math.max(fact.at, ending.healedAt));
  const told =
    refused === undefined ? '' : `, which refused it ${refused.count} times (${refused.rule})`;
  const since = ending.healedAt > fact.at ? 'healing' : 'that';
  return broken({
    keys: [key],
    positions: refused === undefined ? [fact.position] : [fact.position, refused.position],
    sentence: `${key} was ${happened(flow)} in ${called(flow.from.system)} and never reached ${called(flow.to.system)}${told}, ${waited} after ${since}.`,
  });
}
