/** A system on a real port: `node:http` straight to its gate, on loopback unless told otherwise. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gate } from '../gate.ts';
import { SeatrialError } from '../seatrial-error.ts';
import { WaitingRoom } from './waiting-room.ts';
import { type Outcome, type WireReply, type WireRequest, splitTarget } from '../wire.ts';

export interface ListenOptions {
  /** 0 (default) lets the machine choose. */
  readonly port?: number;
  readonly host?: string;
  /** Larger bodies are answered 413 in the dialect's words; default 8 MiB. */
  readonly bodyLimitBytes?: number;
  /**
   * Requests that are taken in at a time. Who comes when it is full is answered 503 with `Retry-After` in
   * the dialect's words, at once and without a record; default any number.
   */
  readonly mostAtOnce?: number;
}

export interface Listener {
  /** `http://127.0.0.1:41001`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/** Serves the gate's system. Throws `listen.failed` when the port cannot be had. */
export async function listen(gate: Gate, options: ListenOptions = {}): Promise<Listener> {
  const { port = 0, host = '127.0.0.1', bodyLimitBytes = 8 * 1024 * 1024 } = options;
  const room = options.mostAtOnce === undefined ? undefined : new WaitingRoom(options.mostAtOnce);
  const server = createServer((incoming, outgoing) => {
    if (room === undefined) receive(gate, incoming, outgoing, bodyLimitBytes);
    else if (room.enter()) {
      outgoing.once('close', () => room.leave());
      receive(gate, incoming, outgoing, bodyLimitBytes, room);
    } else turnAway(gate, incoming, outgoing);
  });
  // An idle connection is kept: a caller that reuses one as it is being closed sees a reset nobody ordered.
  server.keepAliveTimeout = 0;
  await bind(server, port, host, gate.system.name);
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${reachable(host)}:${bound}`,
    port: bound,
    close: () => closeServer(server),
  };
}

/** Where a caller on this machine reaches it: every address at once is none to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Binds a server or says why it could not. */
export function bind(server: Server, port: number, host: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new SeatrialError({
          code: 'listen.failed',
          task: `listen for ${name} on ${host}:${port}`,
          reason: cause.code === 'EADDRINUSE' ? 'the port is in use' : cause.message,
          hint: 'Choose another port, or 0 for any free one.',
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function receive(
  gate: Gate,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  limitBytes: number,
  room?: WaitingRoom,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  });
  const answer = (): void => {
    const request = wireRequest(incoming, chunks);
    if (size > limitBytes) {
      send(outgoing, gate.refuse({ kind: 'tooLarge', limitBytes }, request), request.method);
      return;
    }
    const outcome = gate.call(request, () => incoming.socket.destroyed);
    if (outcome instanceof Promise) {
      outcome.then(
        (ended) => finish(outgoing, ended, request.method),
        (error: unknown) => crash(outgoing, error),
      );
    } else finish(outgoing, outcome, request.method);
  };
  incoming.on('end', () => (room === undefined ? answer() : room.answer(answer)));
}

const tryAgainSeconds = 1;

/** Answered without having been read, so that refusing costs little; what still comes of it is let go. */
function turnAway(gate: Gate, incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume();
  const refusal = { kind: 'unavailable', retryAfterSeconds: tryAgainSeconds } as const;
  const request = wireRequest(incoming, []);
  send(outgoing, gate.refuse(refusal, request), request.method);
}

/** A fault of ours, not of the landscape: loud, and visible to the caller as a broken connection. */
function crash(outgoing: ServerResponse, error: unknown): void {
  outgoing.destroy();
  throw error;
}

function wireRequest(incoming: IncomingMessage, chunks: readonly Buffer[]): WireRequest {
  const only = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  return {
    method: incoming.method ?? 'GET',
    ...splitTarget(incoming.url ?? '/'),
    headers: incoming.headers as Record<string, string>,
    body: chunks.length === 0 ? '' : (only as Buffer).toString('utf8'),
  };
}

function finish(outgoing: ServerResponse, outcome: Outcome, method: string): void {
  if (outcome.kind === 'reply') {
    send(outgoing, outcome.reply, method);
    return;
  }
  // A timeout is silence: the caller's own patience ends it, or the keep-alive of this server.
  if (outcome.cut === 'timeout') return;
  const { socket } = outgoing;
  if (socket !== null && 'resetAndDestroy' in socket) socket.resetAndDestroy();
  else outgoing.destroy();
}

function send(
  outgoing: ServerResponse,
  { status, headers, body }: WireReply,
  method: string,
): void {
  const bytes = Buffer.byteLength(body);
  outgoing.writeHead(status, { ...headers, 'content-length': String(bytes) } as Record<
    string,
    string
  >);
  if (method === 'HEAD' || bytes === 0) outgoing.end();
  // ASCII, which most answers are, is the same either way, and needs no counting again as latin1.
  else outgoing.end(body, bytes === body.length ? 'latin1' : 'utf8');
}
