/** Idempotency by business key: look first, create with a key of its own, look again when the key was used. */
import { CallFailed } from './call-failed.ts';
import type { Job, Policies } from './policies.ts';
import type { Creation } from './ports.ts';

export interface Memory {
  /** By idempotency key: the body that was sent with it. */
  readonly sent: Map<string, unknown>;
  /** By look-up: what was answered to its creation. */
  readonly created: Map<string, any>;
  /** Look-ups of creations that were asked for and not refused: they may be there, unanswered. */
  readonly asked: Set<string>;
  /** By look-up: the body that was refused last, and how many other bodies before it. */
  readonly refused: Map<string, Refused>;
}

interface Refused {
  readonly body: string;
  readonly turn: number;
}

/** A key stands for one body even where it was refused: a document that was mended since needs another. */
function stepOf({ refused }: Memory, { step, lookup, body }: Creation): string {
  const turn = turnOf(refused.get(lookup), body);
  return turn === 0 ? step : `${step}-${turn}`;
}

const turnOf = (before: Refused | undefined, body: unknown): number =>
  before === undefined ? 0 : before.turn + (before.body === JSON.stringify(body) ? 0 : 1);

/** The document that the creation asks for, made now or there before; `known` when it may have been made before. */
export async function createOnce(
  policies: Policies,
  memory: Memory,
  job: Job,
  known: boolean,
  creation: Creation,
): Promise<any> {
  // A system without such keys is protected by looking alone.
  const idempotencyKey = creation.keyed
    ? policies.idempotencyKey(job, stepOf(memory, creation))
    : undefined;
  // A key that was never sent protects the first attempt by itself; anything else looks first.
  const first =
    idempotencyKey !== undefined &&
    job.attempts === 1 &&
    !known &&
    !memory.sent.has(idempotencyKey);
  if (job.replays !== undefined && policies.deadLetters.replayAs === 'new')
    return create(policies, memory, job, creation, undefined);
  const crosswalk =
    policies.lookBeforeCreate || job.isNew ? undefined : memory.created.get(creation.lookup);
  if (crosswalk !== undefined) return crosswalk;
  if (policies.lookBeforeCreate && !first) {
    const found = (await creation.find({ job })) ?? remembered(creation, memory);
    if (found !== undefined) return found;
  }
  return create(policies, memory, job, creation, idempotencyKey);
}

/** What was made from here and is not found is a late read; a key would say so, and here there is none. */
const remembered = ({ keyed, lookup }: Creation, { created }: Memory): any =>
  keyed ? undefined : created.get(lookup);

async function create(
  policies: Policies,
  memory: Memory,
  job: Job,
  creation: Creation,
  idempotencyKey: string | undefined,
): Promise<any> {
  // A key stands for one body: what changed since the first attempt is a change, made afterwards.
  const before = policies.bodyOfKey === 'first' ? idempotencyKey : undefined;
  const body = (before && memory.sent.get(before)) ?? creation.body;
  if (idempotencyKey) memory.sent.set(idempotencyKey, body);
  memory.asked.add(creation.lookup);
  try {
    const created = await creation.create(body, { job, idempotencyKey });
    memory.created.set(creation.lookup, created);
    return created;
  } catch (error) {
    const refused = error instanceof CallFailed && error.kind !== 'transient';
    if (refused && idempotencyKey) memory.sent.delete(idempotencyKey);
    if (refused) {
      const { lookup } = creation;
      const turn = turnOf(memory.refused.get(lookup), creation.body);
      memory.asked.delete(lookup);
      memory.refused.set(lookup, { body: JSON.stringify(body), turn });
    }
    if (!(error instanceof CallFailed) || !/idempotency|duplicate/.test(error.rule ?? ''))
      throw error;
    const found = await creation.find({ job });
    if (found !== undefined) return found;
    throw new CallFailed('transient', 'created before, and not to be seen yet');
  }
}
