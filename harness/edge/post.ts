/** Takes webhooks over the network to an integration in another process. */
import { Agent, request as httpRequest } from 'node:http';
import { type Outcome, type WireRequest, cut, reply } from '../wire.ts';
import type { Post } from '../webhook-sender.ts';

export interface Poster {
  readonly post: Post;
  close(): void;
}

/** Posts below `baseUrl`; an attempt without an answer after `timeoutMs` of real time is cut. */
export function networkPost(baseUrl: string, timeoutMs = 15_000): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const post = (path: string, wire: WireRequest): Promise<Outcome> =>
    new Promise((resolve) => {
      const outgoing = httpRequest(
        new URL(path, baseUrl),
        {
          agent,
          method: wire.method,
          headers: { ...wire.headers, 'content-length': Buffer.byteLength(wire.body) },
          timeout: timeoutMs,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', () => resolve(cut('reset')));
          incoming.on('end', () => {
            resolve(
              reply({
                status: incoming.statusCode ?? 0,
                headers: incoming.headers as Record<string, string>,
                body: Buffer.concat(chunks).toString('utf8'),
              }),
            );
          });
        },
      );
      outgoing.on('timeout', () => {
        resolve(cut('timeout'));
        outgoing.destroy();
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        resolve(cut(error.code === 'ECONNREFUSED' ? 'refused' : 'reset'));
      });
      outgoing.end(wire.body);
    });
  return { post, close: () => agent.destroy() };
}
