/** The same calls to the embedded and the real server, in one order: the same status, headers and body. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToxiproxyServer } from '../../chaos/network/toxiproxy-server.ts';
import { freePort } from '../../harness/watched-process.ts';
import { type ApiCall, apiCalls } from './api-calls.ts';
import { realServer, startOurs, startReal } from './servers.ts';

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly location: string | undefined;
  readonly nosniff: boolean;
  readonly identified: boolean;
  readonly body: string;
}

/** What must differ is written alike: ports that the system chose. */
const alike = (text: string): string =>
  text
    .replaceAll(/((?:127\.0\.0\.1|\[::1?\]):)\d{4,5}\b/g, '$1PORT')
    .replaceAll(/lookup (\S+) on \S+: no such host/g, 'lookup $1: no such host');

class Side {
  readonly #server: ToxiproxyServer;
  readonly #ports = new Map<string, number>();

  constructor(server: ToxiproxyServer) {
    this.#server = server;
  }

  async ask({ method, path, body, headers = {} }: ApiCall): Promise<Answer> {
    for (const name of 'uabp') {
      if (!this.#ports.has(name)) this.#ports.set(name, await freePort());
    }
    const api = new URL(this.#server.url);
    const sent = body
      ?.replaceAll('#api', api.port)
      .replaceAll(/\$([a-z])/g, (_all, name: string) => String(this.#ports.get(name)));
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { host: api.hostname, port: api.port, method, path, headers },
        (incoming) => {
          let text = '';
          incoming.setEncoding('utf8');
          incoming.on('data', (part: string) => (text += part));
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              type: incoming.headers['content-type'],
              location: incoming.headers.location,
              nosniff: incoming.headers['x-content-type-options'] === 'nosniff',
              identified: /^\w{20}$/.test(String(incoming.headers['x-toxiproxy-request-id'])),
              body: alike(text),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(sent);
    });
  }
}

describe.skipIf(!realServer())('the API', () => {
  const servers: ToxiproxyServer[] = [];
  let [ours, real] = [] as unknown as [Side, Side];

  beforeAll(async () => {
    servers.push(await startOurs(), await startReal());
    [ours, real] = servers.map((server) => new Side(server)) as [Side, Side];
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  test(`${apiCalls.length} calls are answered alike`, async () => {
    const differences: unknown[] = [];
    for (const each of apiCalls) {
      const expected = await real.ask(each);
      const answer = await ours.ask(each);
      if (JSON.stringify(answer) !== JSON.stringify(expected)) {
        differences.push({ call: each, expected, answer });
      }
    }
    expect(apiCalls.length).toBeGreaterThan(300);
    expect(differences).toEqual([]);
  });
});
