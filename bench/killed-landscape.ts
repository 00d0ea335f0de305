/**
 * A landscape in a process of its own that is killed in the middle of its work, again and again, and
 * goes on each time with what it kept. Orders come over HTTP; whoever got no answer asks again with the
 * same idempotency key, as he should. At the end everything is counted.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openHistory } from '../cli/open-history.ts';
import { isStore } from '../harness/archive/postgres/store-address.ts';
import { bind, closeServer } from '../harness/edge/listen.ts';
import { realSleep } from '../harness/clock.ts';
import { KeyedRandom } from '../harness/random.ts';
import { landscapeData } from '../simulators/landscape-data.ts';
import { orderBody } from './order-body.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const callers = 8;

export interface KillOptions {
  /** A folder, or the URL of a PostgreSQL server. */
  readonly place: string;
  readonly kills: number;
  readonly seed: string;
}

export interface KillResult {
  readonly kills: number;
  readonly acknowledged: number;
  /** Acknowledged orders that are not there, or are not what was acknowledged. */
  readonly lost: readonly string[];
  /** References with more than one order. */
  readonly doubled: readonly string[];
  /** Messages that never reached the receiver. */
  readonly undelivered: readonly string[];
}

/** Kills the landscape so many times, each after a number of answers that the seed gives. */
export async function killAgainAndAgain(options: KillOptions): Promise<KillResult> {
  const receiver = await startReceiver();
  const bench = new KillBench(options, receiver.url);
  try {
    for (let life = 0; life < options.kills; life++) await bench.live(life);
    const orders = await bench.lastLife(() => receiver.seen.size);
    return { ...bench.count(orders), undelivered: undelivered(options.place, receiver.seen) };
  } finally {
    bench.stop();
    await receiver.close();
  }
}

interface Order {
  readonly number: string;
  readonly externalReference: string;
}

class KillBench {
  readonly #options: KillOptions;
  readonly #receiver: string;
  readonly #random: KeyedRandom;
  readonly #order: string;
  readonly #acknowledged = new Map<string, string>();
  /** Sent, and not answered yet. */
  readonly #open: string[] = [];
  #sent = 0;
  #child: ChildProcess | undefined;
  #url = '';
  #token = '';

  constructor(options: KillOptions, receiver: string) {
    this.#options = options;
    this.#receiver = receiver;
    this.#random = new KeyedRandom(options.seed);
    this.#order = JSON.stringify(orderBody(landscapeData(this.#random)));
  }

  /** Up, under load, and dead. */
  async live(life: number): Promise<void> {
    await this.#start();
    const after = this.#random.integer(1, 60, 'kill', life);
    await this.#load(this.#acknowledged.size + after, true);
  }

  /** Up once more: what was not answered is asked again, and then all orders are read. */
  async lastLife(delivered: () => number): Promise<Order[]> {
    await this.#start();
    await this.#load(this.#acknowledged.size + this.#open.length, false);
    for (let seen = -1; seen !== delivered();) {
      seen = delivered();
      await realSleep(1500);
    }
    const orders: Order[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const answer = await this.#ask('GET', `/v1/purchase-orders?limit=200${cursor}`);
      const page = (await answer.json()) as { items: Order[]; next?: string };
      orders.push(...page.items);
      next = page.next;
    }
    await this.#stopKindly();
    return orders;
  }

  count(orders: readonly Order[]): Omit<KillResult, 'undelivered'> {
    const byNumber = new Map(orders.map((each) => [each.number, each.externalReference]));
    const times = new Map<string, number>();
    for (const { externalReference: each } of orders) times.set(each, (times.get(each) ?? 0) + 1);
    const lost = [...this.#acknowledged].filter(([ref, number]) => byNumber.get(number) !== ref);
    return {
      kills: this.#options.kills,
      acknowledged: this.#acknowledged.size,
      lost: lost.map(([ref]) => ref),
      doubled: [...times].filter(([, count]) => count > 1).map(([ref]) => ref),
    };
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  async #start(): Promise<void> {
    const { place, seed } = this.#options;
    const words = [
      'serve',
      '--quiet',
      '--seed',
      seed,
      isStore(place) ? '--store' : '--data',
      place,
      '--webhooks',
      this.#receiver,
    ];
    const child = spawn(process.execPath, [main, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const text = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) =>
        reject(new Error(`Failed to start the landscape: code ${code}.`)),
      );
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        // The ERP comes before the warehouse, whose secret is the last thing that is said of it.
        if (/\nwms[\s\S]*client secret/.test(said)) resolve(said);
      });
    });
    const erp = /\nerp [\s\S]*?(http:\/\/[\d.:]+)[\s\S]*?client secret\s+(\w+)/.exec(text);
    this.#url = erp?.[1] as string;
    if (this.#token === '') this.#token = await this.#signIn(erp?.[2] as string);
  }

  /** Once: the token outlives the landscape's process. */
  async #signIn(secret: string): Promise<string> {
    const body = `grant_type=client_credentials&client_id=seatrial-erp&client_secret=${secret}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${this.#url}/oauth/token`, { method: 'POST', headers, body });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  /** Until so many orders are acknowledged; then the landscape is killed, while others are under way. */
  async #load(until: number, kill: boolean): Promise<void> {
    const done = (): boolean => this.#acknowledged.size >= until;
    const caller = async (): Promise<void> => {
      while (!done()) {
        const reference =
          this.#open.shift() ?? (kill ? `PO-${String(++this.#sent).padStart(7, '0')}` : undefined);
        if (reference === undefined) return;
        try {
          await this.#send(reference);
        } catch {
          this.#open.push(reference);
          return;
        }
        if (kill && done()) this.#child?.kill('SIGKILL');
      }
    };
    const child = this.#child as ChildProcess;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await Promise.all(Array.from({ length: callers }, caller));
    if (kill) await gone;
  }

  async #send(reference: string): Promise<void> {
    const body = this.#order.replace('PO-0000001', reference);
    const answer = await this.#ask('POST', '/v1/purchase-orders', body, reference);
    if (answer.status !== 201) throw new Error(`Failed to order: ${await answer.text()}`);
    const { number } = (await answer.json()) as Order;
    this.#acknowledged.set(reference, number);
  }

  #ask(method: string, path: string, body?: string, key?: string): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.#token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    return fetch(this.#url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  async #stopKindly(): Promise<void> {
    const child = this.#child as ChildProcess;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await gone;
  }
}

/** Takes webhooks, and remembers which came. */
async function startReceiver(): Promise<{
  url: string;
  seen: Set<string>;
  close(): Promise<void>;
}> {
  const seen = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    incoming.resume();
    incoming.on('end', () => {
      seen.add(incoming.headers['webhook-id'] as string);
      outgoing.end();
    });
  });
  await bind(server, 0, '127.0.0.1', 'the receiver of webhooks');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, close: () => closeServer(server) };
}

function undelivered(place: string, seen: ReadonlySet<string>): string[] {
  const history = openHistory(place);
  const missing: string[] = [];
  for (const record of history) {
    if (record.type === 'message.emitted' && !seen.has(record.message))
      missing.push(record.message);
  }
  if ('close' in history) history.close();
  return missing;
}
