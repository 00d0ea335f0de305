/**
 * As much of `fetch` as this integration needs, over `node:http`: an exchange costs it less than half of
 * what the real one costs, and a process that carries a year of business does hardly anything else.
 */
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';

/** Connections stay open; as many as there are calls at once. */
const agent = new Agent({ keepAlive: true });

/** Headers and body as text; redirects are not followed. Rejects as `fetch` does, with the `cause`. */
export const nodeFetch: typeof globalThis.fetch = (input, init = {}) =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, signal } = init;
    const text = typeof body === 'string' ? body : undefined;
    const fail = (cause: unknown): void => reject(new TypeError('fetch failed', { cause }));
    const outgoing = httpRequest(
      String(input),
      {
        agent,
        method,
        headers: {
          ...(headers as Record<string, string>),
          ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
        },
        ...(signal ? { signal } : {}),
      },
      (incoming) => resolve(new TextResponse(incoming) as unknown as Response),
    );
    outgoing.on('error', fail);
    outgoing.end(text);
  });

class TextResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Pick<Headers, 'get' | 'getSetCookie'>;
  readonly #text: Promise<string>;

  constructor(incoming: IncomingMessage) {
    const { statusCode = 0, headers } = incoming;
    this.status = statusCode;
    this.ok = statusCode >= 200 && statusCode < 300;
    this.headers = {
      get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
      getSetCookie: () => headers['set-cookie'] ?? [],
    };
    this.#text = textOf(incoming);
    // Who asks for it is told that it broke off; who does not, does not care.
    this.#text.catch(() => {});
  }

  text(): Promise<string> {
    return this.#text;
  }
}

function textOf(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () => {
      const [only, ...more] = chunks;
      const whole = only !== undefined && more.length === 0 ? only : Buffer.concat(chunks);
      resolve(whole.toString('utf8'));
    });
  });
}
