/**
 * SAP's OData V2: an access token, and for every write a CSRF token with the cookies of its session,
 * fetched when there is none and again when the session ended. Changes that belong together go as one
 * changeset.
 */
import { type Answer, ApiClient, type CallOptions, type Manners } from '../../kit/api-client.ts';
import { CallFailed } from '../../kit/call-failed.ts';
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type { CallContext } from '../../kit/ports.ts';
import { type Change, batchBody, batchRefusal } from './s4-batch.ts';

/** Messages about what is missing and may come: the order, its item, the receipt, the invoice. */
const waiting = new Set(['06/022', '06/023', 'M7/061', 'M8/504', 'M7/051', 'M8/107']);
/** Another user has it open. */
const lockMessage = 'ME/006';
const sessionEnded = 'csrf';

function refusal(status: number, body: any, headers: Headers): ReturnType<Manners['refusal']> {
  if (status === 403 && headers.get('x-csrf-token')?.toLowerCase() === 'required')
    return { kind: 'transient', rule: sessionEnded, message: 'the session ended' };
  const code: string | undefined = body?.error?.code;
  const message = `${code ?? ''} ${body?.error?.message?.value ?? ''}`;
  if (status >= 500 || status === 429) return { message };
  if (waiting.has(code ?? '')) return { kind: 'missingParent', rule: code, message };
  return { kind: code === lockMessage ? 'transient' : undefined, rule: code, message };
}

const manners: Manners = { refusal, settleMs: 4000 };

interface Session {
  readonly token: string;
  readonly cookie: string;
}

export type Query = Readonly<Record<string, string | number>>;

const root = '/API_PURCHASEORDER_PROCESS_SRV/';

export class S4Client {
  readonly #api: ApiClient;
  #session: Promise<Session> | undefined;

  constructor(environment: Environment, policies: Policies) {
    this.#api = new ApiClient('erp', environment, policies, manners);
  }

  /** `undefined` when the key is not there. */
  async entity(path: string, query: Query, call: CallContext): Promise<any> {
    return (await this.#api.get(`${path}${textOf(query)}`, call)).body.d;
  }

  async rows(path: string, query: Query, call: CallContext): Promise<any[]> {
    return (await this.#api.get(`${path}${textOf(query)}`, call)).body.d.results;
  }

  /** All pages of a list. */
  async *pages(path: string, query: Query): AsyncIterableIterator<readonly any[]> {
    let skip = 0;
    for (;;) {
      const page = await this.rows(path, { ...query, $top: 200, $skip: skip }, {});
      yield page;
      if (page.length < 200) return;
      skip += page.length;
    }
  }

  async post(path: string, body: unknown, call: CallContext): Promise<any> {
    const sent = body === undefined ? {} : { body };
    return (await this.#write(path, { ...call, method: 'POST', ...sent })).body?.d;
  }

  async delete(path: string, call: CallContext): Promise<void> {
    await this.#write(path, { ...call, method: 'DELETE' });
  }

  /** All of them or none. */
  async changeset(service: string, changes: readonly Change[], call: CallContext): Promise<void> {
    const { body, contentType } = batchBody(changes);
    const answer = await this.#write(`${service}/$batch`, {
      ...call,
      method: 'POST',
      body,
      headers: { 'content-type': contentType, accept: 'multipart/mixed' },
    });
    const refused = batchRefusal(String(answer.body));
    if (refused === undefined) return;
    const {
      kind = 'refused',
      rule,
      message,
    } = refusal(refused.status, refused.body, new Headers());
    const details = { status: refused.status, ...(rule === undefined ? {} : { rule }) };
    throw new CallFailed(kind, `changeset: ${message}`, details);
  }

  async #write(path: string, options: CallOptions): Promise<Answer> {
    try {
      return await this.#inSession(path, options);
    } catch (error) {
      if (!(error instanceof CallFailed) || error.rule !== sessionEnded) throw error;
      if (this.#api.policies.expiredToken === 'fail')
        throw new CallFailed('refused', error.message, { status: 403 });
      this.#session = undefined;
      return this.#inSession(path, options);
    }
  }

  async #inSession(path: string, options: CallOptions): Promise<Answer> {
    const { token, cookie } = await this.#openSession();
    const headers = { ...options.headers, 'x-csrf-token': token, cookie };
    return this.#api.call(path, { ...options, headers });
  }

  #openSession(): Promise<Session> {
    this.#session ??= this.#fetchToken().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #fetchToken(): Promise<Session> {
    const { headers } = await this.#api.get(root, { headers: { 'x-csrf-token': 'Fetch' } });
    const cookies = headers.getSetCookie().map((each) => each.split(';')[0]);
    return { token: headers.get('x-csrf-token') ?? '', cookie: cookies.join('; ') };
  }
}

const textOf = (query: Query): string => {
  const text = Object.entries(query).map(([k, v]) => `${k}=${encodeURIComponent(String(v))}`);
  return text.length === 0 ? '' : `?${text.join('&')}`;
};
