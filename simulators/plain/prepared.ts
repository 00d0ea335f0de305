/** What a resource table comes to before it is mounted; shared by all mounts, and never changed. */
import type { BodyValidator } from './body-validation.ts';
import type { Endpoint } from './endpoint.ts';
import type { Router } from './router.ts';

export interface PlainSettings {
  /** Of access tokens, in seconds of trial time; default 3600. */
  readonly tokenLifetimeSeconds?: number;
  /** Of idempotency keys, in seconds of trial time; default a day. */
  readonly idempotencyLifetimeSeconds?: number;
  /** Turns the rate limit on. */
  readonly requestsPerSecond?: number;
  /** Requests that may come at once; default twice what a second allows. */
  readonly burst?: number;
  /** Default 1 MiB. */
  readonly mostBodyBytes?: number;
}

export const basePath = '/v1';
export const tokenPath = '/oauth/token';

export interface Prepared<Core> {
  /** What kind of system it is: in scopes and event types. */
  readonly kind: string;
  readonly router: Router<Endpoint<Core>>;
  readonly validators: ReadonlyMap<Endpoint<Core>, BodyValidator>;
  readonly scopes: readonly string[];
  readonly scopeOf: ReadonlyMap<Endpoint<Core>, string>;
  readonly settings: PlainSettings;
}
