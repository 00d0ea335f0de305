/**
 * A channel: how a system's messages reach whoever listens. It names each event, plans its
 * deliveries through the message faults, and hands them to its sink when their time has come.
 */
import { KeptDeliveries } from './kept-deliveries.ts';
import type { Context } from './context.ts';
import type { DomainEvent } from './domain-event.ts';
import type { Delivery, MessageTools } from './fault.ts';
import type { PublishedEvent } from './system.ts';
import type { Timer } from './clock.ts';
import type { World } from './world.ts';

/** Documents whose last event is at hand for a fault that shows it again. */
const mostRemembered = 10_000;

/** Takes a message when its time has come. */
export type Sink = (delivery: Delivery) => void;

/** A delivery with its message's place in the order of publishing. */
interface Ordered {
  readonly delivery: Delivery;
  readonly order: number;
}

interface Waiting extends Ordered {
  readonly dueAt: number;
  readonly timer: Timer;
}

interface Held extends Ordered {
  following: number;
  readonly timer: Timer;
}

export class Channel {
  readonly name: string;
  readonly system: string;
  /** `wms -> integration`. */
  readonly link: string;
  readonly #world: World;
  readonly #sink: Sink;
  readonly #latest = new Map<string, PublishedEvent>();
  readonly #waiting = new Set<Waiting>();
  readonly #kept: KeptDeliveries;
  #held: Held[] = [];
  #order = 0;

  constructor(world: World, system: string, name: string, sink: Sink) {
    this.#world = world;
    this.#sink = sink;
    this.system = system;
    this.name = name;
    this.link = `${system} -> integration`;
    this.#kept = new KeptDeliveries(world.archive, system, '#held');
  }

  /** What was held or delayed when the process before this one ended goes now. */
  resume(): void {
    for (const { event, copy } of this.#kept.all()) {
      this.#kept.remove(event.id, copy);
      this.#sink({ event, copy, afterMs: 0 });
    }
  }

  /** Deliveries planned and not yet handed over. */
  get pending(): number {
    return this.#waiting.size + this.#held.length;
  }

  /** Records the event as emitted and plans its deliveries. */
  publish(event: PublishedEvent): void {
    const order = ++this.#order;
    this.#world.history.append({
      type: 'message.emitted',
      at: event.at,
      message: event.id,
      system: this.system,
      channel: this.name,
      link: this.link,
      event: event.type,
      document: event.document,
      key: event.key,
      version: event.version,
      correlationId: event.correlationId,
    });
    const planned = this.#plan(event);
    // Only a message fault ever asks for an earlier event.
    if (this.#world.faults.touchesMessages) this.#remember(event);
    for (const delivery of planned) this.#schedule({ delivery, order });
    this.#countPassing(order);
  }

  /** Lets everything held or delayed go now, so that healing leaves nothing behind. */
  flush(): void {
    const held = this.#held;
    const waiting = [...this.#waiting].sort((a, b) => a.dueAt - b.dueAt || a.order - b.order);
    this.#held = [];
    this.#waiting.clear();
    for (const { delivery, timer } of [...held, ...waiting]) {
      timer.cancel();
      this.#kept.remove(delivery.event.id, delivery.copy);
      this.#sink(delivery);
    }
  }

  /** Documents that nobody touched for long give way, so that a long run needs no more memory than a day. */
  #remember(event: PublishedEvent): void {
    const document = `${event.document} ${event.key}`;
    this.#latest.delete(document);
    this.#latest.set(document, event);
    if (this.#latest.size <= mostRemembered) return;
    const [oldest] = this.#latest.keys();
    this.#latest.delete(oldest as string);
  }

  #plan(event: PublishedEvent): readonly Delivery[] {
    let deliveries: readonly Delivery[] = [{ event, copy: 1, afterMs: 0 }];
    const { faults } = this.#world;
    for (const { fault, label } of faults.messageFaults(this.link, event)) {
      const tools: MessageTools = {
        clock: this.#world.clock,
        random: faults.randomOf(label),
        earlier: (of) => this.#latest.get(`${of.document} ${of.key}`),
        fired: (detail, settings) => {
          this.#world.history.append({
            type: 'fault.fired',
            at: this.#world.clock.now(),
            fault: label,
            kind: fault.kind,
            link: this.link,
            operation: event.type,
            key: event.key,
            version: event.version,
            message: event.id,
            ...(settings === undefined ? {} : { settings }),
            ...(detail === undefined ? {} : { detail }),
          });
        },
      };
      deliveries = fault.plan(deliveries, tools);
    }
    return deliveries;
  }

  #schedule({ delivery, order }: Ordered): void {
    if (delivery.afterMs <= 0) {
      this.#arrive({ delivery, order });
      return;
    }
    const { clock } = this.#world;
    this.#kept.put({ event: delivery.event, copy: delivery.copy, attempt: 1 });
    const waiting: Waiting = {
      delivery,
      order,
      dueAt: clock.now() + delivery.afterMs,
      timer: clock.after(delivery.afterMs, () => {
        this.#waiting.delete(waiting);
        this.#arrive({ delivery, order });
      }),
    };
    this.#waiting.add(waiting);
  }

  #arrive({ delivery, order }: Ordered): void {
    const { hold } = delivery;
    if (hold === undefined || (hold.sameKey === true && this.#overtakesItsKey(delivery, order))) {
      this.#handOver({ delivery, order });
      return;
    }
    this.#kept.put({ event: delivery.event, copy: delivery.copy, attempt: 1 });
    const held: Held = {
      delivery,
      order,
      following: hold.following ?? Number.POSITIVE_INFINITY,
      timer: this.#world.clock.after(hold.atMostMs, () => this.#letGo([held])),
    };
    this.#held.push(held);
  }

  /** Whether an earlier message of its key is held for exactly this one to go first. */
  #overtakesItsKey({ event }: Delivery, order: number): boolean {
    return this.#held.some(
      (held) =>
        held.delivery.hold?.sameKey === true &&
        held.delivery.event.key === event.key &&
        held.order < order,
    );
  }

  #handOver({ delivery, order }: Ordered): void {
    this.#kept.remove(delivery.event.id, delivery.copy);
    this.#sink(delivery);
    if (this.#held.length === 0) return;
    const overtaken = this.#held.filter((held) => held.order < order);
    for (const held of overtaken) held.delivery.hold?.overtaken?.();
    const { key } = delivery.event;
    this.#letGo(
      overtaken.filter(
        (held) => held.delivery.hold?.sameKey === true && held.delivery.event.key === key,
      ),
    );
  }

  /** A message was published: those that waited for so many of them may follow. */
  #countPassing(order: number): void {
    if (this.#held.length === 0) return;
    const free = this.#held.filter((held) => held.order < order && --held.following <= 0);
    this.#letGo(free);
  }

  #letGo(free: readonly Held[]): void {
    if (free.length === 0) return;
    this.#held = this.#held.filter((held) => !free.includes(held));
    for (const held of free) {
      held.timer.cancel();
      this.#handOver(held);
    }
  }
}

/** Gives an event its identity: the same in every run, whatever the interleaving. */
export function publishedEvent(
  world: World,
  system: string,
  event: DomainEvent,
  context: Context,
): PublishedEvent {
  return {
    ...event,
    id: world.random.uuid('event', system, event.type, event.key, event.version),
    source: `/seatrial/${system}`,
    at: context.at,
    correlationId: context.correlationId,
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  };
}
