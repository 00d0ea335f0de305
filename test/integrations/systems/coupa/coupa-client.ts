/** Coupa's Core API: OAuth with scopes, pages of 50 by offset, 25 requests a second, errors by attribute. */
import { ApiClient, type Manners } from '../../kit/api-client.ts';
import { CallFailed } from '../../kit/call-failed.ts';
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type { CallContext } from '../../kit/ports.ts';

const pageRows = 50;

const scopes = [
  'core.purchase_order.read',
  'core.order_header_confirmations.read',
  'core.inventory.asn.read',
  'core.inventory.receiving.read',
  'core.inventory.receiving.write',
  'core.invoice.read',
  'core.invoice.write',
  'core.supplier.read',
  'core.supplier.write',
  'core.item.read',
  'core.item.write',
];

const wordsOf = (body: any): string =>
  Object.entries(body?.errors ?? {})
    .map(([attribute, messages]) => `${attribute} ${(messages as string[]).join(', ')}`)
    .join('; ');

const manners: Manners = {
  refusal: (status, body) => {
    const message = wordsOf(body);
    // An association that is not there may come; a record under edit will be free.
    if (status === 400 && message.includes('Unable to find valid'))
      return { kind: 'missingParent', message };
    if (status === 409) return { kind: 'transient', message };
    const rule = message.includes('has already been taken') ? 'duplicate' : undefined;
    return { kind: rule === undefined ? undefined : 'transient', rule, message };
  },
  scope: scopes.join(' '),
  // Below the 25 a second and 20 at once that Coupa takes, for others use the instance, too.
  pace: { perSecond: 24, burst: 18 },
  settleMs: 4000,
};

export type Query = Readonly<Record<string, string | number>>;

export class CoupaClient {
  readonly #api: ApiClient;
  /** Reads under way: several rules ask for one record at one time, and requests are dear here. */
  readonly #reading = new Map<string, Promise<any[]>>();

  constructor(environment: Environment, policies: Policies) {
    this.#api = new ApiClient('procurement', environment, policies, manners);
  }

  /** The first page of what matches. */
  rows(resource: string, query: Query, call: CallContext): Promise<any[]> {
    const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
    const path = `/${resource}?${text}`;
    const reading = this.#reading.get(path);
    if (reading !== undefined) return reading;
    const fresh = this.#api
      .get(path, call)
      .then(({ body }) => body as any[])
      .finally(() => this.#reading.delete(path));
    this.#reading.set(path, fresh);
    return fresh;
  }

  /** The one record with the value, or nothing. */
  async row(resource: string, field: string, value: string, call: CallContext): Promise<any> {
    return (await this.rows(resource, { [field]: value, limit: 1 }, call))[0];
  }

  /** The one record with the value; what the suite itself named and does not show was read too early. */
  async record(resource: string, field: string, value: string, call: CallContext): Promise<any> {
    const row = await this.row(resource, field, value, call);
    if (row !== undefined) return row;
    throw new CallFailed('missingParent', `${resource} has no ${value} yet`);
  }

  /** Pages of records that were updated at a time or later; Coupa counts in whole seconds. */
  async *updatedSince(resource: string, sinceMs: number): AsyncIterableIterator<readonly any[]> {
    const since = `${new Date(sinceMs).toISOString().slice(0, 19)}+00:00`;
    for (let offset = 0; ; offset += pageRows) {
      const query = { 'updated-at[gt_or_eq]': since, limit: pageRows, offset };
      const page = await this.rows(resource, query, {});
      yield page;
      if (page.length < pageRows) return;
    }
  }

  async send(method: 'POST' | 'PUT', path: string, body: any, call: CallContext): Promise<any> {
    return (await this.#api.call(`/${path}`, { ...call, method, body })).body;
  }
}
