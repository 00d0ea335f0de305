/**
 * A simulated system: a synchronous core behind one or more dialects, with channels it speaks
 * through. Pure of I/O: the edge calls `handle` and sends what comes back.
 */
import type { BusinessError } from './business-error.ts';
import type { Context } from './context.ts';
import type { Store } from './store.ts';
import type { WireReply, WireRequest } from './wire.ts';
import type { Channel } from './channel.ts';
import type { DomainEvent } from './domain-event.ts';
import type { Delivery } from './fault.ts';
import type { Feed } from './event-feed.ts';
import type { World } from './world.ts';

/** What a request is about, read from it before anything is done. */
export interface Operation {
  /** The dialect's name of the endpoint, e.g. `createPurchaseOrder`; `unknown` when nothing answers there. */
  readonly name: string;
  /** The business key that the request is about, when it shows one. */
  readonly key?: string;
  /** Whether it can change nothing. */
  readonly safe: boolean;
  readonly idempotencyKey?: string;
}

/** Answers that a fault asks a dialect for, in the vendor's own shape. */
export type EdgeRefusal =
  /** Down or overloaded: 503 and its like. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** 500 before anything was done. */
  | { readonly kind: 'serverError' }
  /** 429. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** The access token is no longer good: 401. */
  | { readonly kind: 'expiredToken' }
  /** Another user has the document open. */
  | { readonly kind: 'locked' }
  /** A rule of the business refuses it, finally. */
  | { readonly kind: 'businessError'; readonly rule: string; readonly message: string }
  /** The body is larger than the edge takes: 413. */
  | { readonly kind: 'tooLarge'; readonly limitBytes: number }
  /** The gateway gave up waiting: 504. */
  | { readonly kind: 'gatewayTimeout' };

/** One dialect of one system, ready to answer. It keeps no state of its own: that is the store's. */
export interface Port {
  /** Whether the path is this dialect's to answer. */
  owns(path: string): boolean;
  identify(request: WireRequest): Operation;
  /** Answers, or throws a {@link BusinessError}; runs inside a transaction that a throw rolls back. */
  handle(request: WireRequest, context: Context): WireReply;
  /** The vendor's words for a refusal of the core. */
  refuse(error: BusinessError, request: WireRequest, context: Context): WireReply;
  /** The vendor's words for a refusal at the edge. */
  refuseAtEdge(refusal: EdgeRefusal, request: WireRequest, context: Context): WireReply;
  /** An event as this vendor sends it. */
  renderEvent(event: PublishedEvent): { contentType: string; body: string };
  /** Takes back all access tokens, as an identity provider's restart does. */
  revokeTokens(): void;
}

/** A domain event with its identity, as channels carry it. */
export interface PublishedEvent extends DomainEvent {
  readonly id: string;
  readonly source: string;
  readonly at: number;
  readonly correlationId: string;
  readonly traceparent?: string;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the integration needs to know to talk to a system. */
export interface SystemAccess extends Credentials {
  /** Path below the system's address where its main dialect's API begins, e.g. `/v1`. */
  readonly basePath: string;
  readonly tokenPath: string;
}

/** What a dialect is mounted on. */
export interface Mounting<Core> {
  /** The system's role in the landscape. */
  readonly name: string;
  readonly core: Core;
  readonly store: Store;
  readonly world: World;
  readonly credentials: Credentials;
  readonly feed: Feed;
}

/** A wire shape over a core. `mount` is called once per landscape. */
export interface Dialect<Core> {
  readonly name: string;
  readonly access: { readonly basePath: string; readonly tokenPath: string };
  mount(mounting: Mounting<Core>): Port;
}

/** An answer, and the rule that refused the request when one did. */
export interface Handled {
  readonly reply: WireReply;
  readonly rule?: string;
}

export interface System {
  /** Its role in the landscape: `erp`, `procurement`, `wms`. */
  readonly name: string;
  readonly dialect: string;
  readonly core: unknown;
  readonly store: Store;
  readonly access: SystemAccess;
  readonly channel: Channel;
  readonly feed: Feed;
  /** Calls `listener` with each message when its time has come. */
  onMessage(listener: (delivery: Delivery) => void): void;
  renderEvent(event: PublishedEvent): { contentType: string; body: string };
  identify(request: WireRequest): Operation;
  /** Never throws: whatever comes in, an answer in the dialect's shape goes out. */
  handle(request: WireRequest, context: Context): Handled;
  refuseAtEdge(refusal: EdgeRefusal, request: WireRequest, context: Context): WireReply;
  /** Takes back all access tokens, as an identity provider's restart does. */
  revokeTokens(): void;
}

/** Makes a system for one landscape. */
export type SystemFactory = (name: string, world: World) => System;
