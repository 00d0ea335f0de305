/** Runs a batch: retrievals one by one, each changeset as a savepoint of its own. */
import { BusinessError } from '../../harness/business-error.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { WireReply, WireRequest } from '../../harness/wire.ts';
import { splitTarget } from '../../harness/wire.ts';
import { type BatchRequest, type PartReply, readBatch, writeBatch } from './batch.ts';
import { malformed } from './odata-refusal.ts';
import type { ServiceCall, ServiceHandler } from './service-handler.ts';

export interface BatchSurroundings {
  readonly handler: ServiceHandler;
  readonly store: Store;
  /** Absolute address of the service. */
  readonly root: string;
  readonly context: Context;
  /** How a refusal is answered. */
  readonly refuse: (error: BusinessError, request: WireRequest) => WireReply;
}

/** Answers `$batch`. Needs a transaction. */
export function runBatch(request: WireRequest, around: BatchSurroundings): WireReply {
  const parts = readBatch(request);
  const replies = parts.map((part) =>
    'changeset' in part ? changeset(part.changeset, around) : retrieval(part, around),
  );
  return writeBatch(replies, request.body);
}

function retrieval(part: BatchRequest, around: BatchSurroundings): PartReply {
  try {
    if (part.method !== 'GET' && part.method !== 'HEAD') {
      throw malformed('A modification in a batch must be part of a changeset');
    }
    return { ...handle(part, around, new Map()), contentId: part.contentId };
  } catch (error) {
    return refused(error, part, around);
  }
}

function changeset(
  parts: readonly BatchRequest[],
  around: BatchSurroundings,
): PartReply | readonly PartReply[] {
  let at = parts[0];
  try {
    return around.store.transaction(around.context, () => {
      const created = new Map<string, string>();
      return parts.map((part) => {
        at = part;
        if (part.method === 'GET') throw malformed('A changeset holds no retrieval');
        const reply = handle(part, around, created);
        const { location } = reply.headers;
        if (part.contentId !== undefined && typeof location === 'string') {
          created.set(part.contentId, location.slice(around.root.length + 1));
        }
        return { ...reply, contentId: part.contentId };
      });
    });
  } catch (error) {
    if (at === undefined) throw error;
    return refused(error, at, around);
  }
}

function refused(error: unknown, part: BatchRequest, around: BatchSurroundings): PartReply {
  if (!(error instanceof BusinessError)) throw error;
  const request = { ...part, ...splitTarget(part.target) };
  return { ...around.refuse(error, request), contentId: part.contentId };
}

function handle(
  part: BatchRequest,
  { handler, root, context }: BatchSurroundings,
  created: ReadonlyMap<string, string>,
): WireReply {
  const { path, query } = splitTarget(part.target);
  const { headers, body } = part;
  const call: ServiceCall = {
    method: (part.method === 'POST' && headers['x-http-method']) || part.method,
    path: pathBelow(path, handler.service.model.name, created),
    query,
    headers,
    body,
    root,
    context,
  };
  return handler.handle(call);
}

/** Takes the service's address off a target; `$1` stands for what part 1 of the changeset created. */
function pathBelow(target: string, service: string, created: ReadonlyMap<string, string>): string {
  const mark = target.indexOf(`/${service}`);
  let path = target;
  if (mark >= 0) {
    const rest = target.slice(mark + service.length + 1);
    path = rest.replace(/^;[^/]*/, '');
  }
  path = path.replace(/^\/+/, '');
  if (!path.startsWith('$')) return path;
  const slash = path.indexOf('/');
  const id = path.slice(1, slash < 0 ? undefined : slash);
  const entity = created.get(id);
  return entity === undefined ? path : entity + (slash < 0 ? '' : path.slice(slash));
}
