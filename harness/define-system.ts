/** Puts a core, its dialects and its channel together into a system of a landscape. */
import { BusinessError } from './business-error.ts';
import { Channel, publishedEvent } from './channel.ts';
import type { Context } from './context.ts';
import type { Delivery } from './fault.ts';
import { ArchivedFeed } from './archive/archived-feed.ts';
import { EventFeed, type Feed } from './event-feed.ts';
import { Store, type StoreOptions } from './store.ts';
import type { Credentials, Dialect, Handled, Port, System, SystemFactory } from './system.ts';
import type { WireRequest } from './wire.ts';
import type { World } from './world.ts';

export interface SystemOptions<Core> {
  /** Makes the core over its store; seeds master data, too, before anything is recorded as business. */
  core(store: Store, world: World): Core;
  /** The wire shapes it speaks; the first is its own, the others are further ways in. */
  readonly dialects: readonly [Dialect<Core>, ...Dialect<Core>[]];
}

/** A factory for systems with this core and these dialects. */
export function defineSystem<Core>({
  core: makeCore,
  dialects,
}: SystemOptions<Core>): SystemFactory {
  return (name, world) => {
    const feed = feedFor(world, name);
    const listeners: ((delivery: Delivery) => void)[] = [(delivery) => feed.append(delivery.event)];
    const channel = new Channel(world, name, 'events', (delivery) => {
      for (const listener of listeners) listener(delivery);
    });
    const store = new Store({
      ...keptBy(world),
      system: name,
      publish: (event, context) => channel.publish(publishedEvent(world, name, event, context)),
    });
    const core = makeCore(store, world);
    const credentials = credentialsFor(world, name);
    const ports = dialects.map((dialect) =>
      dialect.mount({ name, core, store, world, credentials, feed }),
    ) as [Port, ...Port[]];
    const portOf = (request: WireRequest): Port =>
      ports.find((port) => port.owns(request.path)) ?? ports[0];
    return {
      name,
      dialect: dialects[0].name,
      core,
      store,
      access: { ...credentials, ...dialects[0].access },
      channel,
      feed,
      onMessage: (listener) => void listeners.push(listener),
      identify: (request) => portOf(request).identify(request),
      handle: (request, context) => handle(store, portOf(request), request, context),
      refuseAtEdge: (refusal, request, context) =>
        portOf(request).refuseAtEdge(refusal, request, context),
      renderEvent: (event) => ports[0].renderEvent(event),
      revokeTokens: () => ports.forEach((port) => port.revokeTokens()),
    } satisfies System;
  };
}

const keptBy = ({ history, archive }: World): Pick<StoreOptions, 'history' | 'archive'> =>
  archive === undefined ? { history } : { history, archive };

const feedFor = ({ archive }: World, name: string): Feed =>
  archive === undefined ? new EventFeed() : new ArchivedFeed(archive, name);

function handle(store: Store, port: Port, request: WireRequest, context: Context): Handled {
  try {
    return { reply: store.transaction(context, () => port.handle(request, context)) };
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    return { reply: port.refuse(error, request, context), rule: error.rule };
  }
}

function credentialsFor(world: World, name: string): Credentials {
  return {
    clientId: `seatrial-${name}`,
    clientSecret: world.random.hex(32, 'client-secret', name),
  };
}
