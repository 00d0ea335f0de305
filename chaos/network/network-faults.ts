/**
 * Faults of the wires, with Toxiproxy's names and attributes. They break connections and know nothing
 * of what is said on them; `toxic` reaches those of the embedded server that do. Used as
 * `network.latency(...)`, because exchanges have an `outage` and a `latency` of their own.
 */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { NetworkFault, Trigger } from '../../harness/fault.ts';
import {
  type Rule,
  type Rules,
  aboveZero,
  amountMs,
  count,
  networkFault,
  oneOf,
  refuser,
  share,
  someTime,
} from '../fault-options.ts';
import { openToxiproxyWires } from './toxiproxy-wires.ts';

/** When a network fault is there, and what tells it from others. */
export interface ScheduleOptions extends Pick<Trigger, 'at' | 'for' | 'every'> {
  readonly label?: string;
}

export interface ToxicOptions extends ScheduleOptions {
  /** The way that suffers: what the link's caller sends, or what it gets back. Default `downstream`. */
  readonly stream?: 'upstream' | 'downstream' | 'both';
  /** Share of the connections, 0 to 1; default 1. */
  readonly toxicity?: number;
  /** Only so many connections from when it is there; needs the embedded server. */
  readonly firstConnections?: number;
}

const streamRules: Rules = {
  stream: oneOf('upstream', 'downstream', 'both'),
  toxicity: share,
  firstConnections: count,
};
const whole: Rule = {
  must: 'be a whole number from 0',
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};

/** Nobody can be reached over the link, and what is open is cut. Throws `fault.invalid`. */
export function outage(link: string, options: ScheduleOptions = {}): NetworkFault {
  return down('network.outage', link, options);
}

/** An outage on the link and on the one that leads back. Throws `fault.invalid`. */
export function partition(a: string, b: string, options: ScheduleOptions = {}): NetworkFault {
  return { ...down('network.partition', `${a} -> ${b}`, options), bothWays: true };
}

export interface FlapOptions extends Omit<ScheduleOptions, 'for' | 'every'> {
  /** How long it is away each time; default `1s`. */
  readonly down?: Duration;
  /** How long it is back in between; default `2s`. */
  readonly up?: Duration;
}

/** A link that goes and comes until healing. Throws `fault.invalid`. */
export function flap(link: string, options: FlapOptions = {}): NetworkFault {
  const { settings, ...head } = networkFault('network.flap', link, options, {
    down: someTime,
    up: someTime,
  });
  const downMs = milliseconds(options.down ?? '1s');
  const everyMs = downMs + milliseconds(options.up ?? '2s');
  const trigger = { ...head.trigger, for: downMs, every: everyMs };
  return { ...outageOf(head), settings, trigger };
}

/** Delays what comes by `latency` milliseconds, give or take `jitter`. Throws `fault.invalid`. */
export const latency = (
  link: string,
  options: ToxicOptions & { readonly latency: number; readonly jitter?: number },
): NetworkFault =>
  toxicFault('network.latency', 'latency', link, options, { latency: amountMs, jitter: amountMs }, [
    'latency',
  ]);

/** Lets `rate` kilobytes through in a second; 0 stalls. Throws `fault.invalid`. */
export const bandwidth = (
  link: string,
  options: ToxicOptions & { readonly rate: number },
): NetworkFault =>
  toxicFault('network.bandwidth', 'bandwidth', link, options, { rate: whole }, ['rate']);

/**
 * Cuts connections with a RST at their first bytes, after `timeout` milliseconds. Downstream that is
 * the answer that is lost after the work was done. Throws `fault.invalid`.
 */
export const reset = (
  link: string,
  options: ToxicOptions & { readonly timeout?: number } = {},
): NetworkFault => toxicFault('network.reset', 'reset_peer', link, options, { timeout: amountMs });

/** Swallows everything; closes after `timeout` silent milliseconds, 0 never. Throws `fault.invalid`. */
export const timeout = (
  link: string,
  options: ToxicOptions & { readonly timeout?: number } = {},
): NetworkFault => toxicFault('network.timeout', 'timeout', link, options, { timeout: amountMs });

/** Holds the end of a connection back for `delay` milliseconds. Throws `fault.invalid`. */
export const slowClose = (
  link: string,
  options: ToxicOptions & { readonly delay: number },
): NetworkFault =>
  toxicFault('network.slowClose', 'slow_close', link, options, { delay: amountMs }, ['delay']);

/** Closes connections after so many `bytes`. Throws `fault.invalid`. */
export const limitData = (
  link: string,
  options: ToxicOptions & { readonly bytes: number },
): NetworkFault =>
  toxicFault('network.limitData', 'limit_data', link, options, { bytes: whole }, ['bytes']);

/** Cuts what comes into pieces, `delay` microseconds apart. Throws `fault.invalid`. */
export const slicer = (
  link: string,
  options: ToxicOptions & {
    readonly average_size: number;
    readonly size_variation?: number;
    readonly delay?: number;
  },
): NetworkFault =>
  toxicFault(
    'network.slicer',
    'slicer',
    link,
    options,
    { average_size: aboveZero, size_variation: whole, delay: amountMs },
    ['average_size'],
  );

/**
 * Any toxic that the server knows, by its name in the API: the embedded one has `packet_loss`,
 * `http_latency`, `http_reject`, `http_lose_request` and `http_lose_response`, too. What the server
 * does not know makes the trial fail to run.
 */
export function toxic(
  link: string,
  type: string,
  {
    attributes = {},
    ...options
  }: ToxicOptions & { readonly attributes?: NetworkFault['attributes'] } = {},
): NetworkFault {
  return { ...toxicFault(`network.${type}`, type, link, options, {}), attributes };
}

function down(kind: string, link: string, options: ScheduleOptions): NetworkFault {
  const { settings: _none, ...head } = networkFault(kind, link, options);
  return outageOf(head);
}

type Head = Pick<NetworkFault, 'kind' | 'link' | 'trigger' | 'label'>;

const outageOf = (head: Head): NetworkFault => ({
  ...head,
  layer: 'network',
  streams: [],
  attributes: {},
  toxicity: 1,
  openWires: openToxiproxyWires,
});

function toxicFault(
  kind: string,
  type: string,
  link: string,
  options: ToxicOptions,
  own: Rules,
  needed: readonly string[] = [],
): NetworkFault {
  const { settings: _none, ...head } = networkFault(kind, link, options, {
    ...streamRules,
    ...own,
  });
  // Of the trigger, the schedule is meant: `rate` is a bandwidth here.
  const { rate: _rate, ...trigger } = head.trigger;
  const given = Object.entries(options).filter(
    ([name, value]) => name in own && value !== undefined,
  );
  for (const name of needed) {
    if (!given.some(([each]) => each === name)) refuser(kind, link)(name, 'be given');
  }
  const { stream = 'downstream', toxicity = 1, firstConnections } = options;
  return {
    ...head,
    trigger,
    layer: 'network',
    toxic: type,
    streams: stream === 'both' ? ['upstream', 'downstream'] : [stream],
    attributes: Object.fromEntries(given) as NetworkFault['attributes'],
    toxicity,
    ...(firstConnections === undefined ? {} : { firstConnections }),
    openWires: openToxiproxyWires,
  };
}
