import { Validator } from '@seriousme/openapi-schema-validator';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CalendarDate } from '../domain/calendar-date.ts';
import type { Decimal } from '../domain/decimal.ts';
import { actorContext } from '../harness/world.ts';
import type { ErpCore } from '../simulators/erp/erp-core.ts';
import { ControlBench, token } from './testing/control-bench.ts';

const bench = new ControlBench();
beforeAll(() => bench.open());
afterAll(() => bench.close());

const soundIntegration = fileURLToPath(
  new URL('../test/integrations/sound/main.ts', import.meta.url),
);

test('the contract is a valid OpenAPI 3.1 document', async () => {
  const result = await new Validator().validate(structuredClone(bench.contract) as never);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

describe('what a client can do', () => {
  test('stands a landscape up, looks at it, deletes it', async () => {
    const made = await bench.get('POST', '/v1/landscapes', {
      id: 'first',
      seed: 'a',
      systems: { procurement: 'coupa', erp: 's4hana' },
    });
    expect(made.systems.map((each: any) => [each.name, each.dialect])).toEqual([
      ['procurement', 'coupa'],
      ['erp', 's4hana'],
    ]);
    expect(made.environment['SEATRIAL_ERP_URL']).toBe(made.systems[1].url);
    expect((await fetch(made.systems[0].url)).status).toBeGreaterThan(0);
    expect((await bench.get('GET', '/v1/landscapes')).items.map((each: any) => each.id)).toContain(
      'first',
    );
    expect(await bench.get('GET', '/v1/landscapes/first')).toEqual({
      ...made,
      clock: expect.anything(),
      historyLength: expect.any(Number),
    });
    expect((await bench.call('POST', '/v1/landscapes', { id: 'first' })).status).toBe(409);
    expect((await bench.call('DELETE', '/v1/landscapes/first')).status).toBe(204);
    expect((await bench.call('GET', '/v1/landscapes/first')).status).toBe(404);
    await expect(fetch(made.systems[0].url)).rejects.toThrow();
  });

  test('acts as every person of the business, and sees the documents that come of it', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'acts', seed: 'b' });
    const base = '/v1/landscapes/acts';
    const act = (name: string, body: unknown) => bench.get('POST', `${base}/actions/${name}`, body);
    const requisition = await act('submit-requisition', { lines: [{ quantity: '3' }] });
    await act('approve-requisition', { requisition: requisition.id });
    const order = await act('issue-order', { requisition: requisition.id, correlationId: 'mine' });
    await act('change-order', { purchaseOrder: order.id, lines: [{ line: '1', quantity: '12' }] });
    await act('acknowledge-order', { purchaseOrder: order.id });
    const notice = await act('ship-goods', { purchaseOrder: order.id });
    const invoice = await act('send-invoice', { purchaseOrder: order.id });
    await act('dispute-invoice', { invoice: invoice.id, reason: 'Nobody ordered this.' });
    await act('approve-invoice', { invoice: invoice.id });
    const other = await act('issue-order', {});
    await act('cancel-order', { purchaseOrder: other.id });
    expect((await act('run-payments', {})).data).toEqual([]);
    expect(notice.data.lines[0]).toMatchObject({ purchaseOrder: order.id, quantity: '12' });
    expect(invoice.data.lines[0].quantity).toBe('12');

    const path = `${base}/documents/procurement/PurchaseOrder`;
    const now = await bench.get('GET', `${path}/${order.id}`);
    expect(now.data).toMatchObject({ requisition: requisition.id, revision: 2 });
    const lines = (await bench.call('GET', `${base}/history`)).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const first = lines.find((each) => each.type === 'commit' && each.id === order.id);
    expect(first.correlationId).toBe('mine');
    const then = await bench.call('GET', `${path}/${order.id}?asOf=${first.at}`);
    expect(then.json.version).toBeLessThan(now.version);
    expect((await bench.call('GET', `${path}/${order.id}?asOf=${first.at - 1}`)).status).toBe(404);
    const page = await bench.get('GET', `${path}?limit=1`);
    expect(page.items.map((each: any) => each.id)).toEqual([order.id]);
    const next = await bench.get('GET', `${path}?after=${page.next}`);
    expect(next.items.map((each: any) => each.id)).toEqual([other.id]);
    const kinds = await bench.get('GET', `${base}/documents`);
    expect(kinds.items).toContainEqual({
      system: 'procurement',
      kind: 'Requisition',
      documents: 1,
    });
    const acted = lines
      .filter((each) => each.type === 'actor.acted')
      .map(({ actor, action }) => `${actor}: ${action}`);
    expect(acted).toContain('supplier: ship goods');
  });

  test('the warehouse and accounts payable act once the integration has brought what they need', async () => {
    const made = await bench.get('POST', '/v1/landscapes', { id: 'dock' });
    const base = '/v1/landscapes/dock';
    const act = (name: string, body: unknown) => bench.get('POST', `${base}/actions/${name}`, body);
    const order = await act('issue-order', {});
    const refused = await bench.call('POST', `${base}/actions/receive-goods`, {
      purchaseOrder: order.id,
    });
    expect([refused.status, refused.json.rule]).toEqual([404, 'unknown-order']);
    // Who waits is told when it is there, and only what was refused for good is in the history.
    const early = bench.get('POST', `${base}/actions/receive-goods?wait=60s`, {
      purchaseOrder: order.id,
      lines: [{ line: '1', quantity: '1' }],
      partial: true,
    });
    const never = await bench.call('POST', `${base}/actions/receive-goods?wait=60ms`, {
      purchaseOrder: order.id,
    });
    expect(never.json.rule).toBe('unknown-order');
    expect(await bench.get('GET', `${base}/arrivals`)).toEqual({ next: 0, items: [] });
    // What an integration would do: carry the order into the warehouse.
    const { url, tokenPath, basePath, clientId, clientSecret } = made.systems.find(
      (each: any) => each.name === 'wms',
    );
    const login = await fetch(url + tokenPath, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token } = (await login.json()) as { access_token: string };
    const [line] = order.data.lines;
    const carried = await fetch(`${url}${basePath}/expected-receipts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        purchaseOrder: order.id,
        supplier: order.data.supplier,
        plant: line.plant,
        lines: [
          {
            line: line.line,
            material: line.material,
            quantity: line.quantity,
            unit: line.unit,
            expectedOn: line.scheduleLines[0].deliveryDate,
          },
        ],
      }),
    });
    expect(carried.status).toBe(201);
    expect((await early).document).toBe('ReceiptConfirmation');
    const refusals = (await bench.call('GET', `${base}/history`)).text
      .split('\n')
      .filter((each) => each.includes('"refused":"unknown-order"'));
    expect(refusals.length).toBe(2);
    const { next, items } = await bench.get('GET', `${base}/arrivals?after=0`);
    expect(items.map(([flow]: [string]) => flow)).toEqual(['order-to-wms']);
    expect(items[0][1]).toBeGreaterThanOrEqual(0);
    expect(await bench.get('GET', `${base}/arrivals?after=${next}`)).toEqual({ next, items: [] });
    const receipt = await act('receive-goods', {
      purchaseOrder: order.id,
      lines: [{ line: '1', quantity: '4' }],
      partial: true,
    });
    const { supplier } = order.data;
    expect((await act('change-supplier', { supplier, name: 'New Ltd' })).data.name).toBe('New Ltd');
    const { material } = line;
    const told = await act('change-material', { material, description: 'Bolt' });
    expect(told.data.description).toBe('Bolt');
    await act('put-away', { receiptConfirmation: receipt.id, bin: 'BIN-001' });
    const second = await act('receive-goods', {
      purchaseOrder: order.id,
      lines: [{ line: '1', quantity: '2' }],
      partial: true,
    });
    const back = await act('reverse-receipt', { receiptConfirmation: second.id });
    expect(back.data.reverses).toBe(second.id);
    const nowhere = await bench.call('POST', `${base}/actions/clear-payment`, {
      payment: '2026/1',
    });
    expect(nowhere.status).toBe(404);
  });

  test('moves the clock: stops, steps, goes on, faster', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'clock' });
    const path = '/v1/landscapes/clock/clock';
    const stood = await bench.get('POST', `${path}/pause`);
    expect(stood.paused).toBe(true);
    expect((await bench.get('POST', `${path}/step`, { by: '1h' })).now).toBe(stood.now + 3_600_000);
    expect((await bench.get('GET', path)).now).toBe(stood.now + 3_600_000);
    expect((await bench.get('PUT', `${path}/speed`, { speed: 10 })).speed).toBe(10);
    expect((await bench.get('POST', `${path}/resume`)).paused).toBe(false);
    await bench.get('POST', '/v1/landscapes', {
      id: 'virtual',
      clock: { kind: 'virtual', startAt: 0 },
    });
    expect((await bench.get('POST', '/v1/landscapes/virtual/clock/step', { by: 5 })).now).toBe(5);
    expect(
      (await bench.call('PUT', '/v1/landscapes/virtual/clock/speed', { speed: 2 })).status,
    ).toBe(409);
  });

  test('business in a paused landscape stands still, and goes on step by step', async () => {
    const workload = { purchaseOrders: 3, over: '10s' };
    await bench.get('POST', '/v1/landscapes', { id: 'still', clock: { paused: true }, workload });
    const base = '/v1/landscapes/still';
    expect((await bench.get('POST', `${base}/workload`)).working).toBe(true);
    expect((await bench.call('POST', `${base}/workload`)).status).toBe(409);
    const before = await bench.get('GET', `${base}/owed`);
    expect(before.owed[0]).toMatchObject({ what: 'orders to come', count: 3 });
    expect(await bench.get('GET', `${base}/owed?wait=50ms`)).toEqual(before);
    await bench.get('POST', `${base}/clock/step`, { by: '5s' });
    const after = await bench.get('GET', `${base}/owed`);
    expect(after.owed.some((each: any) => each.what === 'orders to come')).toBe(false);
    expect((await bench.get('GET', base)).historyLength).toBeGreaterThan(3);
  });

  test('puts faults in and heals them, one or all', async () => {
    const made = await bench.get('POST', '/v1/landscapes', { id: 'faults' });
    const path = '/v1/landscapes/faults/faults';
    const erp = made.systems.find((each: any) => each.name === 'erp');
    const reach = () =>
      fetch(`${erp.url}/v1/openapi.json`).then(
        ({ status }) => status,
        () => 'refused',
      );
    expect(await reach()).toBe(200);
    const { fault } = await bench.get('POST', path, { kind: 'outage', link: 'integration -> erp' });
    expect(await reach()).toBe('refused');
    const healed = await bench.get('DELETE', `${path}/${encodeURIComponent(fault)}`);
    expect(healed.faults[0]).toMatchObject({ fault, fired: 1, healed: true });
    expect(await reach()).toBe(200);
    const partial = {
      kind: 'outage',
      link: 'integration -> erp',
      options: { answer: 'unavailable', rate: 0.5 },
    };
    const again = await bench.get('POST', path, partial);
    expect(again.fault).not.toBe(fault);
    const seen = new Set<unknown>();
    for (let i = 0; i < 40; i++) seen.add(await reach());
    expect(seen).toEqual(new Set([200, 503]));
    expect((await bench.get('POST', '/v1/landscapes/faults/heal')).healed).toBe(true);
    expect(await reach()).toBe(200);
    expect((await bench.get('GET', path)).faults).toHaveLength(2);
    expect((await bench.call('DELETE', `${path}/nothing`)).status).toBe(404);
    expect(
      (await bench.call('POST', path, { kind: 'outage', link: 'integration -> moon' })).status,
    ).toBe(422);
    for (const kind of ['network.reset', 'crash']) {
      const nowhere = await bench.call('POST', path, { kind, link: 'integration -> erp' });
      expect([nowhere.status, nowhere.json.rule]).toEqual([422, 'fault-not-here']);
    }
    expect(
      (await bench.call('POST', path, { kind: 'latency', link: 'integration -> erp' })).status,
    ).toBe(422);
  });

  test('says once where webhooks go', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'hooks' });
    const path = '/v1/landscapes/hooks/webhooks';
    const url = 'http://127.0.0.1:9';
    expect((await bench.get('PUT', path, { url })).webhooks).toBe(url);
    expect((await bench.call('PUT', path, { url })).status).toBe(409);
  });

  test('reads the history from a position, and follows it', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'past' });
    const base = '/v1/landscapes/past';
    await bench.get('POST', `${base}/actions/issue-order`, {});
    const all = (await bench.call('GET', `${base}/history`)).text;
    const some = (await bench.call('GET', `${base}/history?from=1&limit=2`)).text;
    expect(some.split('\n').slice(0, 2)).toEqual(all.split('\n').slice(1, 3));
    const following = bench.raw({
      method: 'GET',
      path: `${base}/history?follow=true&limit=${all.trim().split('\n').length + 1}`,
      headers: { authorization: `Bearer ${token}` },
    });
    await bench.get('POST', `${base}/actions/issue-order`, {});
    const followed = (await following).text;
    expect(followed.startsWith(all)).toBe(true);
    expect(followed.length).toBeGreaterThan(all.length);
    const endless = bench.raw({
      method: 'GET',
      path: `${base}/history?follow=true`,
      headers: { authorization: `Bearer ${token}` },
    });
    await bench.call('DELETE', base);
    expect((await endless).text.startsWith(followed)).toBe(true);
  });

  test('judges as things stand, by all promises or some, as JSON and JUnit', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'judged' });
    const base = '/v1/landscapes/judged';
    await bench.get('POST', `${base}/actions/issue-order`, {});
    const model = await bench.get('GET', `${base}/verdict`);
    expect(model.verdict).toBe('unknown');
    // Owed is not lost: nobody has had time to bring it.
    const lost = model.invariants.find(
      (each: any) => each.invariant === 'order-to-erp/nothing-lost',
    );
    expect([lost.status, lost.seen]).toEqual(['unknown', 1]);
    const some = await bench.get('GET', `${base}/verdict?only=order-to-erp,ledger-balanced`);
    expect(some.invariants.length).toBeLessThan(model.invariants.length);
    expect(
      some.invariants.every((each: any) =>
        /^(order-to-erp\/|ledger-balanced$)/.test(each.invariant),
      ),
    ).toBe(true);
    expect((await bench.call('GET', `${base}/verdict?format=junit`)).text).toMatch(/^<\?xml/);
  });

  test('notes once that the business is over, and again after more of it', async () => {
    const { id } = await bench.get('POST', '/v1/landscapes', {});
    const base = `/v1/landscapes/${id}`;
    const ends = async (): Promise<unknown[]> => {
      await bench.get('POST', `${base}/end`);
      const { text } = await bench.call('GET', `${base}/history`);
      const records = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      return records
        .filter(({ type }) => type === 'phase')
        .map(({ phase, reason }) => [phase, reason]);
    };
    expect(await ends()).toEqual([['check', 'quiet']]);
    await bench.get('POST', `${base}/actions/issue-order`, {});
    const over = await bench.get('POST', `${base}/end`);
    expect([over.quiet, over.owed[0].count]).toEqual([false, 1]);
    expect(await ends()).toEqual([
      ['check', 'quiet'],
      ['check', 'stopped'],
    ]);
  });

  test('shows it live: state, story, verdict', async () => {
    await bench.get('POST', '/v1/landscapes', { id: 'live' });
    await bench.get('POST', '/v1/landscapes/live/actions/issue-order', {});
    const stop = new AbortController();
    const reply = await fetch(`${bench.server.url}/v1/landscapes/live/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    bench.exercised.add('watchLive');
    let text = '';
    for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.includes('event: verdict') && text.endsWith('\n\n')) break;
    }
    stop.abort();
    const event = (name: string) =>
      JSON.parse(new RegExp(`^event: ${name}\ndata: (.*)$`, 'm').exec(text)?.[1] ?? '');
    expect(event('state')).toMatchObject({ landscape: 'live', inFlight: expect.any(Number) });
    expect(event('state').inFlight).toBeGreaterThan(0);
    expect(event('story')[0].sentence).toContain('PO-0000001');
    expect(event('verdict').status).toBe('unknown');
  });

  test('runs a whole trial and reports on it', { timeout: 120_000 }, async () => {
    const description = {
      name: 'from outside',
      seed: 'c',
      workload: { purchaseOrders: 2, over: '2s' },
      faults: [
        { kind: 'duplicate', link: 'procurement -> integration', options: { rate: 1 } },
        { kind: 'network.latency', link: 'integration -> erp', options: { latency: 20 } },
      ],
      integration: { command: `node ${soundIntegration}` },
      liveness: { deadline: '30s', settle: '5s' },
    };
    const { id, landscape } = await bench.get('POST', '/v1/trials', description);
    expect((await bench.call('GET', `/v1/trials/${id}/report`)).status).toBe(409);
    const ended = await bench.get('GET', `/v1/trials/${id}?wait=100s`);
    expect(ended).toMatchObject({ state: 'ended', name: 'from outside' });
    const report = await bench.get('GET', `/v1/trials/${id}/report`);
    expect(report.invariants.filter((each: any) => each.status === 'violated')).toEqual([]);
    expect(report.faults[0].fired).toBeGreaterThan(0);
    expect((await bench.call('GET', `/v1/trials/${id}/report?format=junit`)).text).toMatch(
      /^<\?xml/,
    );
    expect((await bench.get('GET', '/v1/trials')).items).toHaveLength(1);
    // What happened stays to be looked at, and nothing may go wrong in it any more.
    expect((await bench.get('GET', `/v1/landscapes/${landscape}/owed`)).quiet).toBe(true);
    await payOnceMore(landscape);
    const late = { kind: 'outage', link: 'integration -> erp' };
    expect((await bench.call('POST', `/v1/landscapes/${landscape}/faults`, late)).status).toBe(409);
    expect((await bench.call('DELETE', `/v1/trials/${id}`)).status).toBe(204);
    expect((await bench.call('GET', `/v1/landscapes/${landscape}`)).status).toBe(404);
  });

  test('a trial that cannot run says why, and one that is deleted ends its integration', async () => {
    const description = { workload: { purchaseOrders: 1 }, integration: { command: 'exit 3' } };
    const { id } = await bench.get('POST', '/v1/trials', description);
    const failed = await bench.get('GET', `/v1/trials/${id}?wait=30s`);
    expect(failed.state).toBe('failed');
    expect(failed.error).toContain('exit code 3');
    const sleeper = { ...description, integration: { command: 'sleep 60' } };
    const running = await bench.get('POST', '/v1/trials', sleeper);
    expect((await bench.call('DELETE', `/v1/trials/${running.id}`)).status).toBe(204);
  });

  test('every documented operation was exercised, and nothing was a fault of ours', () => {
    bench.exercised.add('getContract');
    const all = Object.values(bench.contract.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(all.filter((each) => !bench.exercised.has(each))).toEqual([]);
    expect(bench.faults).toEqual([]);
  });
});

/** An invoice that somebody blocked is released, paid on the day it is due, and seen by the bank. */
async function payOnceMore(landscape: string): Promise<void> {
  const base = `/v1/landscapes/${landscape}`;
  const { landscape: inside } = bench.plane.get(landscape).control;
  const core = inside.system('erp').core as ErpCore;
  const [posted] = (await bench.get('GET', `${base}/documents/erp/SupplierInvoice`)).items;
  const context = actorContext(inside.world, 'ap-clerk', 'test');
  const line = { amount: '10' as Decimal, glAccount: '415000', taxCode: 'V0' };
  const { year, number, supplier, dueDate } = core.invoices.post(
    {
      supplierReference: 'BY-HAND',
      companyCode: posted.data.companyCode,
      supplier: posted.data.supplier,
      currency: 'EUR',
      documentDate: context.today as CalendarDate,
      grossAmount: '10' as Decimal,
      lines: [line],
    },
    context,
  );
  core.invoices.block(year, number, 'manual', context);
  await bench.get('POST', `${base}/actions/release-invoice`, { year, number });
  core.periods.open(posted.data.companyCode, dueDate.slice(0, 4), dueDate.slice(5, 7), context);
  const paid = await bench.get('POST', `${base}/actions/run-payments`, { runDate: dueDate });
  const payment = paid.data.find((each: any) => each.supplier === supplier);
  const cleared = await bench.get('POST', `${base}/actions/clear-payment`, {
    payment: `${payment.year}/${payment.number}`,
  });
  expect(cleared.data.status).toBe('cleared');
}
