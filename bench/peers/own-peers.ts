/** The peers that need no installing: bare `node:http`, Express, and seatrial's two ERPs. */
import type { Wire } from '../insert-landscape.ts';
import { ServerProcess } from '../server-process.ts';
import type { ErpServerCommand, ErpServerReady } from '../servers/erp-server.ts';
import type { Peer, RunningPeer } from './peer.ts';
import type { MapServerCommand, MapServerReady } from './map-server.ts';
import { simpleOrder } from './simple-order.ts';

const inMap = (name: string, framework: MapServerCommand['framework'], does: string): Peer => ({
  name,
  does,
  installed: false,
  start: async () => {
    const server = new ServerProcess<MapServerCommand, MapServerReady>('peers/map-server.ts');
    const { url } = await server.ready({ framework });
    return running(url, () => server.stop());
  },
});

/** A peer that takes the simple order at `/orders`; one is made to be read. */
async function running(url: string, stop: () => void): Promise<RunningPeer> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(simpleOrder);
  const made = await fetch(`${url}/orders`, { method: 'POST', headers, body });
  const { id } = (await made.json()) as { id: string };
  return { create: { url, path: '/orders', headers, body }, readPath: `/orders/${id}`, stop };
}

const simulator = (name: string, wire: Wire, does: string): Peer => ({
  name,
  does,
  installed: false,
  start: async () => {
    const server = new ServerProcess<ErpServerCommand, ErpServerReady>('servers/erp-server.ts');
    const create = await server.ready({ orders: 1000, wire });
    const { url, path, headers, body } = create;
    const made = await fetch(url + path, { method: 'POST', headers, body });
    const answer = (await made.json()) as { number?: string; d?: { PurchaseOrder: string } };
    const readPath =
      wire === 's4hana' ? `${path}('${answer.d?.PurchaseOrder}')` : `${path}/${answer.number}`;
    return { create, readPath, stop: () => server.stop() };
  },
});

export const ownPeers: readonly Peer[] = [
  inMap('bare node:http', 'bare', 'parses it, keeps it in a Map'),
  inMap('Express 5', 'express', 'parses it, keeps it in a Map'),
  simulator('seatrial plain', 'plain', 'all rules of an ERP, history on'),
  simulator('seatrial s4hana', 's4hana', 'OData, CSRF, all rules of an ERP, history on'),
];
