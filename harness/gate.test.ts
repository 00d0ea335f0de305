import { describe, expect, test } from 'vitest';
import type { ExchangeFault, ExchangeView } from './fault.ts';
import { callerView } from './gate.ts';
import { NotesLandscape, ending } from './testing/notes-system.ts';
import { cut, reply } from './wire.ts';

const fault = (intercept: ExchangeFault['intercept']): ExchangeFault => ({
  layer: 'exchange',
  kind: 'test',
  link: 'integration -> notes',
  trigger: {},
  intercept,
});

describe('Gate', () => {
  test('answers in the same turn, and records both sides of the exchange around the commit', () => {
    const notes = new NotesLandscape();
    const headers = { 'x-correlation-id': 'corr-1', traceparent: '00-a-b-01' };
    expect(notes.call('PUT', '/v1/notes/A', 'text', headers)).toMatchObject({ kind: 'reply' });
    const records = [...notes.landscape.world.history];
    expect(records.map(({ type }) => type)).toEqual([
      'exchange.invoked',
      'commit',
      'message.emitted',
      'exchange.completed',
    ]);
    expect(records[0]).toMatchObject({
      exchange: 'notes-x1',
      link: 'integration -> notes',
      caller: 'integration',
      callee: 'notes',
      operation: 'writeNote',
      key: 'A',
      attempt: 1,
      method: 'PUT',
      safe: false,
      correlationId: 'corr-1',
    });
    expect(records[1]).toMatchObject({ exchange: 'notes-x1', correlationId: 'corr-1', id: 'A' });
    expect(records[2]).toMatchObject({ correlationId: 'corr-1' });
    expect(records[3]).toMatchObject({ exchange: 'notes-x1', outcome: 'ok', status: 200 });
  });

  test('counts attempts by operation and key', async () => {
    const notes = new NotesLandscape();
    for (const [method, key] of [
      ['PUT', 'A'],
      ['PUT', 'B'],
      ['PUT', 'A'],
      ['GET', 'A'],
    ] as const) {
      await notes.call(method, `/v1/notes/${key}`, 'x');
    }
    expect(notes.records('exchange.invoked').map(({ attempt }) => attempt)).toEqual([1, 1, 2, 1]);
  });

  test('a request without a correlation id shares its own with nobody', async () => {
    const notes = new NotesLandscape();
    await notes.call('PUT', '/v1/notes/A', 'x');
    await notes.call('PUT', '/v1/notes/B', 'x');
    const ids = notes.records('commit').map(({ correlationId }) => correlationId);
    expect(new Set(ids).size).toBe(2);
    expect(notes.records('exchange.invoked')[0]).not.toHaveProperty('correlationId');
  });

  test('a refusal by the rules is told with its rule, unless the answer was lost', async () => {
    const notes = new NotesLandscape();
    expect(ending(await notes.call('PUT', '/v1/notes/A', ''))).toBe(422);
    expect(notes.records('exchange.completed')).toMatchObject([
      { outcome: 'fail', rule: 'empty-note' },
    ]);
    expect(notes.records('commit')).toEqual([]);
    const losing = new NotesLandscape([
      fault((_exchange, next) => {
        void next();
        return cut('reset');
      }),
    ]);
    await losing.call('PUT', '/v1/notes/A', '');
    expect(losing.records('exchange.completed')[0]).not.toHaveProperty('rule');
  });

  test('a business error of a fault carries its rule as one of the system would', async () => {
    const refusal = { kind: 'businessError', rule: 'blocked', message: 'No.' } as const;
    const notes = new NotesLandscape([fault((_exchange, _next, tools) => tools.refuse(refusal))]);
    await notes.call('PUT', '/v1/notes/A', 'x');
    expect(notes.records('exchange.completed')).toMatchObject([
      { outcome: 'fail', rule: 'blocked' },
    ]);
  });

  test('is open while an answer is due, and after it while work goes on', async () => {
    const slow = fault(async (_exchange, next, { clock, background }) => {
      await clock.sleep(100);
      background(clock.sleep(200));
      return next();
    });
    const notes = new NotesLandscape([slow]);
    const gate = notes.landscape.gate('notes');
    void notes.call('PUT', '/v1/notes/A', 'x');
    expect(gate.pending).toBe(1);
    expect(notes.records('exchange.completed')).toEqual([]);
    await notes.pass(150);
    expect(notes.records('exchange.completed')).toHaveLength(1);
    expect(gate.pending).toBe(1);
    await notes.pass(151);
    expect(gate.pending).toBe(0);
  });

  test('faults see what the request is about; token requests are marked', async () => {
    const seen: ExchangeView[] = [];
    const notes = new NotesLandscape([fault((exchange, next) => (seen.push(exchange), next()))]);
    await notes.call('GET', '/v1/notes/A');
    await notes.call('POST', '/oauth/token');
    expect(seen).toEqual([
      {
        link: 'integration -> notes',
        operation: 'readNote',
        key: 'A',
        attempt: 1,
        method: 'GET',
        safe: true,
      },
      {
        link: 'integration -> notes',
        operation: 'issueToken',
        attempt: 1,
        method: 'POST',
        safe: false,
        token: true,
      },
    ]);
  });

  test('a commit that comes late has the time of its coming', async () => {
    const late = fault(async (_exchange, next, { clock }) => (await clock.sleep(500), next()));
    const notes = new NotesLandscape([late]);
    const startedAt = notes.clock.now();
    await notes.answer('PUT', '/v1/notes/A', 'x');
    expect(notes.records('commit')[0]?.at).toBe(startedAt + 500);
  });

  test('an answer that the caller did not wait for is one he does not know', async () => {
    const late = fault(async (_exchange, next, { clock }) => {
      const ended = next();
      await clock.sleep(500);
      return ended;
    });
    const notes = new NotesLandscape([late]);
    const request = { method: 'PUT', path: '/v1/notes/A', query: '', headers: {}, body: 'x' };
    for (const hasLeft of [true, false]) {
      void notes.landscape.gate('notes').call(request, () => hasLeft);
      await notes.pass(500);
    }
    const [left, stayed] = notes.records('exchange.completed');
    expect(left).toMatchObject({ outcome: 'info', cut: 'timeout' });
    expect(stayed).toMatchObject({ outcome: 'ok', status: 200 });
    expect(notes.records('commit')).toHaveLength(2);
  });

  test("refuses at the edge in the system's own words", () => {
    const notes = new NotesLandscape();
    const request = { method: 'PUT', path: '/v1/notes/A', query: '', headers: {}, body: 'x' };
    const answer = notes.landscape
      .gate('notes')
      .refuse({ kind: 'tooLarge', limitBytes: 1 }, request);
    expect(answer.status).toBe(413);
  });
});

describe('callerView', () => {
  test.each([
    [200, 'ok'],
    [201, 'ok'],
    [304, 'ok'],
    [400, 'fail'],
    [429, 'fail'],
    [499, 'fail'],
    [500, 'info'],
    [504, 'info'],
  ] as const)('%i is %s', (status, outcome) => {
    expect(callerView(reply({ status, headers: {}, body: '' }), 0)).toEqual({ outcome, status });
  });

  test('a refused connection did nothing; a broken or silent one leaves the caller not knowing', () => {
    expect(callerView(cut('refused'), 0)).toEqual({ outcome: 'fail', cut: 'refused' });
    expect(callerView(cut('reset'), 0)).toEqual({ outcome: 'info', cut: 'reset' });
    expect(callerView(cut('timeout'), 0)).toEqual({ outcome: 'info', cut: 'timeout' });
  });

  test('Retry-After is told in milliseconds from now', () => {
    const told = (value: string): unknown =>
      callerView(reply({ status: 503, headers: { 'retry-after': value }, body: '' }), 1000);
    expect(told('7')).toMatchObject({ retryAfterMs: 7000 });
    expect(told('Thu, 01 Jan 1970 00:00:05 GMT')).toMatchObject({ retryAfterMs: 4000 });
    expect(told('soon')).not.toHaveProperty('retryAfterMs');
  });
});
