/**
 * The baseline: `node:http` with nothing behind it. It reads and parses the same body and returns as
 * many bytes as the ERP does, so the ratio of the two rates is what the ERP itself costs.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BareServerCommand {
  readonly replyBytes: number;
}

export interface BareServerReady {
  readonly url: string;
}

let answer = '';

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const order = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown[]>;
    const lines = order['lines'] ?? order['to_PurchaseOrderItem'];
    outgoing.writeHead(lines?.length === 3 ? 201 : 400, {
      'content-type': 'application/json',
      'content-length': String(answer.length),
    });
    outgoing.end(answer);
  });
});

process.on('message', ({ replyBytes }: BareServerCommand) => {
  answer = JSON.stringify('x'.repeat(replyBytes - 2));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${port}` } satisfies BareServerReady);
  });
});

// The bench that started it is gone.
process.on('disconnect', () => process.exit());
