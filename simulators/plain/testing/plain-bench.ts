/** A system of a landscape with a client beside it, for the tests of the `plain` dialects. */
import { Calendar } from '../../../harness/calendar.ts';
import { VirtualClock } from '../../../harness/clock.ts';
import type { Context } from '../../../harness/context.ts';
import { FaultPlan } from '../../../harness/fault-plan.ts';
import { MemoryHistory } from '../../../harness/history.ts';
import { KeyedRandom } from '../../../harness/random.ts';
import type { Handled, System, SystemFactory } from '../../../harness/system.ts';
import { type WireReply, type WireRequest, splitTarget } from '../../../harness/wire.ts';
import type { World } from '../../../harness/world.ts';

export interface Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `null` sends no token. */
  readonly token?: string | null;
  readonly context?: Partial<Context>;
}

export interface Answered {
  readonly status: number;
  readonly headers: WireReply['headers'];
  readonly text: string;
  // What comes back is whatever the test expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
  readonly rule: string | undefined;
}

/** Housekeeping may change with a refused request; documents may not. */
const housekeeping = new Set(['AccessToken', 'IdempotencyKey', 'RateLimitBucket', 'SapSession']);

export class PlainBench {
  readonly clock = new VirtualClock({ startAt: 1_795_251_600_000 });
  readonly world: World;
  readonly system: System;
  #token: string | undefined;
  #exchanges = 0;

  constructor(name: string, factory: SystemFactory, seed = 'bench') {
    const random = new KeyedRandom(seed);
    this.world = {
      seed,
      random,
      clock: this.clock,
      calendar: new Calendar(this.clock),
      history: new MemoryHistory(),
      faults: new FaultPlan([], random, this.clock),
    };
    this.system = factory(name, this.world);
  }

  get token(): string {
    this.#token ??= this.issue().json.access_token as string;
    return this.#token;
  }

  /** Asks for a token by client_secret_post. */
  issue(scope?: string, path = '/oauth/token'): Answered {
    const { clientId, clientSecret } = this.system.access;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope === undefined ? {} : { scope }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.call('POST', path, { body: form.toString(), headers, token: null });
  }

  call(method: string, target: string, asked: Asked = {}): Answered {
    const request = this.request(method, target, asked);
    this.system.identify(request);
    return this.answer(this.system.handle(request, this.context(asked.context)));
  }

  context(parts: Partial<Context> = {}): Context {
    const at = this.clock.now();
    const exchange = `x${++this.#exchanges}`;
    const today = this.world.calendar.today(at);
    return { at, today, by: 'integration', exchange, correlationId: `c-${exchange}`, ...parts };
  }

  request(method: string, target: string, { body, headers, token }: Asked = {}): WireRequest {
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const bearer = token === null ? {} : { authorization: `Bearer ${token ?? this.token}` };
    const type = text === '' ? {} : { 'content-type': 'application/json' };
    return {
      method,
      ...splitTarget(target),
      headers: { ...bearer, ...type, ...headers },
      body: text,
    };
  }

  answer({ reply, rule }: Handled): Answered {
    const { status, headers, body: text } = reply;
    return { status, headers, text, json: text === '' ? undefined : JSON.parse(text), rule };
  }

  /** Lets trial time pass. */
  async pass(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.clock.run(() => this.clock.now() >= until, until);
    if (this.clock.now() < until) {
      this.clock.after(ms, () => undefined);
      await this.clock.run(() => this.clock.now() >= until);
    }
  }

  /** All documents with their versions, and how much was told about them. */
  state(): string {
    const { store, feed } = this.system;
    const parts: string[] = [`${this.world.history.length} ${feed.length}`];
    for (const collection of store.collections) {
      if (housekeeping.has(collection.kind)) continue;
      for (const [id, { version, data }] of collection.entries()) {
        parts.push(`${collection.kind} ${id} ${version} ${JSON.stringify(data)}`);
      }
    }
    return parts.join('\n');
  }
}
