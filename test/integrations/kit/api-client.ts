/** Talks to one system: token, correlation, patience, and a clear word for how each call ended. */
import { CallFailed, type FailureKind } from './call-failed.ts';
import type { Environment, SystemConnection } from './environment.ts';
import type { Policies } from './policies.ts';
import type { CallContext } from './ports.ts';
import { RecentDocuments } from './recent-documents.ts';
import { stored } from './stored.ts';

export interface CallOptions extends CallContext {
  readonly method?: string;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it changes nothing, whatever its method; by the method when missing. */
  readonly safe?: boolean;
}

export interface Answer {
  readonly status: number;
  /** Parsed when it was JSON, else as it came. */
  readonly body: any;
  readonly headers: Headers;
}

/** What an answer that is no success means. */
export interface Refusal {
  /** When it is known; else the status decides. */
  readonly kind?: FailureKind | undefined;
  readonly rule?: string | undefined;
  readonly message: string;
}

/** In what the systems' manners differ. */
export interface Manners {
  readonly refusal: (status: number, body: any, headers: Headers) => Refusal;
  /** Scopes to ask for with the token. */
  readonly scope?: string;
  /** Requests a second that the system takes, and how many at once. */
  readonly pace?: { readonly perSecond: number; readonly burst: number };
  /** How long to wait after a write whose outcome is not known, before anything is decided by looking. */
  readonly settleMs?: number;
}

const transientStatuses = new Set([408, 412, 423, 425, 429, 500, 502, 503, 504]);
/** Nobody waits longer because one answer says so. */
const longestWaitMs = 300_000;
/** Between two calls that have waited for the same. */
const stepMs = 10;
/** Statuses that leave open whether the request was done. */
const openStatuses = new Set([408, 500, 502, 504]);

const isSafe = ({ method = 'GET', safe }: CallOptions): boolean => safe ?? method === 'GET';

export class ApiClient {
  readonly name: string;
  readonly policies: Policies;
  readonly #connection: SystemConnection;
  readonly #environment: Environment;
  readonly #manners: Manners;
  readonly #timeoutMs: number;
  /** Nothing is sent before this time: a system that asks to wait asks all of this client, and after a crash too. */
  readonly #wait: { until: number };
  #token: Promise<string> | undefined;
  /** Calls that wait until the system may be called again. */
  #waiting = 0;
  readonly #recent = new RecentDocuments();
  /** When the bucket of the pace was empty last, as if it had never been full. */
  #paceAt = 0;

  constructor(
    name: string,
    environment: Environment,
    policies: Policies,
    manners: Manners,
    timeoutMs = 5000,
  ) {
    this.name = name;
    this.policies = policies;
    this.#connection = environment.systems[name] as SystemConnection;
    this.#environment = environment;
    this.#manners = manners;
    this.#timeoutMs = timeoutMs;
    this.#wait = stored(environment.storage, `wait ${name}`, () => ({ until: 0 }));
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

  /** Calls with a token, once more with a new one when it was not good. Throws {@link CallFailed}. */
  async call(path: string, options: CallOptions = {}): Promise<Answer> {
    const answer = await this.#send(path, options, await this.#bearer());
    if (answer.status !== 401) return this.#judge(answer, path, options);
    if (this.policies.expiredToken === 'fail')
      throw new CallFailed('refused', 'unauthorized', { status: 401 });
    this.#token = undefined;
    const again = await this.#send(path, options, await this.#bearer());
    if (again.status === 401) {
      this.#token = undefined;
      throw new CallFailed('transient', 'unauthorized', { status: 401 });
    }
    return this.#judge(again, path, options);
  }

  async #judge(response: Response, path: string, options: CallOptions): Promise<Answer> {
    const { status, headers } = response;
    const { method = 'GET' } = options;
    const body = parsed(await this.#read(response, options), headers, this.#recent);
    if (body === broken) {
      const settle = this.#settling(options);
      throw new CallFailed('transient', `${method} ${path}: answer is no JSON`, {
        status,
        ...settle,
      });
    }
    if (status < 400 && this.#isDone(headers)) return { status, body, headers };
    if (status < 400) {
      const reason = `${method} ${path}: ${status}, and an error in the body`;
      throw new CallFailed('transient', reason, { status, ...this.#settling(options) });
    }
    const retryAfterMs = retryAfterOf(response);
    const refusal = this.#manners.refusal(status, body, headers);
    this.#heed(retryAfterMs);
    // What the system itself named and cannot find is a read from before it was there.
    const unseen = status === 404 && method === 'GET';
    const kind = unseen
      ? 'missingParent'
      : (refusal.kind ?? (transientStatuses.has(status) ? 'transient' : 'refused'));
    throw new CallFailed(kind, `${method} ${path}: ${status} ${refusal.message}`, {
      status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
      ...(openStatuses.has(status) ? this.#settling(options) : {}),
    });
  }

  /** An error does not become a success by its status. */
  #isDone(headers: Headers): boolean {
    const isProblem = headers.get('content-type')?.includes('problem') === true;
    return !isProblem || this.policies.success === 'status';
  }

  #settling(options: CallOptions): { settleMs?: number } {
    const { settleMs } = this.#manners;
    return settleMs === undefined || isSafe(options) ? {} : { settleMs };
  }

  #heed(retryAfterMs: number | undefined): void {
    if (retryAfterMs === undefined || this.policies.retryAfter === 'ignore') return;
    const capMs = this.policies.retryAfter === 'withoutCap' ? retryAfterMs : longestWaitMs;
    const until = this.#environment.clock.now() + Math.min(retryAfterMs, capMs);
    this.#wait.until = Math.max(this.#wait.until, until);
  }

  async #pause(): Promise<void> {
    await this.#takeTurn();
    for (;;) {
      const waitMs = this.#wait.until - this.#environment.clock.now();
      if (waitMs <= 0) return;
      // One after the other, so that the first can be told to wait on before all the others are sent.
      await this.#sleep(waitMs + stepMs * this.#waiting++);
      this.#waiting--;
    }
  }

  /** A place in the queue of those who keep the system's pace. */
  async #takeTurn(): Promise<void> {
    const { pace } = this.#manners;
    if (pace === undefined) return;
    const turnMs = 1000 / pace.perSecond;
    const now = this.#environment.clock.now();
    this.#paceAt = Math.max(this.#paceAt, now - pace.burst * turnMs) + turnMs;
    if (this.#paceAt > now) await this.#sleep(this.#paceAt - now);
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.#environment.clock.after(delayMs, resolve));
  }

  async #read(response: Response, options: CallOptions): Promise<string> {
    try {
      return await response.text();
    } catch {
      throw new CallFailed('transient', 'the answer broke off', this.#settling(options));
    }
  }

  async #send(path: string, options: CallOptions, token: string): Promise<Response> {
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    };
    await this.#pause();
    if (options.job?.correlationId) headers['x-correlation-id'] = options.job.correlationId;
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
    return this.#fetch(
      `${this.#connection.url}${this.#connection.basePath}${path}`,
      {
        method: options.method ?? 'GET',
        headers,
        ...(options.body === undefined ? {} : { body: textOf(options.body) }),
      },
      this.#settling(options),
    );
  }

  /** A fetch that gives up after the client's patience, by the integration's own clock. */
  async #fetch(url: string, init: RequestInit, settling: { settleMs?: number }): Promise<Response> {
    const abort = new AbortController();
    const timer = this.#environment.clock.after(this.#timeoutMs, () =>
      abort.abort(new Error('timeout')),
    );
    try {
      return await this.#environment.fetch(url, { ...init, signal: abort.signal });
    } catch (error) {
      throw new CallFailed('transient', `${init.method} ${url}: ${describe(error)}`, settling);
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
    const { scope } = this.#manners;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope === undefined ? {} : { scope }),
    });
    await this.#pause();
    const response = await this.#fetch(
      `${url}${tokenPath}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      },
      {},
    );
    const text = await this.#read(response, { safe: true });
    if (!response.ok) {
      this.#heed(retryAfterOf(response));
      throw new CallFailed('transient', `token: ${response.status}`, { status: response.status });
    }
    return JSON.parse(text).access_token;
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

const broken = Symbol('broken');

/** JSON where it should be; an empty answer is nothing, and other text stays text. */
function parsed(text: string, headers: Headers, recent: RecentDocuments): unknown {
  if (text === '') return undefined;
  const type = headers.get('content-type') ?? 'application/json';
  if (!type.includes('json')) return text;
  try {
    return recent.of(text);
  } catch {
    return broken;
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
