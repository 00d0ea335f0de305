/** All that flows give by themselves. */
import type { Flow } from '../../harness/flow.ts';
import type { Invariant } from '../../harness/invariant.ts';
import { correlationCarried } from './correlation-carried.ts';
import { fieldsAgree } from './fields-agree.ts';
import { noDuplicates } from './no-duplicates.ts';
import { noStaleOverwrite } from './no-stale-overwrite.ts';
import { nothingInvented } from './nothing-invented.ts';
import { nothingLost } from './nothing-lost.ts';
import { onTime } from './on-time.ts';
import { ownerRespected } from './owner-respected.ts';

/** The invariants of every flow; flows within one system are not asked about the integration. */
export const flowInvariants = (flows: readonly Flow[]): Invariant[] =>
  flows.flatMap((flow) => {
    const invariants = [nothingLost(flow)];
    if (flow.updates !== true) invariants.push(nothingInvented(flow));
    if (flow.unique) invariants.push(noDuplicates(flow));
    if (flow.agree.length > 0) invariants.push(fieldsAgree(flow));
    if (flow.internal === true) return invariants;
    if (flow.order === 'version') invariants.push(noStaleOverwrite(flow));
    if (isOnlySource(flow, flows)) invariants.push(ownerRespected(flow));
    invariants.push(onTime(flow));
    // Where several flows write one document, whose business a commit was cannot be told.
    return flow.unique ? [...invariants, correlationCarried(flow)] : invariants;
  });

/** A document that another flow writes is not the owner's alone. */
const isOnlySource = ({ from }: Flow, flows: readonly Flow[]): boolean =>
  !flows.some(
    ({ to, internal }) =>
      internal !== true && to.system === from.system && to.document === from.document,
  );
