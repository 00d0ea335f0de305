/** The HTTP API of Toxiproxy 2.12: routes, status codes and bodies as the real server has them. */
import type { IncomingMessage } from 'node:http';
import { posix } from 'node:path';
import { ApiError, badRequestBody, serverError } from './api-error.ts';
import { type Encodable, encodeJson } from './go-json-encode.ts';
import { JsonTypeError, decodeObject } from './go-json-decode.ts';
import { JsonSyntaxError, scanJson } from './go-json-scan.ts';
import type { ProxyCollection } from './proxy-collection.ts';

export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ApiRequest {
  readonly method: string;
  /** Decoded, as Go decodes it. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly userAgent: string;
  readonly body: Buffer;
}

type Handler = (request: ApiRequest, ...names: string[]) => ApiReply | Promise<ApiReply>;
type Route = readonly [pattern: RegExp, methods: Readonly<Record<string, Handler>>];

const json = (status: number, value: Encodable): ApiReply => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: encodeJson(value),
});
const plain = (status: number, text: string): ApiReply => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  body: `${text}\n`,
});
const nothing: ApiReply = { status: 204, headers: {}, body: '' };

export class Api {
  readonly #proxies: ProxyCollection;
  readonly #routes: readonly Route[];
  /** Mutations go one after the other, as they came. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(proxies: ProxyCollection, { metrics }: { readonly metrics: boolean }) {
    this.#proxies = proxies;
    this.#routes = this.#paths(metrics);
  }

  async answer(request: ApiRequest): Promise<ApiReply> {
    const clean = cleanPath(request.path);
    if (clean !== request.path) {
      const query = request.query === '' ? '' : `?${request.query}`;
      return { status: 301, headers: { Location: encodeURI(clean) + query }, body: '' };
    }
    for (const [pattern, methods] of this.#routes) {
      const match = pattern.exec(request.path);
      if (match === null) continue;
      const handler = methods[request.method] ?? methods['*'];
      if (handler === undefined) return { status: 405, headers: {}, body: '' };
      if (request.userAgent.startsWith('Mozilla/')) return plain(403, 'User agent not allowed');
      return this.#handle(() => handler(request, ...match.slice(1)), request.method);
    }
    return plain(404, '404 page not found');
  }

  async #handle(handler: () => ApiReply | Promise<ApiReply>, method: string): Promise<ApiReply> {
    try {
      if (method === 'GET') return await handler();
      const turn = this.#last.then(handler);
      this.#last = turn.catch(() => {});
      return await turn;
    } catch (error) {
      const { message, status } = apiErrorOf(error);
      return plain(status, encodeJson({ error: message, status }));
    }
  }

  #paths(metrics: boolean): Route[] {
    const proxies = this.#proxies;
    const proxy: Handler = async ({ body }, name) =>
      json(200, (await proxies.update(name as string, () => scanJson(body))).toJson());
    return [
      [/^\/reset$/, { POST: () => proxies.reset().then(() => nothing) }],
      [/^\/proxies$/, { GET: () => this.#index(), POST: (request) => this.#create(request) }],
      [/^\/populate$/, { POST: (request) => this.#populate(request) }],
      [
        /^\/proxies\/([^/]+)$/,
        {
          GET: (_request, name) => json(200, proxies.get(name as string).toJson()),
          POST: proxy,
          PATCH: proxy,
          DELETE: (_request, name) => proxies.remove(name as string).then(() => nothing),
        },
      ],
      ...this.#toxicPaths(),
      [/^\/version$/, { GET: () => version }],
      [/^\/seed$/, { GET: () => this.#seed(), POST: ({ body }) => this.#setSeed(body) }],
      ...(metrics ? [[/^\/metrics$/, { '*': () => this.#metrics() }] as const] : []),
    ];
  }

  #toxicPaths(): Route[] {
    const proxies = this.#proxies;
    const toxic: Handler = async ({ body }, name, toxicName) => {
      const { toxics } = proxies.get(name as string);
      toxics.get(toxicName as string);
      return json(200, (await toxics.update(toxicName as string, scanJson(body))).toJson());
    };
    return [
      [
        /^\/proxies\/([^/]+)\/toxics$/,
        {
          GET: (_request, name) => json(200, proxies.get(name as string).toxics.toJson()),
          POST: async ({ body }, name) => {
            const { toxics } = proxies.get(name as string);
            return json(200, (await toxics.add(scanJson(body))).toJson());
          },
        },
      ],
      [
        /^\/proxies\/([^/]+)\/toxics\/([^/]+)$/,
        {
          GET: (_request, name, toxicName) =>
            json(
              200,
              proxies
                .get(name as string)
                .toxics.get(toxicName as string)
                .toJson(),
            ),
          POST: toxic,
          PATCH: toxic,
          DELETE: (_request, name, toxicName) =>
            proxies
              .get(name as string)
              .toxics.remove(toxicName as string)
              .then(() => nothing),
        },
      ],
    ];
  }

  #index(): ApiReply {
    const byName = [...this.#proxies].map((each) => [each.name, each.toJson()] as const);
    byName.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return json(200, Object.fromEntries(byName));
  }

  async #create({ body }: ApiRequest): Promise<ApiReply> {
    return json(201, (await this.#proxies.create(scanJson(body))).toJson());
  }

  async #populate({ body }: ApiRequest): Promise<ApiReply> {
    const shown = (done: { toJson(): Encodable }[]): Encodable =>
      done.length === 0 ? null : done.map((each) => each.toJson());
    try {
      const { done, error } = await this.#proxies.populate(scanJson(body));
      if (error === undefined) return json(201, { proxies: shown(done) });
      const { message, status } = error;
      return json(status, { error: message, status, proxies: shown(done) });
    } catch (error) {
      const { message, status } = apiErrorOf(error);
      return json(status, { error: message, status, proxies: null });
    }
  }

  /** Ours: the seed of all draws, to be read and set. */
  #seed(): ApiReply {
    return json(200, { seed: this.#proxies.seed });
  }

  #setSeed(body: Buffer): ApiReply {
    const names = { type: 'seatrial.Seed', field: 'Seed.' };
    const { values } = decodeObject(scanJson(body), names, { seed: 'string' });
    if (typeof values['seed'] !== 'string') throw new ApiError('missing required field: seed', 400);
    this.#proxies.seed = values['seed'];
    return this.#seed();
  }

  #metrics(): ApiReply {
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores' },
      body: this.#proxies.metrics.toText(),
    };
  }
}

const version: ApiReply = {
  status: 200,
  headers: { 'Content-Type': 'application/json;charset=utf-8' },
  body: '{"version": "git"}\n',
};

function apiErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof JsonSyntaxError || error instanceof JsonTypeError) {
    return badRequestBody(error.message);
  }
  return serverError(error instanceof Error ? error.message : String(error));
}

/** What Go's router would redirect to. */
const cleanPath = (path: string): string =>
  posix.normalize(path.startsWith('/') ? path : `/${path}`);

/** Reads a request whole. */
export async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    method: incoming.method ?? 'GET',
    path: decoded(path),
    query: query.join('?'),
    userAgent: incoming.headers['user-agent'] ?? '',
    body: Buffer.concat(chunks),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
