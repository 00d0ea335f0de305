/** Talks to one system: token, correlation, and a clear word for how each call ended. */
import type { Environment, SystemConnection } from './environment.ts';
import type { Policies } from './policies.ts';

/** Why a call did not succeed. */
export class CallFailed extends Error {
  /** `transient`: try again; `refused`: never will; `missingParent`: not before its parent is there. */
  readonly kind: 'transient' | 'refused' | 'missingParent';
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly rule: string | undefined;

  constructor(
    kind: CallFailed['kind'],
    message: string,
    details: { status?: number; retryAfterMs?: number; rule?: string } = {},
  ) {
    super(message);
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.rule = details.rule;
  }
}

export interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  /** The work it is for; its correlation id is read when the request goes out, and may have come meanwhile. */
  readonly job?: { readonly correlationId: string };
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly etag: string | undefined;
}

/** Refusals that something on its way will lift: the order, a line of it, the receipt. */
const waitingRules = new Set([
  'unknown-order',
  'unknown-order-line',
  'unknown-purchase-order',
  'unknown-receipt',
  'no-receipt',
  'receipt-based-needs-receipt',
  'exceeds-receipt',
  'not-invoiced-yet',
]);

const transientStatuses = new Set([408, 412, 423, 425, 429, 500, 502, 503, 504]);

export class ApiClient {
  readonly name: string;
  readonly #connection: SystemConnection;
  readonly #environment: Environment;
  readonly #policies: Policies;
  readonly #timeoutMs: number;
  #token: Promise<string> | undefined;
  /** Nothing is sent before this time: a system that asks to wait asks all of this client. */
  #pausedUntil = 0;

  constructor(name: string, environment: Environment, policies: Policies, timeoutMs = 5000) {
    this.name = name;
    this.#connection = environment.systems[name] as SystemConnection;
    this.#environment = environment;
    this.#policies = policies;
    this.#timeoutMs = timeoutMs;
  }

  get(path: string, options: CallOptions = {}): Promise<Answer> {
    return this.call(path, options);
  }

  /** The document, or undefined when there is none. */
  async find(path: string, options: CallOptions = {}): Promise<Answer | undefined> {
    try {
      return await this.call(path, options);
    } catch (error) {
      if (error instanceof CallFailed && error.status === 404) return undefined;
      throw error;
    }
  }

  async call(path: string, options: CallOptions = {}): Promise<Answer> {
    const answer = await this.#send(path, options, await this.#bearer());
    if (answer.status !== 401) return this.#judge(answer, path, options);
    if (this.#policies.expiredToken === 'fail')
      throw new CallFailed('refused', 'unauthorized', { status: 401 });
    this.#token = undefined;
    const again = await this.#send(path, options, await this.#bearer());
    if (again.status === 401) {
      this.#token = undefined;
      throw new CallFailed('transient', 'unauthorized', { status: 401 });
    }
    return this.#judge(again, path, options);
  }

  async #judge(response: Response, path: string, { method = 'GET' }: CallOptions): Promise<Answer> {
    const { status } = response;
    const text = await this.#read(response);
    let body: any;
    try {
      body = text === '' ? undefined : JSON.parse(text);
    } catch {
      throw new CallFailed('transient', `${method} ${path}: answer is no JSON`, { status });
    }
    if (status < 400) return { status, body, etag: response.headers.get('etag') ?? undefined };
    const retryAfterMs = retryAfterOf(response);
    const details = {
      status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(body?.rule === undefined ? {} : { rule: String(body.rule) }),
    };
    const message = `${method} ${path}: ${status} ${body?.detail ?? body?.title ?? ''}`;
    this.#heed(details.retryAfterMs);
    const waits = waitingRules.has(details.rule ?? '');
    // What the system itself named and cannot find is a read from before it was there.
    const unseen = status === 404 && method === 'GET';
    const kind = unseen
      ? 'missingParent'
      : transientStatuses.has(status)
        ? 'transient'
        : waits
          ? 'missingParent'
          : 'refused';
    throw new CallFailed(kind, message, details);
  }

  #heed(retryAfterMs: number | undefined): void {
    if (retryAfterMs === undefined || this.#policies.retryAfter === 'ignore') return;
    const capMs = this.#policies.retryAfter === 'withoutCap' ? retryAfterMs : 30_000;
    const until = this.#environment.clock.now() + Math.min(retryAfterMs, capMs);
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  async #pause(): Promise<void> {
    for (;;) {
      const waitMs = this.#pausedUntil - this.#environment.clock.now();
      if (waitMs <= 0) return;
      await new Promise<void>((resolve) => void this.#environment.clock.after(waitMs, resolve));
    }
  }

  async #read(response: Response): Promise<string> {
    try {
      return await response.text();
    } catch {
      throw new CallFailed('transient', 'the answer broke off');
    }
  }

  async #send(path: string, options: CallOptions, token: string): Promise<Response> {
    await this.#pause();
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    };
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (options.job?.correlationId) headers['x-correlation-id'] = options.job.correlationId;
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
    if (options.ifMatch) headers['if-match'] = options.ifMatch;
    return this.#fetch(`${this.#connection.url}${this.#connection.basePath}${path}`, {
      method: options.method ?? 'GET',
      headers,
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  }

  /** A fetch that gives up after the client's patience, by the integration's own clock. */
  async #fetch(url: string, init: RequestInit): Promise<Response> {
    await this.#pause();
    const abort = new AbortController();
    const timer = this.#environment.clock.after(this.#timeoutMs, () =>
      abort.abort(new Error('timeout')),
    );
    try {
      return await this.#environment.fetch(url, { ...init, signal: abort.signal });
    } catch (error) {
      throw new CallFailed('transient', `${init.method} ${url}: ${describe(error)}`);
    } finally {
      timer.cancel();
    }
  }

  #bearer(): Promise<string> {
    this.#token ??= this.#newToken().catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  async #newToken(): Promise<string> {
    const { url, tokenPath, clientId, clientSecret } = this.#connection;
    const response = await this.#fetch(`${url}${tokenPath}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=client_credentials&client_id=${encodeURIComponent(clientId)}&client_secret=${encodeURIComponent(clientSecret)}`,
    });
    const text = await this.#read(response);
    if (!response.ok) {
      this.#heed(retryAfterOf(response));
      throw new CallFailed('transient', `token: ${response.status}`, { status: response.status });
    }
    return JSON.parse(text).access_token;
  }
}

const describe = (error: unknown): string => {
  const cause = (error as { cause?: { code?: string } }).cause;
  return cause?.code ?? (error as Error).message;
};

/** Systems here say it in seconds. */
function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
