/** The peers that others make, each as its own documentation starts it, with what makes it slower turned off. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../harness/watched-process.ts';
import { realSleep, stopwatch } from '../../harness/clock.ts';
import { peersFolder, wiremockJar } from './install-peers.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { simpleOrder } from './simple-order.ts';

const body = JSON.stringify(simpleOrder);
const json = { 'content-type': 'application/json' };
const patienceMs = 60_000;

interface Program {
  readonly name: string;
  readonly does: string;
  /** Run in the folder, which is empty before and gone after. */
  readonly command: (port: number, folder: string) => readonly string[];
  /** Sets it up once it listens, and says what to send. */
  readonly prepare: (url: string) => Promise<Omit<RunningPeer, 'stop'>>;
}

const peer = ({ name, does, command, prepare }: Program): Peer => ({
  name,
  does,
  installed: true,
  start: async () => {
    const port = await freePort();
    const cwd = mkdtempSync(join(tmpdir(), 'seatrial-peer-'));
    const [program = '', ...words] = command(port, cwd);
    const child = spawn(program, words, { stdio: 'ignore', cwd });
    child.once('close', () => rmSync(cwd, { recursive: true, force: true }));
    const url = `http://127.0.0.1:${port}`;
    try {
      await listens(name, child, url);
      return { ...(await prepare(url)), stop: () => void child.kill() };
    } catch (error) {
      child.kill();
      throw error;
    }
  },
});

async function listens(name: string, child: ChildProcess, url: string): Promise<void> {
  const elapsed = stopwatch();
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  while (elapsed() < patienceMs) {
    if (failure !== undefined) throw failure;
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}.`);
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await realSleep(100);
  }
  throw new Error(`${name} did not listen within ${patienceMs} ms.`);
}

/** Makes one order to be read; throws when that does not work. */
async function made(url: string, path: string, order = body): Promise<any> {
  const answer = await fetch(url + path, { method: 'POST', headers: json, body: order });
  if (answer.status === 201) return answer.json();
  throw new Error(
    `${url}${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
  );
}

const atOrders = async (url: string): Promise<Omit<RunningPeer, 'stop'>> => {
  const { id } = (await made(url, '/orders')) as { id: string | number };
  return { create: { url, path: '/orders', headers: json, body }, readPath: `/orders/${id}` };
};

/** The order as a template would give it back: a number of its own, the rest out of the request. */
const template = JSON.stringify({
  id: "{{randomValue length=10 type='NUMERIC'}}",
  ...simpleOrder,
  supplier: "{{jsonPath request.body '$.supplier'}}",
  externalReference: "{{jsonPath request.body '$.externalReference'}}",
});

const wiremock = peer({
  name: 'WireMock 3.13',
  does: 'matches, fills a template, keeps nothing',
  command: (port) => [
    'java',
    '-jar',
    wiremockJar,
    '--port',
    String(port),
    '--bind-address',
    '127.0.0.1',
    '--no-request-journal',
    '--disable-banner',
    '--container-threads',
    '32',
  ],
  prepare: async (url) => {
    const stub = async (request: object, status: number, answer: string): Promise<void> => {
      const response = {
        status,
        headers: json,
        body: answer,
        transformers: ['response-template'],
      };
      await made(url, '/__admin/mappings', JSON.stringify({ request, response }));
    };
    await stub({ method: 'POST', urlPath: '/orders' }, 201, template);
    const stored = JSON.stringify({ id: '{{request.path.[1]}}', ...simpleOrder });
    await stub({ method: 'GET', urlPathPattern: '/orders/[0-9]+' }, 200, stored);
    return atOrders(url);
  },
});

const mockoon = peer({
  name: 'Mockoon 9.9',
  does: 'keeps it in a data bucket',
  command: (port) => [
    process.execPath,
    fileURLToPath(new URL('./mockoon-server.ts', import.meta.url)),
    peersFolder,
    String(port),
  ],
  prepare: atOrders,
});

const mountebank = (): Peer => {
  const name = 'mountebank 2.9';
  return {
    name,
    does: 'matches, answers a fixed text, keeps nothing',
    installed: true,
    start: async () => {
      const imposter = await freePort();
      const admin = peer({
        name,
        does: '',
        command: (port) => [
          process.execPath,
          join(peersFolder, 'node_modules/mountebank/bin/mb'),
          '--port',
          String(port),
          '--localOnly',
          '--nologfile',
          '--loglevel',
          'error',
        ],
        prepare: async (url) => {
          const answer = (statusCode: number) => [
            { is: { statusCode, headers: json, body: { id: '1', ...simpleOrder } } },
          ];
          const is = (method: string, path: string) => [{ equals: { method, path } }];
          const stubs = [
            { predicates: is('POST', '/orders'), responses: answer(201) },
            { predicates: is('GET', '/orders/1'), responses: answer(200) },
          ];
          await made(
            url,
            '/imposters',
            JSON.stringify({ port: imposter, protocol: 'http', stubs }),
          );
          return atOrders(`http://127.0.0.1:${imposter}`);
        },
      });
      return admin.start();
    },
  };
};

const jsonServer = peer({
  name: 'json-server 0.17',
  does: 'keeps it in a JSON file, written whole each time',
  command: (port, folder) => {
    const file = join(folder, 'db.json');
    writeFileSync(file, JSON.stringify({ orders: [] }));
    return [
      process.execPath,
      join(peersFolder, 'node_modules/json-server/lib/cli/bin.js'),
      '--quiet',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      file,
    ];
  },
  prepare: atOrders,
});

const sapOrders = '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder';
const sapOrder = JSON.stringify({
  PurchaseOrderType: 'NB',
  CompanyCode: '1710',
  Supplier: '1000001',
  DocumentCurrency: 'EUR',
  PurchaseOrderDate: '/Date(1767571200000)/',
  to_PurchaseOrderItem: ['10', '20', '30'].map((item) => ({
    PurchaseOrderItem: item,
    Material: 'TG11',
    Plant: '1710',
    OrderQuantity: '12',
    NetPriceAmount: '9.95',
  })),
});

const mockSap = peer({
  name: 'mock-sap 0.22',
  does: 'OData, keeps it in SQLite in memory',
  command: (port) => [
    join(peersFolder, 'venv/bin/mock-sap'),
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--no-csrf',
    '--no-request-log',
    '--quiet',
  ],
  prepare: async (url) => {
    const { d } = (await made(url, sapOrders, sapOrder)) as { d: { PurchaseOrder: string } };
    const headers = { ...json, accept: 'application/json' };
    return {
      create: { url, path: sapOrders, headers, body: sapOrder },
      readPath: `${sapOrders}('${d.PurchaseOrder}')`,
    };
  },
});

export const otherPeers: readonly Peer[] = [wiremock, mockoon, mountebank(), jsonServer, mockSap];
