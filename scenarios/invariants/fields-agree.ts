/** In the end both sides of a flow say the same on the agreed fields. */
import { type FieldRule, type Flow, agrees } from '../../harness/flow.ts';
import type { Ending, Finding, Invariant, Violation } from '../../harness/invariant.ts';
import { broken, cutShort, isOver, kept, untouched } from './finding.ts';
import type { FlowBook } from './flow-book.ts';
import { askOfFlow } from './flow-fold.ts';
import type { Arrival, FlowTruth, LastFact } from './flow-truth.ts';
import { called, quoted } from './wording.ts';

export const fieldsAgree = (flow: Flow): Invariant =>
  askOfFlow(flow, {
    name: 'fields-agree',
    promise: `In the end ${called(flow.to.system)} says what ${called(flow.from.system)} says on ${fieldNames(flow)}.`,
    family: 'V',
    sees: ['source', 'target', 'refusals'],
    end: (truth, key, ending, book) => settle(flow, truth, key, ending, book),
  });

const fieldNames = (flow: Flow): string => flow.agree.map(({ field }) => field).join(', ');

function settle(
  flow: Flow,
  truth: FlowTruth,
  key: string,
  ending: Ending,
  book: FlowBook,
): Finding {
  const { fact, arrivals } = truth;
  if (fact === undefined || truth.lapsed) return untouched;
  let compared = 0;
  let differing: Arrival[] | undefined;
  for (const arrival of arrivals) {
    if (!arrival.counts) continue;
    const agreed = agreesOnAll(flow, fact, arrival);
    if (!agreed && flow.moot?.(fact.data, arrival.data) === true) continue;
    compared++;
    if (!agreed) (differing ??= []).push(arrival);
  }
  if (compared === 0) return untouched;
  if (differing === undefined || book.accountsFor(key, [], ending.healedAt)) return kept;
  if (!isOver(fact.at, ending, flow.withinMs)) return cutShort(key, flow.withinMs);
  return broken(...differing.map((arrival) => difference(flow, key, fact, arrival)));
}

function agreesOnAll(flow: Flow, fact: LastFact, arrival: Arrival): boolean {
  for (const rule of flow.agree) if (!agrees(rule, fact.data, arrival.data)) return false;
  return true;
}

function difference(flow: Flow, key: string, fact: LastFact, arrival: Arrival): Violation {
  const rules = flow.agree.filter((rule) => !agrees(rule, fact.data, arrival.data));
  const [rule] = rules as [FieldRule];
  const others = rules.length === 1 ? '' : ` (and ${rules.length - 1} more fields differ)`;
  const [here, there] = [called(flow.from.system), called(flow.to.system)];
  const named = arrival.id === key ? there : `${there} (${arrival.id})`;
  return {
    keys: [key, arrival.id],
    positions: [fact.position, arrival.position],
    sentence: `${key} ends with ${rule.field} ${quoted(rule.from(fact.data))} in ${here} and ${quoted(rule.to(arrival.data))} in ${named}${others}.`,
    expected: values(rules, 'from', fact.data),
    actual: values(rules, 'to', arrival.data),
  };
}

const values = (rules: readonly FieldRule[], end: 'from' | 'to', document: unknown): object =>
  Object.fromEntries(rules.map((rule) => [rule.field, rule[end](document)]));
