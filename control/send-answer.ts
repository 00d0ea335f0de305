/** Puts an answer on the wire: JSON, text, or a stream that waits for its reader. */
import type { ServerResponse } from 'node:http';
import type { WireReply } from '../harness/wire.ts';
import type { Answer } from './endpoint.ts';

/** Of every answer: nothing is kept, guessed, framed or loaded from elsewhere. */
const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Resolves when all of it is handed over, or the caller is gone. */
export async function sendAnswer(
  outgoing: ServerResponse,
  { status, headers = {}, body, text, stream }: Answer,
  head: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (stream !== undefined) {
    outgoing.writeHead(status, { ...always, ...headers, 'content-type': stream.type });
    if (!head) await pour(outgoing, stream.pieces, signal);
    outgoing.end();
    return;
  }
  const type = text?.type ?? 'application/json';
  const content = text?.content ?? (body === undefined ? '' : JSON.stringify(body));
  finish(
    outgoing,
    status,
    { ...headers, ...(content === '' ? {} : { 'content-type': type }) },
    content,
    head,
  );
}

/** A refusal, unless the answer has begun: then all that is left is to break it off. */
export function sendReply(outgoing: ServerResponse, reply: WireReply, head: boolean): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  finish(outgoing, reply.status, reply.headers as Record<string, string>, reply.body, head);
}

function finish(
  outgoing: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  content: string,
  head: boolean,
): void {
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(content)) };
  outgoing.writeHead(status, { ...always, ...headers, ...length });
  outgoing.end(head || content === '' ? undefined : content);
}

async function pour(
  outgoing: ServerResponse,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  outgoing.flushHeaders();
  for await (const piece of pieces) {
    if (signal.aborted) return;
    if (!outgoing.write(piece)) await drained(outgoing, signal);
  }
}

const drained = (outgoing: ServerResponse, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    outgoing.once('drain', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
