/**
 * The edge of one system towards the integration: numbers and records every exchange on both sides,
 * and lets the fault plan stand in the way. Without faults an exchange is answered in the same turn.
 */
import type { Context } from './context.ts';
import type { ExchangeView } from './fault.ts';
import { Background, type Callee, intercept } from './interception.ts';
import { stableHash } from './random.ts';
import type { CompletedRecord } from './record.ts';
import type { EdgeRefusal, Handled, Operation, System } from './system.ts';
import { type Outcome, type WireReply, type WireRequest, reply, retryAfterMs } from './wire.ts';
import type { World } from './world.ts';

export class Gate {
  readonly system: System;
  /** `integration -> erp`. */
  readonly link: string;
  readonly background = new Background();
  readonly #world: World;
  readonly #touched: boolean;
  readonly #attempts = new Map<string, number>();
  #exchanges = 0;
  #open = 0;

  constructor(world: World, system: System, caller = 'integration') {
    this.#world = world;
    this.system = system;
    this.link = `${caller} -> ${system.name}`;
    this.#touched = world.faults.touches(this.link);
  }

  /** Exchanges not answered yet, and commits still to come after an answer. */
  get pending(): number {
    return this.#open + this.background.pending;
  }

  /** Answers one request, now or later; never throws for what the request says. */
  call(request: WireRequest): Outcome | Promise<Outcome> {
    const operation = this.system.identify(request);
    const exchange = `${this.system.name}-x${++this.#exchanges}`;
    const view = this.#invoked(request, operation, exchange);
    const context = this.#context(request, exchange);
    const callee = this.#callee(request, context);
    if (!this.#touched) return this.#completed(view, exchange, callee.answer(), callee.rule);
    const faults = this.#world.faults.exchangeFaults(view);
    if (faults.length === 0) return this.#completed(view, exchange, callee.answer(), callee.rule);
    const outcome = intercept(this.#world, view, { exchange }, faults, callee, this.background);
    if (!(outcome instanceof Promise)) return this.#completed(view, exchange, outcome, callee.rule);
    this.#open++;
    return outcome
      .then((ended) => this.#completed(view, exchange, ended, callee.rule))
      .finally(() => this.#open--);
  }

  /** The dialect's own answer to something the edge itself must refuse. */
  refuse(refusal: EdgeRefusal, request: WireRequest): WireReply {
    return this.system.refuseAtEdge(refusal, request, this.#context(request, 'edge'));
  }

  #invoked(request: WireRequest, operation: Operation, exchange: string): ExchangeView {
    const { name, key, safe, idempotencyKey } = operation;
    const counted = `${name} ${key ?? ''}`;
    const attempt = (this.#attempts.get(counted) ?? 0) + 1;
    this.#attempts.set(counted, attempt);
    const correlationId = request.headers['x-correlation-id'];
    this.#world.history.append({
      type: 'exchange.invoked',
      at: this.#world.clock.now(),
      exchange,
      link: this.link,
      caller: 'integration',
      callee: this.system.name,
      operation: name,
      attempt,
      method: request.method,
      path: request.path,
      safe,
      ...(key === undefined ? {} : { key }),
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(idempotencyKey === undefined
        ? {}
        : { idempotencyKey, bodyHash: stableHash(request.body) }),
    });
    return {
      link: this.link,
      operation: name,
      attempt,
      method: request.method,
      safe,
      ...(key === undefined ? {} : { key }),
      ...(request.path === this.system.access.tokenPath ? { token: true } : {}),
    };
  }

  #context(request: WireRequest, exchange: string): Context {
    const at = this.#world.clock.now();
    const traceparent = request.headers['traceparent'];
    return {
      at,
      today: this.#world.calendar.today(at),
      by: 'integration',
      exchange,
      // A request without one starts a correlation of its own, which no other document shares.
      correlationId: request.headers['x-correlation-id'] ?? `uncorrelated-${exchange}`,
      ...(traceparent === undefined ? {} : { traceparent }),
    };
  }

  #callee(request: WireRequest, context: Context): Callee & { rule: string | undefined } {
    const { system } = this;
    const { clock, calendar } = this.#world;
    const current = (): Context => {
      const at = clock.now();
      return at === context.at ? context : { ...context, at, today: calendar.today(at) };
    };
    const answered = (handled: Handled): Outcome => {
      callee.rule = handled.rule;
      return reply(handled.reply);
    };
    const callee = {
      rule: undefined as string | undefined,
      answer: () => answered(system.handle(request, current())),
      answerAsOf: (ageMs: number) => {
        const now = current();
        return system.store.asOf(now.at - ageMs, () => answered(system.handle(request, now)));
      },
      refuse: (refusal: EdgeRefusal) => {
        callee.rule = refusal.kind === 'businessError' ? refusal.rule : undefined;
        return reply(system.refuseAtEdge(refusal, request, current()));
      },
      revokeTokens: () => system.revokeTokens(),
    };
    return callee;
  }

  #completed(
    view: ExchangeView,
    exchange: string,
    outcome: Outcome | Promise<Outcome>,
    rule: string | undefined,
  ): Outcome {
    // Callees of the gate answer in the same turn; only faults make promises, and those are awaited above.
    const ended = outcome as Outcome;
    const at = this.#world.clock.now();
    this.#world.history.append({
      type: 'exchange.completed',
      at,
      exchange,
      link: this.link,
      callee: this.system.name,
      operation: view.operation,
      ...(view.key === undefined ? {} : { key: view.key }),
      ...callerView(ended, at),
      // The record is what the caller knows: a cut connection told it of no rule.
      ...(rule === undefined || ended.kind === 'cut' ? {} : { rule }),
    });
    return ended;
  }
}

type CallerView = Pick<CompletedRecord, 'outcome' | 'status' | 'cut' | 'retryAfterMs'>;

/** What the caller may conclude: a cut or a 5xx leaves it not knowing; a refused connection does not. */
export function callerView(outcome: Outcome, now: number): CallerView {
  if (outcome.kind === 'cut') {
    return { outcome: outcome.cut === 'refused' ? 'fail' : 'info', cut: outcome.cut };
  }
  const { status, headers } = outcome.reply;
  const header = headers['retry-after'];
  const waitMs = retryAfterMs(typeof header === 'string' ? header : undefined, now);
  const told = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (status < 400) return { outcome: 'ok', status, ...told };
  return { outcome: status < 500 ? 'fail' : 'info', status, ...told };
}
