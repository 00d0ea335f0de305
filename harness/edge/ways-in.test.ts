/** One suite against every way into a landscape: what goes over the wire must not depend on it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeFault } from '../fault.ts';
import { NotesLandscape, notesSystem } from '../testing/notes-system.ts';
import { RealClock } from '../clock.ts';
import { Landscape } from '../landscape.ts';
import { type Cut } from '../record.ts';
import { cut } from '../wire.ts';
import { expressRouter } from './express-router.ts';
import { closeServer, listen } from './listen.ts';
import { mswHandlers } from './msw-handlers.ts';
import { injectedFetch } from './injected-fetch.ts';
import type { Gate } from '../gate.ts';

const limitBytes = 64 * 1024;

/** Cuts the exchange about a key the way the key is called, after the commit. */
const cutting: ExchangeFault = {
  layer: 'exchange',
  kind: 'loseResponse',
  link: 'integration -> notes',
  trigger: {},
  intercept: async (exchange, next, { clock }) => {
    const outcome = await next();
    if (exchange.key === 'slow') await clock.sleep(30);
    if (exchange.key !== 'reset' && exchange.key !== 'refused') return outcome;
    return cut(exchange.key as Cut);
  },
};

interface WayIn {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly close: () => Promise<void> | void;
}

const ways: Record<string, (gate: Gate) => Promise<WayIn>> = {
  listen: async (gate) => {
    const { url, close } = await listen(gate, { bodyLimitBytes: limitBytes });
    return { url, fetch, close };
  },
  'listen, so many at a time': async (gate) => {
    const { url, close } = await listen(gate, { bodyLimitBytes: limitBytes, mostAtOnce: 64 });
    return { url, fetch, close };
  },
  express: async (gate) => {
    const app = express();
    app.use('/mounted/here', expressRouter(gate, { bodyLimitBytes: limitBytes }));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/mounted/here`,
      fetch,
      close: () => closeServer(server),
    };
  },
  msw: async (gate) => {
    const server = setupServer(...mswHandlers(new Map([['http://notes.seatrial', gate]])));
    server.listen();
    return {
      url: 'http://notes.seatrial',
      fetch: (...given) => fetch(...given),
      close: () => server.close(),
    };
  },
  'injected fetch': async (gate) => ({
    url: 'http://notes.seatrial',
    fetch: injectedFetch(new Map([['http://notes.seatrial', gate]])),
    close: () => {},
  }),
};

describe.each(Object.entries(ways))('%s', (name, open) => {
  let landscape: Landscape;
  let way: WayIn;

  beforeAll(async () => {
    landscape = new Landscape({
      systems: { notes: notesSystem },
      seed: 's',
      clock: new RealClock(),
      faults: [cutting],
    });
    landscape.begin();
    way = await open(landscape.gate('notes'));
  });
  afterAll(() => way.close());

  const call = (path: string, init?: RequestInit): Promise<Response> =>
    way.fetch(`${way.url}${path}`, init);
  const put = (key: string, body: BodyInit): Promise<Response> =>
    call(`/v1/notes/${key}`, { method: 'PUT', body });

  it('writes and reads', async () => {
    const written = await put('A', 'hello');
    expect(written.status).toBe(200);
    expect(written.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await written.json()).toEqual({ key: 'A', text: 'hello', revision: 1 });
    const read = await call('/v1/notes/A');
    expect(read.ok).toBe(true);
    expect(await read.json()).toEqual({ key: 'A', text: 'hello', revision: 1 });
  });

  it('carries any text, however it is sent', async () => {
    const odd = 'ä€😀\u0000\r\n"\\';
    expect(await (await put('B', odd)).json()).toMatchObject({ text: odd });
    expect(await (await put('C', new TextEncoder().encode(odd))).json()).toMatchObject({
      text: odd,
    });
    expect(await (await put('D', new Blob([odd]))).json()).toMatchObject({ text: odd });
    const request = new Request(`${way.url}/v1/notes/E`, { method: 'PUT', body: odd });
    expect(await (await way.fetch(request)).json()).toMatchObject({ text: odd });
    const url = new URL(`${way.url}/v1/notes/E`);
    expect(await (await way.fetch(url)).json()).toMatchObject({ text: odd });
  });

  it('carries headers both ways, whatever their case', async () => {
    const headers = { 'X-Correlation-ID': 'corr-1', Authorization: 'Bearer wrong' };
    expect((await call('/v1/notes', { headers })).status).toBe(401);
    const last = landscape.world.history.at(landscape.world.history.length - 2);
    expect(last).toMatchObject({
      type: 'exchange.invoked',
      correlationId: 'corr-1',
      path: '/v1/notes',
    });
  });

  it('gives the refusals of the system', async () => {
    const missing = await call('/v1/notes/nowhere');
    expect([missing.status, await missing.json()]).toEqual([404, { rule: 'unknown-note' }]);
    expect((await put('F', '')).status).toBe(422);
  });

  it('waits for an answer that is slow', async () => {
    expect((await put('slow', 'x')).status).toBe(200);
  });

  it('breaks the connection when a fault cuts it, with the commit done', async () => {
    for (const key of ['reset', 'refused']) {
      const broken = put(key, 'x').then(
        () => 'answered',
        (error: Error) => error.constructor.name,
      );
      expect(await broken).toBe('TypeError');
      const records = [...landscape.world.history];
      expect(records.some((record) => record.type === 'commit' && record.id === key)).toBe(true);
    }
  });

  it('answers many at once, each its own', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `many${index}`);
    const replies = await Promise.all(keys.map((key) => put(key, key)));
    const notes = (await Promise.all(replies.map((reply) => reply.json()))) as { text: string }[];
    expect(notes.map(({ text }) => text)).toEqual(keys);
  });

  it('refuses a body over the limit in the dialect’s words, and changes nothing', async () => {
    if (name !== 'listen' && name !== 'express') return;
    const before = landscape.world.history.length;
    const reply = await put('G', 'x'.repeat(limitBytes + 1));
    expect([reply.status, await reply.json()]).toEqual([413, { edge: 'tooLarge' }]);
    expect(landscape.world.history.length).toBe(before);
    expect((await put('G', 'x'.repeat(limitBytes))).status).toBe(200);
  });

  it('answers HEAD without a body', async () => {
    const reply = await call('/v1/notes/A', { method: 'HEAD' });
    expect(await reply.text()).toBe('');
  });
});

describe('the injected fetch', () => {
  const notes = new NotesLandscape();
  const inject = notes.landscape.fetch();
  afterEach(() => notes.pass(1000));

  it('fails as undici does for hosts that nobody has', async () => {
    await expect(inject('http://elsewhere.test/')).rejects.toMatchObject({
      cause: { code: 'ENOTFOUND' },
    });
  });

  it('hands other hosts on', async () => {
    const other = notes.landscape.fetch(() => Promise.resolve(new Response('other')));
    expect(await (await other('http://elsewhere.test/x')).text()).toBe('other');
  });

  it('ends with the reason of a signal that was aborted', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(inject('http://notes.seatrial/v1/notes', { signal })).rejects.toThrow('too late');
  });

  it('gives a response that is one', async () => {
    const response = await inject('http://notes.seatrial/v1/notes');
    expect(response).toBeInstanceOf(Response);
    const copy = response.clone();
    expect(await copy.text()).toBe(await response.text());
    expect(response.bodyUsed).toBe(true);
    await expect(response.text()).rejects.toThrow(TypeError);
  });
});
