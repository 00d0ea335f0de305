/** Whether an effect of the integration carries the correlation id of a fact. */
import { type Flow, agrees, contentOf } from '../../harness/flow.ts';
import type { CommitRecord } from '../../harness/record.ts';
import type { FlowTruth } from './flow-truth.ts';
import type { RequestsMade } from './requests-made.ts';

/** A few strays show it; more would only be kept. */
const most = 3;

/** Notes what the integration wrote at the target, under which id; `before` is the document's last version. */
export function takeCorrelation(
  flow: Flow,
  truth: FlowTruth,
  record: CommitRecord,
  before: unknown,
  requests: RequestsMade,
): void {
  const { correlationId, id, position, data } = record;
  const { otherCorrelationIds } = truth;
  if (
    correlationId !== undefined &&
    (correlationId === truth.correlationId || otherCorrelationIds?.includes(correlationId) === true)
  ) {
    truth.carried++;
    return;
  }
  const own = correlationId?.startsWith('uncorrelated-') === false;
  if (!own && !couldKnow(truth, requests.askedAt(record))) return;
  if ((truth.strays?.length ?? 0) >= most || !isEffect(flow, truth, before, data)) return;
  (truth.strays ??= []).push({ id, position, correlationId });
}

/** Whether the last message about the fact had reached the integration when it made its request. */
const couldKnow = ({ heardAt, factVersion, toldVersion }: FlowTruth, askedAt: number): boolean =>
  heardAt >= 0 && heardAt < askedAt && factVersion <= toldVersion;

/** Other business touches the same document; this flow's is what brings it to what the fact says. */
function isEffect(flow: Flow, { fact }: FlowTruth, before: unknown, after: unknown): boolean {
  if (fact === undefined) return false;
  if (before !== undefined && contentOf(flow, 'to', before) === contentOf(flow, 'to', after))
    return false;
  return flow.agree.every((rule) => agrees(rule, fact.data, after));
}
