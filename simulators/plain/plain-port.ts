/** The `plain` dialect over one core: the way of a request from the wire to the core and back. */
import type { BusinessError } from '../../harness/business-error.ts';
import type { Context } from '../../harness/context.ts';
import type {
  EdgeRefusal,
  Mounting,
  Operation,
  Port,
  PublishedEvent,
} from '../../harness/system.ts';
import type { WireReply, WireRequest } from '../../harness/wire.ts';
import { TokenIssuer } from '../oauth/token-issuer.ts';
import { authorizationOperations, authorizationReply } from './authorization-server.ts';
import { cloudEventText, cloudEventType } from './cloud-event.ts';
import { CommitLog } from './commit-log.ts';
import { edgeProblem } from './edge-problem.ts';
import type { Answer, Call, Endpoint } from './endpoint.ts';
import { checkMatch, checkNew, entityTag, isKnown } from './entity-tag.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { Inspection, checkSize } from './inspection.ts';
import { LazyReply } from './lazy-reply.ts';
import { acceptable, checkContentType } from './media-types.ts';
import { type Prepared, basePath } from './prepared.ts';
import { problem, problemOf } from './problem.ts';
import { readQuery } from './query-options.ts';
import { RateLimit } from './rate-limit.ts';
import { RecentJson } from './recent-json.ts';
import {
  insufficientScope,
  invalidToken,
  missingToken,
  unknownPath,
  wrongMethod,
} from './wire-refusals.ts';

const jsonOnly = ['application/json'] as const;

export class PlainPort<Core> implements Port {
  readonly #prepared: Prepared<Core>;
  readonly #mounting: Mounting<Core>;
  readonly #tokens: TokenIssuer;
  readonly #keys: IdempotencyKeys;
  readonly #limit: RateLimit | undefined;
  readonly #commits: CommitLog;
  readonly #recent = new RecentJson(4_000_000);
  /** Requests that were identified and wait to be handled, other than the latest. */
  readonly #waiting = new WeakMap<WireRequest, Inspection<Core>>();
  #latest: Inspection<Core> | undefined;

  constructor(prepared: Prepared<Core>, mounting: Mounting<Core>) {
    const { settings, scopes } = prepared;
    const { store, world, credentials } = mounting;
    this.#prepared = prepared;
    this.#mounting = mounting;
    this.#tokens = new TokenIssuer({
      store,
      random: world.random,
      credentials,
      scopes,
      ...(settings.tokenLifetimeSeconds === undefined
        ? {}
        : { lifetimeSeconds: settings.tokenLifetimeSeconds }),
    });
    this.#keys = new IdempotencyKeys(store, settings.idempotencyLifetimeSeconds ?? 86_400);
    this.#commits = new CommitLog(store, world.history);
    const { requestsPerSecond, burst } = settings;
    this.#limit =
      requestsPerSecond === undefined
        ? undefined
        : new RateLimit(store, { requestsPerSecond, ...(burst === undefined ? {} : { burst }) });
  }

  owns(path: string): boolean {
    return path.startsWith(`${basePath}/`) || authorizationOperations.has(path);
  }

  identify(request: WireRequest): Operation {
    const name = authorizationOperations.get(request.path);
    if (name !== undefined) return { name, safe: true };
    const seen = this.#inspect(request);
    if (seen.match === undefined) return { name: 'unknown', safe: true };
    const { endpoint, params } = seen.match;
    const key = endpoint.key?.(params, () => seen.peekBody(), request.query);
    const idempotencyKey = endpoint.method === 'POST' ? seen.idempotencyKey : undefined;
    return {
      name: endpoint.operation,
      safe: endpoint.method === 'GET',
      ...(key === undefined ? {} : { key }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
  }

  handle(request: WireRequest, context: Context): WireReply {
    const authorization = authorizationReply(this.#tokens, request, context);
    if (authorization !== undefined) {
      const headers = { ...this.#headers(context), ...authorization.headers };
      return { ...authorization, headers };
    }
    const seen = this.#inspect(request);
    seen.handled = true;
    seen.charged = false;
    if (seen.match === undefined) throw this.#nothingThere(request.path);
    const { endpoint } = seen.match;
    if (!endpoint.open) {
      this.#authorise(request, endpoint, context);
      const waitSeconds = this.#limit?.take(this.#client, context);
      if (waitSeconds !== undefined) return this.#throttled(waitSeconds, request, context);
      seen.charged = true;
    }
    const mediaType = acceptable(request.headers['accept'], endpoint.produces ?? jsonOnly);
    if (endpoint.method === 'GET') return this.#read(seen, endpoint, mediaType, context);
    return this.#write(seen, endpoint, mediaType, context);
  }

  refuse(error: BusinessError, request: WireRequest, context: Context): WireReply {
    const { store } = this.#mounting;
    const seen = this.#inspect(request);
    const limit = this.#limit;
    if (seen.charged && limit) store.transaction(context, () => limit.take(this.#client, context));
    const key = seen.match?.endpoint.method === 'POST' ? seen.idempotencyKey : undefined;
    const headers = this.#headers(context);
    if (key !== undefined) {
      if (this.#keys.replays(key, error, context)) headers['idempotency-replayed'] = 'true';
      else this.#keys.keepRefusal(key, request, error, context);
    }
    return problemOf(error, request.path, headers);
  }

  refuseAtEdge(refusal: EdgeRefusal, request: WireRequest, context: Context): WireReply {
    const parts = edgeProblem(refusal);
    const headers = { ...this.#headers(context), ...parts.headers };
    return problem({ ...parts, instance: request.path, headers });
  }

  renderEvent(event: PublishedEvent): { contentType: string; body: string } {
    const body = cloudEventText(event, this.#prepared.kind, this.#recent);
    return { contentType: cloudEventType, body };
  }

  revokeTokens(): void {
    this.#tokens.revokeAll();
  }

  get #client(): string {
    return this.#mounting.credentials.clientId;
  }

  #inspect(request: WireRequest): Inspection<Core> {
    const latest = this.#latest;
    if (latest?.request === request) return latest;
    let seen = this.#waiting.get(request);
    if (seen === undefined) {
      const match = this.#prepared.router.match(request.method, request.path);
      seen = new Inspection(request, match);
    }
    // Most requests are handled in the turn they are identified in, and need no remembering.
    if (latest !== undefined && !latest.handled) this.#waiting.set(latest.request, latest);
    this.#latest = seen;
    return seen;
  }

  #read(
    seen: Inspection<Core>,
    endpoint: Endpoint<Core>,
    mediaType: string,
    context: Context,
  ): WireReply {
    const { request } = seen;
    const answer = endpoint.handle(this.#call(seen, endpoint, mediaType, context, undefined));
    const known = request.headers['if-none-match'];
    if (known !== undefined && answer.version !== undefined && isKnown(known, answer.version)) {
      const headers = { ...this.#headers(context), etag: entityTag(answer.version) };
      return { status: 304, headers, body: '' };
    }
    const reply = this.#reply(answer, request, mediaType, context);
    return request.method === 'HEAD' ? { ...reply, body: '' } : reply;
  }

  #write(
    seen: Inspection<Core>,
    endpoint: Endpoint<Core>,
    mediaType: string,
    context: Context,
  ): WireReply {
    const { request } = seen;
    checkSize(request.body, this.#prepared.settings.mostBodyBytes ?? 1_048_576);
    const empty = request.body === '' && (endpoint.body === undefined || endpoint.bodyOptional);
    if (!empty && endpoint.body) checkContentType(request.headers['content-type'], request.method);
    const body = empty || endpoint.body === undefined ? undefined : seen.body();
    const call = this.#call(seen, endpoint, mediaType, context, body);
    const key = endpoint.method === 'POST' ? seen.idempotencyKey : undefined;
    const before = key === undefined ? undefined : this.#keys.answered(key, request, context);
    if (before !== undefined) {
      const headers = { ...before.headers, 'idempotency-replayed': 'true' };
      return this.#reply({ ...before, headers }, request, mediaType, context);
    }
    if (!empty) this.#prepared.validators.get(endpoint)?.(body, request.body.length);
    const match = request.headers['if-match'];
    if (match !== undefined && endpoint.current) checkMatch(match, endpoint.current(call));
    const none = request.headers['if-none-match'];
    if (none !== undefined && endpoint.current) checkNew(none, endpoint.current(call));
    const answer = endpoint.handle(call);
    if (key !== undefined) this.#keys.keep(key, request, answer, context);
    return this.#reply(answer, request, mediaType, context);
  }

  #call(
    seen: Inspection<Core>,
    endpoint: Endpoint<Core>,
    mediaType: string,
    context: Context,
    body: unknown,
  ): Call<Core> {
    return {
      core: this.#mounting.core,
      params: seen.match?.params ?? {},
      query: readQuery(seen.request.query, endpoint.query),
      body,
      context,
      commits: this.#commits,
      feed: this.#mounting.feed,
      mediaType,
    };
  }

  #reply(answer: Answer, request: WireRequest, mediaType: string, context: Context): WireReply {
    const headers = this.#headers(context);
    headers['content-type'] = mediaType;
    if (answer.version !== undefined) headers['etag'] = entityTag(answer.version);
    if (answer.location !== undefined) headers['location'] = addressOf(request, answer.location);
    if (answer.headers !== undefined) Object.assign(headers, answer.headers);
    const { status, version, document } = answer;
    if (document === undefined) return { status, headers, body: '' };
    // What has a version is the same object for as long as the version lasts.
    const known = this.#recent.known(document);
    if (known !== undefined) return { status, headers, body: known };
    // Only reads repeat; the text of what was written just now would push theirs out.
    const repeats = version !== undefined && status === 200;
    const write = (): string =>
      repeats ? this.#recent.of(document) : this.#recent.answer(document);
    return new LazyReply(status, headers, write);
  }

  #headers(context: Context): Record<string, string> {
    const headers = this.#limit?.headers(this.#client, context) ?? {};
    if (isHeaderSafe(context.correlationId)) headers['x-correlation-id'] = context.correlationId;
    return headers;
  }

  #authorise(request: WireRequest, endpoint: Endpoint<Core>, context: Context): void {
    const authorization = request.headers['authorization'];
    if (authorization === undefined) throw missingToken;
    const token = this.#tokens.verify(authorization, context);
    if (token === undefined) throw invalidToken;
    const scope = this.#prepared.scopeOf.get(endpoint) as string;
    if (!token.scopes.has(scope)) throw insufficientScope(scope);
  }

  #nothingThere(path: string): Error {
    const allowed = this.#prepared.router.allowed(path);
    return allowed.length > 0 ? wrongMethod(allowed) : unknownPath;
  }

  #throttled(waitSeconds: number, request: WireRequest, context: Context): WireReply {
    return this.refuseAtEdge(
      { kind: 'throttled', retryAfterSeconds: waitSeconds },
      request,
      context,
    );
  }
}

const addressOf = ({ mountedAt = '' }: WireRequest, path: string): string =>
  mountedAt + basePath + path;

/** Visible ASCII of a bearable length, so that it cannot break out of its header. */
const isHeaderSafe = (value: string): boolean =>
  value.length > 0 && value.length <= 200 && !/[^ -~]/.test(value);
