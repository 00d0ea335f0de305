/**
 * The software under test: a command, a URL or a function. Whatever it is, the trial knows how to
 * start it, where its webhooks go, what it last said, and how to end it.
 */
import type { Clock } from './clock.ts';
import type { Fetch } from './edge/injected-fetch.ts';
import type { Crash } from './fault.ts';
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
  /** Stands for its database: survives its restarts, unless a fault says that it does not. */
  readonly storage: Map<string, unknown>;
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
      /** Whether HTTP clients that cannot be given a `fetch` reach the landscape too, through MSW. */
      readonly intercepts: boolean;
    };

export interface RunningIntegration {
  readonly post: Post;
  /** Where it listens; none in this process. */
  readonly url?: string;
  /** Set once it ended without being asked to. */
  died(): string | undefined;
  /** The last lines it wrote. */
  output(): string;
  pending(): number;
  /** Ends it at once and starts it again later; one that is not ours to end has none. */
  crash?(how: Crash): void;
  /** Why the trial proves less than it should, asked when it is over: real time that got in. */
  findings?(): readonly string[];
  /** Timers that it left behind, asked after it was stopped. */
  readonly left?: number;
  stop(): Promise<void>;
}

export interface InProcessOptions {
  /**
   * Lets `http`, `https` and every client built on them reach the landscape, by way of MSW. Slower than
   * `fetch`, which always reaches it. Default no.
   */
  readonly intercepts?: boolean;
}

/**
 * An integration that is a function in this process. Timers, `Date`, randomness and `fetch` that it
 * uses are the trial's, also the global ones, so code that knows nothing of trials runs as it is.
 */
export const inProcess = (
  start: (environment: IntegrationEnvironment) => Promise<RunningFunction> | RunningFunction,
  { intercepts = false }: InProcessOptions = {},
): Integration => ({ kind: 'function', start, intercepts });
