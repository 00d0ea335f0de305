/** The plain wire: bearer tokens, problems by RFC 9457, ETags, cursors, idempotency keys. */
import { type Answer, ApiClient, type Manners } from '../../kit/api-client.ts';
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type {
  CallContext,
  Copies,
  Creation,
  PageQuery,
  Read,
  Source,
  Told,
} from '../../kit/ports.ts';

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

const transient = new Set([408, 412, 423, 425, 429, 500, 502, 503, 504]);

const manners: Manners = {
  refusal: (status, body) => {
    const rule = body?.rule === undefined ? undefined : String(body.rule);
    const waits = !transient.has(status) && waitingRules.has(rule ?? '');
    return {
      kind: waits ? 'missingParent' : undefined,
      rule,
      message: body?.detail ?? body?.title ?? '',
    };
  },
};

export const plainClient = (
  name: string,
  environment: Environment,
  policies: Policies,
): ApiClient => new ApiClient(name, environment, policies, manners);

const readOf = ({ body, headers }: Answer): Read => {
  const etag = headers.get('etag') ?? undefined;
  return { body, version: Number(etag?.replaceAll('"', '') ?? 0), etag };
};

/** Reads and changes the documents of one path. */
export class PlainResource {
  readonly client: ApiClient;
  readonly path: string;

  constructor(client: ApiClient, path: string) {
    this.client = client;
    this.path = path;
  }

  get name(): string {
    return `${this.client.name}${this.path}`;
  }

  async read(key: string, call: CallContext): Promise<Read> {
    return readOf(await this.client.get(`${this.path}/${key}`, call));
  }

  async find(key: string, call: CallContext): Promise<Read | undefined> {
    const found = await this.client.find(`${this.path}/${key}`, call);
    return found === undefined ? undefined : readOf(found);
  }

  /** Those whose field has the value. */
  async list(field: string, value: string, call: CallContext): Promise<any[]> {
    return (await this.client.get(`${this.path}?${field}=${value}`, call)).body.items;
  }

  async change({ etag }: Read, key: string, body: any, call: CallContext): Promise<void> {
    const headers: Record<string, string> = etag ? { 'if-match': etag } : {};
    await this.client.call(`${this.path}/${key}`, { ...call, method: 'PATCH', body, headers });
  }

  async act(action: string, call: CallContext, body?: any, etag?: string): Promise<void> {
    const headers: Record<string, string> = etag ? { 'if-match': etag } : {};
    await this.client.call(`${this.path}/${action}`, { ...call, method: 'POST', body, headers });
  }

  /** Makes a document that is found again by the field. */
  creation(step: string, field: string, body: any): Creation {
    const { path, client } = this;
    return {
      step,
      lookup: `${path}?${field}=${body[field]}`,
      body,
      keyed: true,
      find: async (call) => (await this.list(field, body[field], call))[0],
      create: async (sent, call) =>
        (await client.call(path, { ...call, method: 'POST', body: sent })).body,
    };
  }

  source(keyOf: (document: any) => string): Source {
    return {
      name: this.name,
      read: (key, call) => this.read(key, call),
      changedSince: (sinceMs) => this.#changedSince(sinceMs),
      page: (query) => this.#page(query),
      keyOf,
    };
  }

  async *#changedSince(sinceMs: number): AsyncIterableIterator<readonly any[]> {
    let query: PageQuery | undefined = { sinceMs, limit: 200 };
    while (query !== undefined) {
      const { items, next }: { items: any[]; next?: string } = await this.#page(query);
      yield items;
      query = next === undefined ? undefined : { ...query, cursor: next };
    }
  }

  async #page({ sinceMs, limit, cursor, offset }: PageQuery): Promise<any> {
    const query = new URLSearchParams({
      limit: String(limit),
      changedSince: new Date(sinceMs).toISOString(),
      ...(cursor === undefined ? {} : { cursor }),
      ...(offset === undefined ? {} : { offset: String(offset) }),
    });
    return (await this.client.get(`${this.path}?${query}`)).body;
  }

  /** Copies of master data, written by key. */
  copies(): Copies {
    return {
      find: (key, call) => this.find(key, call),
      put: async (record, known, call) => {
        // A write that comes late must not undo a newer one.
        const headers: Record<string, string> =
          known === undefined
            ? { 'if-none-match': '*' }
            : known.etag
              ? { 'if-match': known.etag }
              : {};
        const path = `${this.path}/${record.number}`;
        await this.client.call(path, { ...call, method: 'PUT', body: record, headers });
      },
      agrees: (record, known) => JSON.stringify(known) === JSON.stringify(record),
    };
  }
}

/** `seatrial.procurement.purchase-order.issued.v1` -> `purchase-order.issued`. */
export const plainEvent = (event: any): Told => ({
  type: String(event.type).split('.').slice(2, -1).join('.'),
  key: String(event.subject),
  version: Number(event.version ?? 0),
  correlationId: String(event.correlationid ?? ''),
  payload: event.data,
});
