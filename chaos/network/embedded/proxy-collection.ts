/** The proxies of one server, by name. */
import {
  ApiError,
  badRequestBody,
  missingField,
  proxyAlreadyExists,
  proxyNotFound,
} from './api-error.ts';
import { type Decoded, JsonTypeError, decodeObject, mismatch } from './go-json-decode.ts';
import type { JsonNode } from './go-json-scan.ts';
import { Metrics } from './metrics.ts';
import { type Pace, realPace } from './pace.ts';
import { Proxy } from './proxy.ts';

const texts = { name: 'string', listen: 'string', upstream: 'string' } as const;
const entryType = 'struct { toxiproxy.Proxy; Enabled *bool "json:\\"enabled\\"" }';

/** What a populated proxy is to be. */
interface Entry {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

export class ProxyCollection {
  /** Of all draws whose toxic has no seed of its own. */
  seed: string;
  readonly metrics = new Metrics();
  readonly #pace: Pace = realPace();
  readonly #proxies = new Map<string, Proxy>();

  constructor(seed: string) {
    this.seed = seed;
  }

  [Symbol.iterator](): MapIterator<Proxy> {
    return this.#proxies.values();
  }

  /** Throws `proxy not found`. */
  get(name: string): Proxy {
    const proxy = this.#proxies.get(name);
    if (proxy === undefined) throw proxyNotFound();
    return proxy;
  }

  /** Makes the proxy that the body describes, and starts it unless it says otherwise. */
  async create(body: JsonNode): Promise<Proxy> {
    const { values } = decodeProxy(body);
    const entry = entryOf(values, '');
    if (this.#proxies.has(entry.name)) throw proxyAlreadyExists();
    const proxy = this.#make(entry);
    if (entry.enabled) await proxy.start();
    this.#proxies.set(proxy.name, proxy);
    return proxy;
  }

  async update(name: string, body: () => JsonNode): Promise<Proxy> {
    const proxy = this.get(name);
    const { values } = decodeProxy(body());
    const { listen, upstream, enabled } = proxy;
    await proxy.update({ listen, upstream, enabled, ...values });
    return proxy;
  }

  async remove(name: string): Promise<void> {
    await this.get(name).stop();
    this.#proxies.delete(name);
  }

  /**
   * Makes all proxies of a list, or none when one of them lacks a field. One that is there already and
   * leads the same way is left alone. What goes wrong later comes with what was done until then.
   */
  async populate(body: JsonNode): Promise<{ done: Proxy[]; error?: ApiError }> {
    const done: Proxy[] = [];
    for (const entry of readEntries(body)) {
      try {
        done.push(await this.#addOrReplace(entry));
      } catch (error) {
        if (error instanceof ApiError) return { done, error };
        throw error;
      }
    }
    return { done };
  }

  /** Enables every proxy and removes all toxics. */
  async reset(): Promise<void> {
    for (const proxy of this) {
      await proxy.start();
      await proxy.toxics.removeAll();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this].map((proxy) => proxy.stop()));
    this.#proxies.clear();
  }

  async #addOrReplace(entry: Entry): Promise<Proxy> {
    const existing = this.#proxies.get(entry.name);
    if (existing !== undefined) {
      if (!(await existing.differs(entry))) return existing;
      await existing.stop();
    }
    const proxy = this.#make(entry);
    if (entry.enabled) await proxy.start();
    this.#proxies.set(proxy.name, proxy);
    return proxy;
  }

  #make(entry: Entry): Proxy {
    return new Proxy(entry.name, entry, {
      pace: this.#pace,
      metrics: this.metrics,
      seed: () => this.seed,
    });
  }
}

/** Toxiproxy's own logger is a field of a proxy, and nothing but an object fits into it. */
const decodeProxy = (body: JsonNode): Decoded =>
  decodeObject(
    body,
    { type: 'toxiproxy.Proxy', field: 'Proxy.' },
    { ...texts, enabled: 'bool' },
    { Logger: loggerAt('Proxy.Logger') },
  );

const loggerAt =
  (field: string) =>
  (node: JsonNode): void => {
    if (node.kind !== 'object' && node.kind !== 'null') {
      throw mismatch(node.kind, field, 'zerolog.Logger');
    }
  };

function entryOf(values: Decoded['values'], place: string): Entry {
  const { name = '', listen = '', upstream = '', enabled = true } = values as Partial<Entry>;
  if (name === '') throw missingField(`name${place}`);
  if (upstream === '') throw missingField(`upstream${place}`);
  return { name, listen, upstream, enabled };
}

function readEntries(body: JsonNode): Entry[] {
  if (body.kind === 'null') return [];
  if (body.kind !== 'array') {
    throw badRequestBody(
      `json: cannot unmarshal ${body.kind} into Go value of type []${entryType}`,
    );
  }
  const read = body.items.map((item) => decodeEntry(item));
  return read.map((values, index) => entryOf(values, ` at proxy ${index + 1}`));
}

function decodeEntry(item: JsonNode): Decoded['values'] {
  // The fields of the embedded struct have its name in their path, the one beside it has not.
  const embedded = { type: entryType, field: '.Proxy.' };
  try {
    const ofProxy = decodeObject(item, embedded, texts, { Logger: loggerAt('.Proxy.Logger') });
    const own = decodeObject(item, { type: entryType, field: '.' }, { enabled: 'bool' });
    return { ...ofProxy.values, ...own.values };
  } catch (error) {
    throw error instanceof JsonTypeError ? badRequestBody(error.message) : error;
  }
}
