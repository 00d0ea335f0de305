import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import type { ExchangeFault, ExchangeView, Fault, MessageFault } from './fault.ts';
import { NotesLandscape } from './testing/notes-system.ts';
import { WebhookSender, defaultRetryScheduleMs, signWebhook } from './webhook-sender.ts';
import { type Outcome, type WireRequest, cut, reply } from './wire.ts';

const status = (code: number, headers: Record<string, string> = {}): Outcome =>
  reply({ status: code, headers, body: '' });
const secret = `whsec_${Buffer.from('a secret of the test').toString('base64')}`;

/** A sender whose endpoint answers what `answer` says, in `lastingMs`. */
class Bench {
  readonly notes: NotesLandscape;
  readonly sender: WebhookSender;
  readonly got: { id: string; at: number; request: WireRequest }[] = [];
  readonly startedAt: number;
  underWay = 0;
  mostUnderWay = 0;

  constructor(
    answer: (call: number) => Outcome = () => status(200),
    { lastingMs = 0, concurrency = 4, faults = [] as readonly Fault[], schedule = [100, 400] } = {},
  ) {
    this.notes = new NotesLandscape(faults);
    this.startedAt = this.notes.clock.now();
    const { world } = this.notes.landscape;
    const options = { path: '/webhooks/notes', secret, retryScheduleMs: schedule, concurrency };
    this.sender = new WebhookSender(
      world,
      this.notes.landscape.system('notes'),
      options,
      async (path, request) => {
        expect(path).toBe('/webhooks/notes');
        const call = this.got.length;
        this.got.push({
          id: request.headers['webhook-id'] ?? '',
          at: this.notes.clock.now() - this.startedAt,
          request,
        });
        this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
        if (lastingMs > 0) await this.notes.clock.sleep(lastingMs);
        this.underWay--;
        return answer(call);
      },
    );
  }

  get times(): number[] {
    return this.got.map(({ at }) => at);
  }
}

describe('WebhookSender', () => {
  test("a message goes out once, signed so that Standard Webhooks' own library takes it", async () => {
    const { notes, got, sender } = new Bench();
    notes.act('A');
    await notes.pass(10_000);
    expect(got).toHaveLength(1);
    const [{ request }] = got as unknown as [{ request: WireRequest }];
    const { headers, body } = request;
    const signature = new Webhook(secret).sign(
      headers['webhook-id'] as string,
      // The library asks a Date for nothing but its time, and Dates belong to the clock.
      { getTime: () => Number(headers['webhook-timestamp']) * 1000 } as never,
      body,
    );
    expect(headers['webhook-signature']).toBe(signature);
    expect(headers['x-correlation-id']).toBe(notes.records('message.emitted')[0]?.correlationId);
    expect(headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(notes.records('message.delivered')).toMatchObject([
      { attempt: 1, copy: 1, outcome: 'ok', status: 200 },
    ]);
    expect(sender.pending).toBe(0);
  });

  test('the signature depends on every part', () => {
    const base = signWebhook(secret, 'id', 5, 'body');
    expect(base).toMatch(/^v1,/);
    for (const other of [
      signWebhook('whsec_b3RoZXI=', 'id', 5, 'body'),
      signWebhook(secret, 'id2', 5, 'body'),
      signWebhook(secret, 'id', 6, 'body'),
      signWebhook(secret, 'id', 5, 'body2'),
    ]) {
      expect(other).not.toBe(base);
    }
  });

  test('tries again by its schedule, with the same id, then gives up', async () => {
    const { notes, got, sender } = new Bench(() => status(500));
    notes.act('A');
    expect(sender.pending).toBe(1);
    await notes.pass(10_000);
    expect(got.map(({ at }) => at)).toEqual([0, 100, 500]);
    expect(new Set(got.map(({ id }) => id)).size).toBe(1);
    expect(
      notes.records('message.delivered').map(({ attempt, outcome }) => [attempt, outcome]),
    ).toEqual([
      [1, 'info'],
      [2, 'info'],
      [3, 'info'],
    ]);
    expect(notes.records('message.abandoned')).toMatchObject([{ key: 'A', version: 1 }]);
    expect(sender.pending).toBe(0);
  });

  test.each([
    ['a 4xx', status(400)],
    ['a reset', cut('reset')],
    ['a refused connection', cut('refused')],
  ])('%s is tried again, too', async (_name, first) => {
    const bench = new Bench((call) => (call === 0 ? first : status(204)));
    bench.notes.act('A');
    await bench.notes.pass(10_000);
    expect(bench.times).toEqual([0, 100]);
    expect(bench.notes.records('message.abandoned')).toEqual([]);
  });

  test('waits as long as Retry-After asks when that is longer', async () => {
    const bench = new Bench((call) =>
      call === 0 ? status(503, { 'retry-after': '3' }) : status(200),
    );
    bench.notes.act('A');
    await bench.notes.pass(10_000);
    expect(bench.times).toEqual([0, 3000]);
  });

  test('messages of one key go one after the other, of several keys at once up to the limit', async () => {
    const bench = new Bench(undefined, { lastingMs: 10, concurrency: 3 });
    for (const key of ['A', 'A', 'B', 'C', 'D']) bench.notes.act(key);
    await bench.notes.pass(100);
    const order = bench.got.map(({ at, request }) => [
      at,
      (JSON.parse(request.body) as { key: string }).key,
    ]);
    expect(order).toEqual([
      [0, 'A'],
      [0, 'B'],
      [0, 'C'],
      [10, 'A'],
      [10, 'D'],
    ]);
    expect(bench.mostUnderWay).toBe(3);
  });

  test('a failed first attempt lets the next version overtake it', async () => {
    const bench = new Bench((call) => status(call === 0 ? 500 : 200));
    bench.notes.act('A');
    bench.notes.act('A');
    await bench.notes.pass(1000);
    const versions = bench.got.map(
      ({ request }) => (JSON.parse(request.body) as { version: number }).version,
    );
    expect(versions).toEqual([1, 2, 1]);
  });

  test('stopped, it sends nothing more and owes nothing new', async () => {
    const bench = new Bench(() => status(500));
    bench.notes.act('A');
    await bench.notes.pass(50);
    bench.sender.stop();
    bench.notes.act('B');
    await bench.notes.pass(10_000);
    expect(bench.got).toHaveLength(1);
    expect(bench.sender.pending).toBe(0);
  });

  test('its default schedule grows', () => {
    expect([...defaultRetryScheduleMs]).toEqual([...defaultRetryScheduleMs].sort((a, b) => a - b));
  });
});

describe('under faults', () => {
  const onWebhooks = (intercept: ExchangeFault['intercept'], rate = 1): ExchangeFault => ({
    layer: 'exchange',
    kind: 'test',
    link: 'notes -> integration',
    trigger: { rate },
    intercept,
  });

  test('exchange faults stand in its way: a lost answer makes it send again', async () => {
    const lossy = onWebhooks(async (exchange, next, tools) => {
      const outcome = await next();
      if (exchange.attempt > 1) return outcome;
      tools.fired();
      return cut('timeout');
    });
    const bench = new Bench(undefined, { faults: [lossy] });
    bench.notes.act('A');
    await bench.notes.pass(1000);
    expect(bench.got).toHaveLength(2);
    expect(bench.notes.records('message.delivered').map(({ outcome }) => outcome)).toEqual([
      'info',
      'ok',
    ]);
    expect(bench.notes.records('fault.fired')).toMatchObject([
      { message: bench.got[0]?.id, attempt: 1 },
    ]);
  });

  test('a refusal is what a proxy in front of the endpoint would answer', async () => {
    const refused = onWebhooks((exchange, next, tools) =>
      exchange.attempt === 1 ? tools.refuse({ kind: 'throttled', retryAfterSeconds: 2 }) : next(),
    );
    const bench = new Bench(undefined, { faults: [refused] });
    bench.notes.act('A');
    await bench.notes.pass(5000);
    expect(bench.times).toEqual([2000]);
    expect(bench.notes.records('message.delivered')[0]).toMatchObject({
      status: 429,
      outcome: 'fail',
    });
  });

  test('two messages of one key, and two copies of one message, are decided each for itself', async () => {
    const twice: MessageFault = {
      layer: 'message',
      kind: 'twice',
      link: 'notes -> integration',
      trigger: {},
      plan: (deliveries) => [...deliveries, ...deliveries.map((each) => ({ ...each, copy: 2 }))],
    };
    const struck: ExchangeView[] = [];
    const sometimes = onWebhooks((exchange, next) => (struck.push(exchange), next()), 0.5);
    const bench = new Bench(undefined, { faults: [twice, sometimes] });
    for (let version = 0; version < 32; version++) bench.notes.act('A');
    await bench.notes.pass(1000);
    expect(bench.got).toHaveLength(64);
    const ids = new Map<string, number>();
    for (const { delivery } of struck) {
      const id = delivery?.split('/')[0] ?? '';
      ids.set(id, (ids.get(id) ?? 0) + 1);
    }
    expect(struck.length).toBeGreaterThan(16);
    expect(struck.length).toBeLessThan(48);
    // Some messages were struck in one copy and not in the other.
    expect(new Set(ids.values())).toEqual(new Set([1, 2]));
  });
});
