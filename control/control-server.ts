/**
 * The control API on a loopback port of its own, and the console's page beside it. Every request passes
 * the same gates in the same order: place (host, origin), token, path, method, body; then its row of
 * the table answers, and whatever is thrown becomes a problem.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bind, closeServer } from '../harness/edge/listen.ts';
import { splitTarget } from '../harness/wire.ts';
import { Router } from '../simulators/plain/router.ts';
import { type Place, checkPlace, checkToken, freshToken } from './access.ts';
import { type Console, consoleFile } from './console-files.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Answer, Call } from './endpoint.ts';
import { endpoints } from './endpoints/index.ts';
import { isOurs, noSuchMethod, noSuchPath, refusalOf } from './refuse.ts';
import { RequestReader, readBody } from './request-reader.ts';
import { sendAnswer, sendReply } from './send-answer.ts';

export interface ControlServerOptions {
  readonly plane: ControlPlane;
  /** 0 (default) lets the machine choose. */
  readonly port?: number;
  /** Default 127.0.0.1; anything else is for a container, whose host says what it publishes. */
  readonly host?: string;
  /** Beyond loopback: names that it answers as, besides localhost and addresses in numbers. */
  readonly names?: readonly string[];
  /** Default: one of the machine's entropy. */
  readonly token?: string;
  /** The page to serve; default none. */
  readonly console?: Console;
  /** Told of every fault of ours: an error that is no refusal. */
  readonly onFault?: (error: unknown) => void;
}

export interface ControlServer {
  /** `http://127.0.0.1:41000`. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** The console with the token in its fragment, which no server is ever sent. */
  readonly consoleUrl: string;
  /** Ends streams and stops listening; landscapes are the plane's to close. */
  close(): Promise<void>;
}

/** Throws `listen.failed`. */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const { token = freshToken(), port = 0, host = '127.0.0.1', onFault = () => {} } = options;
  const handler = new Handler(options, token, onFault);
  const server = createServer((incoming, outgoing) => void handler.take(incoming, outgoing));
  await bind(server, port, host, 'the control API');
  const bound = (server.address() as AddressInfo).port;
  const loopback = host === '127.0.0.1' || host === '::1' || host === 'localhost';
  handler.place = { port: bound, ...(loopback ? {} : { names: options.names ?? [] }) };
  const url = `http://127.0.0.1:${bound}`;
  return {
    url,
    port: bound,
    token,
    consoleUrl: `${url}/console#token=${encodeURIComponent(token)}`,
    close: async () => {
      handler.close();
      await closeServer(server);
    },
  };
}

class Handler {
  place: Place = { port: 0 };
  readonly #options: ControlServerOptions;
  readonly #token: string;
  readonly #onFault: (error: unknown) => void;
  readonly #router = new Router(endpoints, { maxParamLength: 500 });
  readonly #reader = new RequestReader();
  readonly #closing = new AbortController();

  constructor(options: ControlServerOptions, token: string, onFault: (error: unknown) => void) {
    this.#options = options;
    this.#token = token;
    this.#onFault = onFault;
  }

  close(): void {
    this.#closing.abort();
  }

  async take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const head = incoming.method === 'HEAD';
    const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
    try {
      await sendAnswer(outgoing, await this.#answer(incoming, signal), head, signal);
    } catch (error) {
      // A caller that hangs up in the middle of its body is no fault of ours.
      if (isOurs(error) && incoming.errored === null) this.#onFault(error);
      const { path } = splitTarget(incoming.url ?? '/');
      sendReply(outgoing, refusalOf(error, path), head);
    }
  }

  async #answer(incoming: IncomingMessage, signal: AbortSignal): Promise<Answer> {
    const { headers, method = 'GET' } = incoming;
    const { path, query } = splitTarget(incoming.url ?? '/');
    const page = await consoleFile(this.#options.console, method, path);
    checkPlace(headers, this.place, page !== undefined);
    if (page !== undefined) return page;
    const match = this.#router.match(method, path);
    // Nobody without a token learns what there is.
    if (match?.endpoint.open !== true) checkToken(headers, this.#token);
    const text = await readBody(incoming);
    if (match === undefined) {
      const allowed = this.#router.allowed(path);
      throw allowed.length === 0 ? noSuchPath(path) : noSuchMethod(method, allowed);
    }
    const { endpoint, params } = match;
    const call: Call = {
      plane: this.#options.plane,
      params,
      query: this.#reader.query(endpoint, query),
      body: this.#reader.body(endpoint, text, headers['content-type']),
      signal,
    };
    const answer = await endpoint.handle(call);
    // What was answered must not be lost any more.
    if (method !== 'GET') await this.#options.plane.durable();
    return answer;
  }
}
