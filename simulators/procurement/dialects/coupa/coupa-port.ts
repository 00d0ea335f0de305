/** The `coupa` dialect over one core: the way of a request from the wire to the core and back. */
import type { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import type {
  EdgeRefusal,
  Mounting,
  Operation,
  Port,
  PublishedEvent,
} from '../../../../harness/system.ts';
import type { WireReply, WireRequest } from '../../../../harness/wire.ts';
import { TokenIssuer } from '../../../oauth/token-issuer.ts';
import { CommitLog } from '../../../plain/commit-log.ts';
import { RateLimit } from '../../../plain/rate-limit.ts';
import type { Match } from '../../../plain/router.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import type { View } from './attributes.ts';
import { Body } from './body.ts';
import { CoupaRefusal, edgeReply, refusalReply } from './coupa-refusal.ts';
import type { CoupaRouter } from './coupa-router.ts';
import { type CoupaEndpoint, basePath } from './endpoint.ts';
import { eventBody } from './events.ts';
import { formatOf } from './format.ts';
import { Identities } from './identities.ts';
import { Inspection } from './inspection.ts';
import { readParameters } from './query.ts';
import { recordName, xmlDocument } from './xml-document.ts';

export const tokenPath = '/oauth2/token';

export interface CoupaSettings {
  /** Of access tokens, in seconds of trial time; default 86399. */
  readonly tokenLifetimeSeconds?: number;
  /** Default 25; `Infinity` turns the limit off. */
  readonly requestsPerSecond?: number;
  /** Requests that may come at once; default 20. */
  readonly burst?: number;
  /** Default 1 MiB. */
  readonly mostBodyBytes?: number;
}

export interface Prepared {
  readonly router: CoupaRouter;
  readonly scopes: readonly string[];
  readonly settings: CoupaSettings;
}

export class CoupaPort implements Port {
  readonly #prepared: Prepared;
  readonly #mounting: Mounting<ProcurementCore>;
  readonly #tokens: TokenIssuer;
  readonly #limit: RateLimit | undefined;
  readonly #view: View;
  #latest: Inspection | undefined;

  constructor(prepared: Prepared, mounting: Mounting<ProcurementCore>) {
    const { store, world, credentials, core } = mounting;
    const { requestsPerSecond = 25, burst = 20, tokenLifetimeSeconds = 86_399 } = prepared.settings;
    this.#prepared = prepared;
    this.#mounting = mounting;
    this.#tokens = new TokenIssuer({
      store,
      random: world.random,
      credentials,
      scopes: prepared.scopes,
      lifetimeSeconds: tokenLifetimeSeconds,
    });
    this.#limit =
      requestsPerSecond === Infinity
        ? undefined
        : new RateLimit(store, { requestsPerSecond, burst });
    const commits = new CommitLog(store, world.history);
    this.#view = { core, commits, ids: new Identities(commits) };
  }

  owns(path: string): boolean {
    return path === tokenPath || path === basePath || path.startsWith(`${basePath}/`);
  }

  identify(request: WireRequest): Operation {
    if (request.path === tokenPath) return { name: 'issueToken', safe: true };
    const seen = this.#inspect(request);
    if (seen.match === undefined) return { name: 'unknown', safe: true };
    const { endpoint, params } = seen.match;
    const query = readParameters(request.query);
    const text = (...path: readonly string[]): string | undefined => seen.text(path);
    const key = endpoint.key?.({ params, query, text }, this.#view);
    return {
      name: endpoint.operation,
      safe: request.method === 'GET' || request.method === 'HEAD',
      ...(key === undefined ? {} : { key }),
    };
  }

  handle(request: WireRequest, context: Context): WireReply {
    if (request.path === tokenPath) return this.#token(request, context);
    const seen = this.#inspect(request);
    seen.charged = false;
    if (formatOf(request) === undefined) throw notAcceptable;
    const scopes = this.#authorise(request, context);
    const waitSeconds = this.#limit?.take(this.#client, context);
    if (waitSeconds !== undefined) {
      return this.refuseAtEdge(
        { kind: 'throttled', retryAfterSeconds: waitSeconds },
        request,
        context,
      );
    }
    seen.charged = true;
    if (seen.match === undefined) throw this.#nothingThere(request);
    checkScope(seen.match, scopes);
    return this.#answer(seen, seen.match, context);
  }

  refuse(error: BusinessError, request: WireRequest, context: Context): WireReply {
    const limit = this.#limit;
    // The rollback gave back what the limit took, and a refusal counts like any other answer.
    if (this.#inspect(request).charged && limit) {
      this.#mounting.store.transaction(context, () => limit.take(this.#client, context));
    }
    return refusalReply(error, correlation(context), formatOf(request));
  }

  refuseAtEdge(refusal: EdgeRefusal, request: WireRequest, context: Context): WireReply {
    return edgeReply(refusal, correlation(context), formatOf(request));
  }

  renderEvent(event: PublishedEvent): { contentType: string; body: string } {
    return { contentType: 'application/cloudevents+json', body: eventBody(event, this.#view) };
  }

  revokeTokens(): void {
    this.#tokens.revokeAll();
  }

  get #client(): string {
    return `coupa/${this.#mounting.credentials.clientId}`;
  }

  /** Identified and handled in one turn as a rule, so the latest is all that is worth keeping. */
  #inspect(request: WireRequest): Inspection {
    if (this.#latest?.request === request) return this.#latest;
    const match = this.#prepared.router.match(request.method, request.path);
    this.#latest = new Inspection(request, match);
    return this.#latest;
  }

  #token(request: WireRequest, context: Context): WireReply {
    if (request.method !== 'POST') throw wrongMethod(['POST']);
    const reply = this.#tokens.handle(request, context);
    return { ...reply, headers: { ...correlation(context), ...reply.headers } };
  }

  #authorise(request: WireRequest, context: Context): ReadonlySet<string> {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      const legacy = request.headers['x-coupa-api-key'] !== undefined;
      throw legacy
        ? unauthorized('API keys are no longer supported, use OAuth 2.0')
        : unauthorized('You must supply an access token');
    }
    const token = this.#tokens.verify(authorization, context);
    if (token === undefined) throw unauthorized('The access token is invalid or expired');
    return token.scopes;
  }

  #answer(
    seen: Inspection,
    { endpoint, params }: Match<CoupaEndpoint>,
    context: Context,
  ): WireReply {
    const { request } = seen;
    checkSize(request.body, this.#prepared.settings.mostBodyBytes ?? 1_048_576);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const { status, document } = endpoint.handle({
      core: this.#mounting.core,
      view: this.#view,
      params,
      query: readParameters(request.query),
      body: reads || request.body.trim() === '' ? Body.empty : new Body(seen.body()),
      context,
    });
    const headers = correlation(context);
    if (document === undefined) return { status, headers, body: '' };
    const format = formatOf(request) ?? 'json';
    headers['content-type'] = `application/${format}; charset=utf-8`;
    const name = recordName(endpoint.path.slice(1).replace(/\/:.*$/, ''));
    const write = (): string =>
      format === 'json' ? JSON.stringify(document) : xmlDocument(document, name);
    return { status, headers, body: request.method === 'HEAD' ? '' : write() };
  }

  #nothingThere(request: WireRequest): Error {
    const allowed = this.#prepared.router.allowed(request.path);
    return allowed.length > 0
      ? wrongMethod(allowed)
      : new CoupaRefusal(404, 'unknown-path', `No route matches [${request.method}]`);
  }
}

const notAcceptable = new CoupaRefusal(
  406,
  'not-acceptable',
  'Accept: this API speaks application/xml and application/json',
);

function checkScope({ endpoint }: Match<CoupaEndpoint>, scopes: ReadonlySet<string>): void {
  if (endpoint.scopes.some((scope) => scopes.has(scope))) return;
  throw new CoupaRefusal(
    403,
    'insufficient-scope',
    `The access token lacks the scope ${endpoint.scopes[0]}`,
    { headers: { 'www-authenticate': 'Bearer realm="Coupa", error="insufficient_scope"' } },
  );
}

function checkSize(body: string, most: number): void {
  if (body.length * 3 <= most || Buffer.byteLength(body) <= most) return;
  throw new CoupaRefusal(413, 'body-too-large', `Request body exceeds ${most} bytes`);
}

const unauthorized = (message: string): CoupaRefusal =>
  new CoupaRefusal(401, 'invalid-token', message, {
    headers: { 'www-authenticate': 'Bearer realm="Coupa", error="invalid_token"' },
  });

const wrongMethod = (allowed: readonly string[]): CoupaRefusal =>
  new CoupaRefusal(405, 'method-not-allowed', `This takes ${allowed.join(', ')}`, {
    headers: { allow: allowed.join(', ') },
  });

/** Echoed when it cannot break out of its header. */
const correlation = ({ correlationId }: Context): Record<string, string> =>
  correlationId === '' || correlationId.length > 200 || /[^ -~]/.test(correlationId)
    ? {}
    : { 'x-correlation-id': correlationId };
