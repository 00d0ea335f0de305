/** The `s4hana` dialect over one core: the way of a request from the wire to a service and back. */
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
import { runBatch } from '../../../odata/batch-runner.ts';
import { ODataRefusal } from '../../../odata/odata-refusal.ts';
import { ServiceHandler } from '../../../odata/service-handler.ts';
import { CommitLog } from '../../../plain/commit-log.ts';
import type { ErpCore } from '../../erp-core.ts';
import { businessEvent } from './business-events.ts';
import { edgeReply } from './edge-reply.ts';
import { basicChallenge, errorReply } from './error-reply.ts';
import { Inspection } from './inspection.ts';
import { type Prepared, tokenPath } from './prepared-services.ts';
import type { Surroundings } from './s4-service.ts';
import { Sessions, csrfFailed } from './sessions.ts';

/** What every answer of a Gateway carries. */
const gatewayHeaders = {
  'cache-control': 'no-store, no-cache',
  'sap-server': 'true',
  'sap-processing-info': 'ODataBEP=,crp=,RAL=,st=,MedCacheHub=Table,codeDeployed=X,softstate=',
} as const;

const allScopes = ['default'] as const;

export class S4hanaPort implements Port {
  readonly #mounting: Mounting<ErpCore>;
  readonly #handlers: ReadonlyMap<string, ServiceHandler>;
  readonly #tokens: TokenIssuer;
  readonly #sessions: Sessions;
  readonly #basic: string;
  /** Requests that were identified and wait to be handled, other than the latest. */
  readonly #waiting = new WeakMap<WireRequest, Inspection>();
  #latest: Inspection | undefined;
  /** The address last made out of a host, which seldom changes. */
  #origin = { host: '', origin: '' };

  constructor({ services, settings }: Prepared, mounting: Mounting<ErpCore>) {
    const { store, world, credentials, core, name: system } = mounting;
    this.#mounting = mounting;
    const { tokenLifetimeSeconds: lifetimeSeconds } = settings;
    this.#tokens = new TokenIssuer({
      store,
      random: world.random,
      credentials,
      scopes: allScopes,
      ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }),
    });
    this.#sessions = new Sessions(store, world.random);
    const { clientId, clientSecret } = credentials;
    this.#basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const around: Surroundings = {
      core,
      store,
      history: world.history,
      system,
      commits: new CommitLog(store, world.history),
      pageSize: settings.pageSize ?? 1000,
    };
    this.#handlers = new Map(
      services.map(({ name, mount }) => [name, new ServiceHandler(mount(around), gatewayHeaders)]),
    );
  }

  owns(path: string): boolean {
    return path.startsWith('/sap/');
  }

  identify(request: WireRequest): Operation {
    if (request.path === tokenPath) return { name: 'issueToken', safe: true };
    return this.#inspect(request).operation;
  }

  handle(request: WireRequest, context: Context): WireReply {
    if (request.path === tokenPath) {
      if (request.method !== 'POST') throw wrongTokenMethod;
      return this.#tokens.handle(request, context);
    }
    this.#authenticate(request, context);
    const seen = this.#inspect(request);
    seen.handled = true;
    const handler = this.#handlers.get(seen.service);
    if (handler === undefined) throw unknownService(seen.service);
    if (seen.isModifying) this.#sessions.check(request.headers, context);
    const reply = this.#answer(request, seen, handler, context);
    return this.#finished(reply, request, seen, context);
  }

  refuse(error: BusinessError, request: WireRequest, context: Context): WireReply {
    const seen = this.#inspect(request);
    const reply = errorReply(error, { request, context, service: seen.service });
    const isKnown = !(error instanceof ODataRefusal && error.status === 401);
    if (!isKnown || seen.isModifying || !this.#sessions.asked(request.headers)) {
      return this.#finished(reply, request, seen, context, false);
    }
    // A client that fetches a token does not mind where; what it asked for need not be there.
    return this.#mounting.store.transaction(context, () =>
      this.#finished(reply, request, seen, context),
    );
  }

  refuseAtEdge(refusal: EdgeRefusal, request: WireRequest, context: Context): WireReply {
    const seen = this.#inspect(request);
    const around = { request, context, service: seen.service };
    const isSessionEnd = refusal.kind === 'expiredToken' && seen.isModifying;
    if (isSessionEnd && request.headers['authorization']?.startsWith('Basic')) {
      return errorReply(csrfFailed(), around);
    }
    return edgeReply(refusal, seen.operation.key ?? '', around);
  }

  renderEvent(event: PublishedEvent): { contentType: string; body: string } {
    return businessEvent(event);
  }

  revokeTokens(): void {
    this.#tokens.revokeAll();
    this.#sessions.endAll();
  }

  #inspect(request: WireRequest): Inspection {
    const latest = this.#latest;
    if (latest?.request === request) return latest;
    const waiting = this.#waiting.get(request);
    if (waiting !== undefined) return waiting;
    const seen = new Inspection(request, this.#handlers);
    if (latest !== undefined && !latest.handled) this.#waiting.set(latest.request, latest);
    this.#latest = seen;
    return seen;
  }

  #authenticate({ headers }: WireRequest, context: Context): void {
    const { authorization } = headers;
    if (authorization === this.#basic) return;
    const isBearer = authorization !== undefined && this.#tokens.verify(authorization, context);
    if (isBearer) return;
    const message = 'Logon failed';
    throw new ODataRefusal({ status: 401, code: 'SY/401', message, headers: basicChallenge });
  }

  #answer(
    request: WireRequest,
    seen: Inspection,
    handler: ServiceHandler,
    context: Context,
  ): WireReply {
    const root = `${this.#originOf(request)}${seen.servicePath}`;
    if (seen.isBatch && request.method === 'POST') {
      return runBatch(request, {
        handler,
        store: this.#mounting.store,
        root,
        context,
        refuse: (error, part) =>
          errorReply(error, { request: part, context, service: seen.service }),
      });
    }
    // A client fetches the token for a batch where the batch will go.
    const path = seen.isBatch ? '' : seen.path;
    return handler.handle({
      method: seen.method,
      path,
      query: request.query,
      headers: request.headers,
      body: request.body,
      root,
      context,
      parsed: () => seen.parsed(),
    });
  }

  #finished(
    reply: WireReply,
    request: WireRequest,
    { isModifying }: Inspection,
    context: Context,
    mayIssue = true,
  ): WireReply {
    const wantsToken = mayIssue && !isModifying && this.#sessions.asked(request.headers);
    if (isModifying && reply.headers['sap-server'] !== undefined) return reply;
    const token = wantsToken ? this.#sessions.issue(request.headers, context) : undefined;
    const headers = { ...gatewayHeaders, ...reply.headers, ...token };
    return { ...reply, headers, body: request.method === 'HEAD' ? '' : reply.body };
  }

  #originOf({ headers, mountedAt = '' }: WireRequest): string {
    const host = headers['host'] ?? '';
    if (this.#origin.host !== host || this.#origin.origin === '') {
      const isSafe = /^[\w.:[\]-]{1,255}$/.test(host);
      const origin = isSafe ? `http://${host}` : `http://${this.#mounting.name}.seatrial`;
      this.#origin = { host, origin };
    }
    return mountedAt === '' ? this.#origin.origin : this.#origin.origin + mountedAt;
  }
}

const unknownService = (service: string): ODataRefusal =>
  new ODataRefusal({
    status: 403,
    code: '/IWFND/MED/170',
    message: `No service found for namespace '', name '${service.slice(0, 60)}', version '0001'`,
  });

const wrongTokenMethod = new ODataRefusal({
  status: 405,
  code: '/IWFND/CM_MGW/022',
  message: 'The token endpoint takes POST only',
  headers: { allow: 'POST' },
});
