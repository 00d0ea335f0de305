/**
 * Sends a system's messages to one endpoint as Standard Webhooks do: signed, at least once, with the
 * sender's own retry schedule. Messages of one business key go in order as long as the first attempt
 * succeeds; a retry may be overtaken, as in life.
 */
import { type KeyObject, createHmac, createSecretKey } from 'node:crypto';
import type { Delivery, ExchangeView } from './fault.ts';
import { callerView } from './gate.ts';
import { Background, type Callee, intercept } from './interception.ts';
import type { EdgeRefusal, System } from './system.ts';
import { type Outcome, type WireRequest, reply } from './wire.ts';
import { KeptDeliveries } from './kept-deliveries.ts';
import { type World, durable } from './world.ts';

const always = (): boolean => true;
const never = (): boolean => false;

/** Takes a webhook to its endpoint and says how it ended. */
export type Post = (path: string, request: WireRequest) => Promise<Outcome>;

export interface WebhookOptions {
  /** Path of the endpoint, e.g. `/webhooks/erp`. */
  readonly path: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  /** Waits between attempts, in trial milliseconds; after the last the message is abandoned. */
  readonly retryScheduleMs: readonly number[];
  /** Attempts under way at once. */
  readonly concurrency: number;
}

export const defaultRetryScheduleMs: readonly number[] = [
  500, 1500, 4000, 8000, 15_000, 30_000, 60_000, 120_000,
];

interface Outgoing {
  readonly delivery: Delivery;
  attempt: number;
}

export class WebhookSender {
  readonly background = new Background();
  readonly #world: World;
  readonly #system: System;
  readonly #options: WebhookOptions;
  readonly #post: Post;
  readonly #key: KeyObject;
  readonly #kept: KeptDeliveries;
  readonly #queue: Outgoing[] = [];
  readonly #busyKeys = new Set<string>();
  #underWay = 0;
  #waiting = 0;
  #stopped = false;

  constructor(world: World, system: System, options: WebhookOptions, post: Post) {
    this.#world = world;
    this.#system = system;
    this.#options = options;
    this.#post = post;
    this.#key = webhookKey(options.secret);
    this.#kept = new KeptDeliveries(world.archive, system.name, '#webhook');
    system.onMessage((delivery) => this.#take({ delivery, attempt: 1 }));
    // What the process before this one did not deliver.
    for (const { event, copy, attempt } of this.#kept.all()) {
      this.#enqueue({ delivery: { event, copy, afterMs: 0 }, attempt });
    }
  }

  #take(outgoing: Outgoing): void {
    const { delivery, attempt } = outgoing;
    const { event, copy, forged } = delivery;
    if (forged === undefined) this.#kept.put({ event, copy, attempt });
    this.#enqueue(outgoing);
  }

  /** Messages that are queued, under way or waiting for their next attempt. */
  get pending(): number {
    return this.#queue.length + this.#underWay + this.#waiting + this.background.pending;
  }

  /** Sends nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#queue.length = 0;
  }

  #enqueue(outgoing: Outgoing): void {
    if (this.#stopped) return;
    this.#queue.push(outgoing);
    this.#next();
  }

  #next(): void {
    for (let i = 0; i < this.#queue.length && this.#underWay < this.#options.concurrency;) {
      const outgoing = this.#queue[i] as Outgoing;
      const { key } = outgoing.delivery.event;
      if (this.#busyKeys.has(key)) {
        i++;
        continue;
      }
      this.#queue.splice(i, 1);
      this.#busyKeys.add(key);
      this.#underWay++;
      void this.#attempt(outgoing)
        .catch((error: unknown) => {
          // An archive that is lost has its own way to be told.
          if (this.#world.archive?.failure === undefined) throw error;
        })
        .finally(() => {
          this.#underWay--;
          this.#busyKeys.delete(key);
          this.#next();
        });
    }
  }

  async #attempt(outgoing: Outgoing): Promise<void> {
    const { event, copy, forged } = outgoing.delivery;
    const { clock, history } = this.#world;
    // Nobody is told of a commit that could still be lost.
    const kept = durable(this.#world);
    if (kept !== undefined && !(await kept.then(always, never))) return;
    const request = this.#request(outgoing.delivery);
    const outcome = await this.#exchange(outgoing, request);
    const seen = callerView(outcome, clock.now());
    history.append({
      type: 'message.delivered',
      at: clock.now(),
      message: event.id,
      system: this.#system.name,
      channel: 'events',
      link: `${this.#system.name} -> integration`,
      event: event.type,
      document: event.document,
      key: event.key,
      version: event.version,
      attempt: outgoing.attempt,
      copy,
      outcome: seen.outcome,
      ...(seen.status === undefined ? {} : { status: seen.status }),
      ...(forged === undefined ? {} : { forged }),
    });
    // Nobody who forges a message waits for it to be believed.
    if (forged !== undefined) return;
    if (seen.outcome === 'ok') this.#kept.remove(event.id, copy);
    else this.#retry(outgoing, seen.retryAfterMs);
  }

  #exchange(outgoing: Outgoing, request: WireRequest): Outcome | Promise<Outcome> {
    const { event, copy } = outgoing.delivery;
    const view: ExchangeView = {
      link: `${this.#system.name} -> integration`,
      operation: event.type,
      key: event.key,
      attempt: outgoing.attempt,
      method: 'POST',
      safe: false,
      delivery: `${event.id}/${copy}`,
      version: event.version,
    };
    const faults = this.#world.faults.exchangeFaults(view);
    const answer = (): Promise<Outcome> => this.#post(this.#options.path, request);
    if (faults.length === 0) return answer();
    const callee: Callee = {
      answer,
      answerAsOf: answer,
      refuse: endpointRefusal,
      revokeTokens() {},
    };
    return intercept(this.#world, view, { message: event.id }, faults, callee, this.background);
  }

  #retry(outgoing: Outgoing, retryAfterMs = 0): void {
    const { event, copy } = outgoing.delivery;
    const waitMs = this.#options.retryScheduleMs[outgoing.attempt - 1];
    // What a landscape that goes on later still has to deliver is not given up.
    if (this.#stopped && this.#world.archive !== undefined) return;
    if (waitMs === undefined || this.#stopped) {
      this.#kept.remove(event.id, copy);
      this.#world.history.append({
        type: 'message.abandoned',
        at: this.#world.clock.now(),
        message: event.id,
        system: this.#system.name,
        channel: 'events',
        link: `${this.#system.name} -> integration`,
        document: event.document,
        key: event.key,
        version: event.version,
      });
      return;
    }
    const attempt = outgoing.attempt + 1;
    this.#kept.put({ event, copy, attempt });
    this.#waiting++;
    this.#world.clock.after(Math.max(waitMs, retryAfterMs), () => {
      this.#waiting--;
      this.#enqueue({ ...outgoing, attempt });
    });
  }

  #request({ event, forged }: Delivery): WireRequest {
    const { contentType, body } = this.#system.renderEvent(event);
    const now = Math.floor(this.#world.clock.now() / 1000);
    const sentAt = forged === 'replayed' ? now - forgedAgeSeconds : now;
    const key = forged === 'wrongKey' ? forgersKey : this.#key;
    return {
      method: 'POST',
      path: this.#options.path,
      query: '',
      headers: {
        'content-type': contentType,
        'webhook-id': event.id,
        'webhook-timestamp': String(sentAt),
        ...(forged === 'unsigned'
          ? {}
          : { 'webhook-signature': signWebhook(key, event.id, sentAt, body) }),
        'x-correlation-id': event.correlationId,
        ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      },
      body,
    };
  }
}

/** The key in a secret, made once: making it costs more than signing. */
const webhookKey = (secret: string): KeyObject =>
  createSecretKey(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));

/** How long before a message was written down that is sent again. */
const forgedAgeSeconds = 3600;

/** What somebody has who does not have the secret. */
const forgersKey = webhookKey(`whsec_${Buffer.from('not the secret').toString('base64')}`);

/** The `webhook-signature` of Standard Webhooks: `v1,` and HMAC-SHA256 over `id.timestamp.body`. */
export function signWebhook(
  secret: string | KeyObject,
  id: string,
  timestamp: number,
  body: string,
): string {
  const key = typeof secret === 'string' ? webhookKey(secret) : secret;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

const statuses: Readonly<Record<EdgeRefusal['kind'], number>> = {
  unavailable: 503,
  serverError: 500,
  throttled: 429,
  expiredToken: 401,
  locked: 423,
  businessError: 422,
  tooLarge: 413,
  gatewayTimeout: 504,
};

/** What a proxy in front of the integration's endpoint would answer in its place. */
function endpointRefusal(refusal: EdgeRefusal): Outcome {
  const wait = 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : undefined;
  const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': String(wait) };
  return reply({ status: statuses[refusal.kind], headers, body: '' });
}
