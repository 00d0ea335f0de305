/**
 * The edge of one system towards the integration: numbers and records every exchange on both sides,
 * and lets the fault plan stand in the way. Without faults an exchange is answered in the same turn.
 */
import { Attempts } from './attempts.ts';
import type { Context } from './context.ts';
import type { ExchangeView } from './fault.ts';
import { Background, type Callee, intercept } from './interception.ts';
import { stableHash } from './random.ts';
import type { CompletedRecord, NewRecord } from './record.ts';
import type { EdgeRefusal, Handled, Operation, System } from './system.ts';
import { type Outcome, type WireReply, type WireRequest, reply, retryAfterMs } from './wire.ts';
import { type World, durable } from './world.ts';

export class Gate {
  readonly system: System;
  /** `integration -> erp`. */
  readonly link: string;
  readonly background = new Background();
  readonly #world: World;
  #touched = false;
  /** Of the fault plan, when it was last asked whether it touches this link. */
  #revision = -1;
  readonly #attempts: Attempts;
  #exchanges: number;
  #open = 0;

  constructor(world: World, system: System, caller = 'integration') {
    this.#world = world;
    this.system = system;
    this.link = `${caller} -> ${system.name}`;
    this.#attempts = new Attempts(this.link, world.archive);
    this.#exchanges = this.#attempts.exchanges;
  }

  /** Exchanges not answered yet, and commits still to come after an answer. */
  get pending(): number {
    return this.#open + this.background.pending;
  }

  /**
   * Answers one request, now or later; never throws for what the request says. `hasLeft` tells of a
   * caller who may lose patience: an answer that nobody waits for any more is one he does not know.
   */
  call(request: WireRequest, hasLeft?: () => boolean): Outcome | Promise<Outcome> {
    let outcome: Outcome | Promise<Outcome>;
    try {
      outcome = this.#answer(request, hasLeft);
    } catch (error) {
      return this.#unlessLost(error);
    }
    if (!(outcome instanceof Promise)) return this.#told(outcome);
    return outcome.then(
      (ended) => this.#told(ended),
      (error: unknown) => this.#unlessLost(error),
    );
  }

  /** A landscape whose archive is lost knows nothing any more, and says nothing. */
  #unlessLost(error: unknown): Outcome {
    if (this.#world.archive?.failure === undefined) throw error;
    return { kind: 'cut', cut: 'reset' };
  }

  /** Nobody is told of what could still be lost; what never becomes durable is never answered. */
  #told(outcome: Outcome): Outcome | Promise<Outcome> {
    const kept = durable(this.#world);
    if (kept === undefined) return outcome;
    return kept.then(
      () => outcome,
      (): Outcome => ({ kind: 'cut', cut: 'reset' }),
    );
  }

  #answer(request: WireRequest, hasLeft?: () => boolean): Outcome | Promise<Outcome> {
    const operation = this.system.identify(request);
    const exchange = `${this.system.name}-x${++this.#exchanges}`;
    this.#attempts.count(this.#exchanges);
    const at = this.#world.clock.now();
    const view = this.#invoked(request, operation, exchange, at);
    const context = this.#context(request, exchange, at);
    const faults = this.#isTouched() ? this.#world.faults.exchangeFaults(view) : [];
    // The short way, which most exchanges take: nothing stands between the caller and the system.
    if (faults.length === 0) {
      const { reply: answer, rule } = this.system.handle(request, context);
      return this.#completed(view, exchange, reply(answer), rule);
    }
    const callee = this.#callee(request, context);
    const outcome = intercept(this.#world, view, { exchange }, faults, callee, this.background);
    if (!(outcome instanceof Promise)) return this.#completed(view, exchange, outcome, callee.rule);
    this.#open++;
    return outcome
      .then((ended) => {
        const known: Outcome = hasLeft?.() === true ? { kind: 'cut', cut: 'timeout' } : ended;
        return this.#completed(view, exchange, known, callee.rule);
      })
      .finally(() => this.#open--);
  }

  /** The dialect's own answer to something the edge itself must refuse. */
  refuse(refusal: EdgeRefusal, request: WireRequest): WireReply {
    return this.system.refuseAtEdge(
      refusal,
      request,
      this.#context(request, 'edge', this.#world.clock.now()),
    );
  }

  #invoked(
    request: WireRequest,
    { name, key, safe, idempotencyKey }: Operation,
    exchange: string,
    at: number,
  ): ExchangeView {
    const { method, path } = request;
    const { link } = this;
    const attempt = this.#attempts.next(name, key);
    const record: Writable<NewOf<'exchange.invoked'>> = {
      type: 'exchange.invoked',
      at,
      exchange,
      link,
      caller: 'integration',
      callee: this.system.name,
      operation: name,
      attempt,
      method,
      path,
      safe,
    };
    const view: Writable<ExchangeView> = { link, operation: name, attempt, method, safe };
    if (key !== undefined) record.key = view.key = key;
    const correlationId = request.headers['x-correlation-id'];
    if (correlationId !== undefined) record.correlationId = correlationId;
    if (idempotencyKey !== undefined) {
      record.idempotencyKey = idempotencyKey;
      record.bodyHash = stableHash(request.body);
    }
    this.#world.history.append(record);
    if (path === this.system.access.tokenPath) view.token = true;
    return view;
  }

  #isTouched(): boolean {
    const { faults } = this.#world;
    if (this.#revision !== faults.revision) {
      this.#revision = faults.revision;
      this.#touched = faults.touches(this.link);
    }
    return this.#touched;
  }

  #context({ headers }: WireRequest, exchange: string, at: number): Context {
    const context: Writable<Context> = {
      at,
      today: this.#world.calendar.today(at),
      by: 'integration',
      exchange,
      // A request without one starts a correlation of its own, which no other document shares.
      correlationId: headers['x-correlation-id'] ?? `uncorrelated-${exchange}`,
    };
    const traceparent = headers['traceparent'];
    if (traceparent !== undefined) context.traceparent = traceparent;
    return context;
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
    { operation, key }: ExchangeView,
    exchange: string,
    ended: Outcome,
    rule: string | undefined,
  ): Outcome {
    const at = this.#world.clock.now();
    const record: Writable<NewOf<'exchange.completed'>> = {
      type: 'exchange.completed',
      at,
      exchange,
      link: this.link,
      callee: this.system.name,
      operation,
      ...callerView(ended, at),
    };
    if (key !== undefined) record.key = key;
    // The record is what the caller knows: a cut connection told it of no rule.
    if (rule !== undefined && ended.kind !== 'cut') record.rule = rule;
    this.#world.history.append(record);
    return ended;
  }
}

/** A record while it is being put together: optional fields are set when there is something to set. */
type Writable<T> = { -readonly [Field in keyof T]: T[Field] };
type NewOf<Type extends NewRecord['type']> = Extract<NewRecord, { type: Type }>;

type CallerView = Pick<CompletedRecord, 'outcome' | 'status' | 'cut' | 'retryAfterMs'>;

/** What the caller may conclude: a cut or a 5xx leaves it not knowing; a refused connection does not. */
export function callerView(outcome: Outcome, now: number): CallerView {
  if (outcome.kind === 'cut') {
    return { outcome: outcome.cut === 'refused' ? 'fail' : 'info', cut: outcome.cut };
  }
  const { status, headers } = outcome.reply;
  const known = status < 400 ? 'ok' : status < 500 ? 'fail' : 'info';
  const header = headers['retry-after'];
  const waitMs = retryAfterMs(typeof header === 'string' ? header : undefined, now);
  if (waitMs === undefined) return { outcome: known, status };
  return { outcome: known, status, retryAfterMs: waitMs };
}
