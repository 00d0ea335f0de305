/**
 * The software under test: a command, a URL or a function. Whatever it is, the trial knows how to
 * start it, where its webhooks go, what it last said, and how to end it.
 */
import type { Clock } from './clock.ts';
import type { Fetch } from './edge/injected-fetch.ts';
import type { SystemAddress } from './landscape.ts';
import type { Post } from './webhook-sender.ts';
import type { WireRequest, WireReply } from './wire.ts';

/** All that an integration is told. */
export interface IntegrationEnvironment {
  readonly systems: Readonly<Record<string, SystemAddress>>;
  readonly webhookSecret: string;
  /** Reaches the systems in process; an integration in a process of its own uses its network. */
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** An integration in this process. */
export interface RunningFunction {
  /** Takes `POST /webhooks/<system>`. */
  webhook?(request: WireRequest): Promise<WireReply>;
  /** What it still means to do, so that a virtual trial knows when it is quiet. */
  pending?(): number;
  stop?(): Promise<void> | void;
}

export type Integration =
  | {
      readonly kind: 'process';
      /** A shell command, e.g. `node middleware.js`. */
      readonly command: string;
      readonly cwd?: string;
      readonly env?: Readonly<Record<string, string>>;
      /** Real milliseconds until it must listen; default 20,000. */
      readonly readyTimeoutMs?: number;
    }
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'function';
      start(environment: IntegrationEnvironment): Promise<RunningFunction> | RunningFunction;
    };

export interface RunningIntegration {
  readonly post: Post;
  /** Set once it ended without being asked to. */
  died(): string | undefined;
  /** The last lines it wrote. */
  output(): string;
  pending(): number;
  stop(): Promise<void>;
}

/** An integration that is a function in this process. */
export const inProcess = (
  start: (environment: IntegrationEnvironment) => Promise<RunningFunction> | RunningFunction,
): Integration => ({ kind: 'function', start });
