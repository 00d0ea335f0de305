/** A system as an Express router, for teams that mount it in an application of their own. */
import { type Request as ExpressRequest, type Response as ExpressResponse, Router } from 'express';
import type { Gate } from '../gate.ts';
import { bodyless } from './lean-response.ts';
import { splitTarget } from '../wire.ts';

/** Mount it before any body parser: it reads the raw body itself. */
export function expressRouter(gate: Gate, { bodyLimitBytes = 8 * 1024 * 1024 } = {}): Router {
  const router = Router();
  router.use((incoming: ExpressRequest, outgoing: ExpressResponse) =>
    answer(gate, incoming, outgoing, bodyLimitBytes),
  );
  return router;
}

async function answer(
  gate: Gate,
  incoming: ExpressRequest,
  outgoing: ExpressResponse,
  limitBytes: number,
): Promise<void> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
  }
  const request = {
    method: incoming.method,
    ...splitTarget(incoming.url),
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
    ...(incoming.baseUrl === '' ? {} : { mountedAt: incoming.baseUrl }),
  };
  const outcome =
    size > limitBytes
      ? ({ kind: 'reply', reply: gate.refuse({ kind: 'tooLarge', limitBytes }, request) } as const)
      : await gate.call(request, () => incoming.socket.destroyed);
  if (outcome.kind === 'cut') {
    if (outcome.cut !== 'timeout') outgoing.destroy();
    return;
  }
  outgoing.status(outcome.reply.status);
  for (const [name, value] of Object.entries(outcome.reply.headers))
    outgoing.setHeader(name, value);
  outgoing.end(bodyless(outcome.reply.status) ? undefined : outcome.reply.body);
}
