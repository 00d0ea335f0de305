/** Orders in a Map behind bare `node:http` or Express: what a team writes when it needs a stub quickly. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

export interface MapServerCommand {
  readonly framework: 'bare' | 'express';
}

export interface MapServerReady {
  readonly url: string;
}

const orders = new Map<string, object>();

function add(order: object): object {
  const id = String(orders.size + 1);
  const stored = { id, ...order };
  orders.set(id, stored);
  return stored;
}

const bare = (): Server =>
  createServer((incoming, outgoing) => {
    const answer = (status: number, body: object | undefined): void => {
      const text = JSON.stringify(body ?? {});
      outgoing.writeHead(status, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
      });
      outgoing.end(text);
    };
    if (incoming.method === 'GET') {
      const order = orders.get((incoming.url ?? '').slice('/orders/'.length));
      answer(order === undefined ? 404 : 200, order);
      return;
    }
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () =>
      answer(201, add(JSON.parse(Buffer.concat(chunks).toString('utf8')) as object)),
    );
  });

function withExpress(): Server {
  const app = express();
  app.use(express.json());
  app.post('/orders', (request, response) => {
    response.status(201).json(add(request.body as object));
  });
  app.get('/orders/:id', (request, response) => {
    const order = orders.get(request.params.id);
    response.status(order === undefined ? 404 : 200).json(order ?? {});
  });
  return createServer(app);
}

process.on('message', ({ framework }: MapServerCommand) => {
  const server = framework === 'bare' ? bare() : withExpress();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ url: `http://127.0.0.1:${port}` } satisfies MapServerReady);
  });
});

// The bench that started it is gone.
process.on('disconnect', () => process.exit());
