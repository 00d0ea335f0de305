/**
 * Faults as values. A fault says where it strikes (link), on what (operation, business key, attempt),
 * how often (rate) and when (schedule); what it does is one method. Message faults rewrite the
 * deliveries of a message; exchange faults stand between a caller and a system; network faults work
 * on the wires and are fired by whoever owns them.
 */
import type { Clock } from './clock.ts';
import type { Duration } from './duration.ts';
import type { KeyedRandom } from './random.ts';
import type { EdgeRefusal, PublishedEvent } from './system.ts';
import type { Outcome } from './wire.ts';
import type { OpenWires } from './wires.ts';

/** Which exchanges or messages a fault may strike. Everything left out matches. */
export interface Trigger {
  /** An HTTP method, an operation of the dialect, or an event type; with message faults the last. */
  readonly on?: string;
  /** One business key only. */
  readonly key?: string;
  /** One attempt at (operation, key) only, from 1. */
  readonly attempt?: number;
  /** Share of what matches, 0 to 1, drawn by (key, attempt); default 1. */
  readonly rate?: number;
  /** Begins this long after the workload begins. */
  readonly at?: Duration;
  /** Lasts this long; default until healing. */
  readonly for?: Duration;
  /** Begins again this often after `at`. */
  readonly every?: Duration;
  /** Strikes at most so many attempts of one key in a row; default without limit. */
  readonly atMostPerKey?: number;
  /** One draw of `rate` for all attempts of a key, instead of one for each: what is refused stays so. */
  readonly perKey?: boolean;
  /** Instead of all else: the addresses of a list of firings. Set by whoever plays such a list. */
  readonly only?: (address: Address) => boolean;
}

/** Where a fault strikes, in the same words whatever the interleaving. */
export interface Address {
  readonly link: string;
  /** An operation of the dialect, or an event type. */
  readonly operation: string;
  readonly key: string;
  readonly attempt: number;
  /** Version of the document that a message tells of. */
  readonly version?: number;
}

/** What a user set besides the trigger, for people and reports: `{ copies: 2, after: '1s' }`. */
export type FaultSettings = Readonly<Record<string, string | number | boolean>>;

/** How an integration ends and comes back. */
export interface Crash {
  /** Trial milliseconds until it is started again. */
  readonly downMs: number;
  /** Whether what it stored is still there. */
  readonly keeps: boolean;
}

interface FaultBase {
  /** Toxiproxy's names for network faults; the design's words for the others. */
  readonly kind: string;
  /** `wms -> integration`; `*` on either side matches every system. */
  readonly link: string;
  readonly trigger: Trigger;
  /** Set by the user to tell two faults of one kind on one link apart. */
  readonly label?: string;
  readonly settings?: FaultSettings;
  /** Milder versions of this fault, the mildest first: a smaller delay, a simpler kind. */
  readonly simpler?: readonly SimplerFault[];
}

/** A fault by kind and settings, for whoever can make one of them. */
export interface SimplerFault {
  readonly kind: string;
  readonly settings: FaultSettings;
}

/** One planned handing-over of a message. */
export interface Delivery {
  readonly event: PublishedEvent;
  /** From 1; a duplicate is a further copy. */
  readonly copy: number;
  readonly afterMs: number;
  /** Kept back until something else went first, or so long. */
  readonly hold?: Hold;
  /** Not the sender's: how it fails to look like his. Handed over once, whatever becomes of it. */
  readonly forged?: Forgery;
}

export type Forgery = 'unsigned' | 'wrongKey' | 'replayed';

export interface Hold {
  /** Until so many later messages were published on the channel (held ones too)... */
  readonly following?: number;
  /**
   * ...or until a later message of the same business key was handed over, which therefore is not
   * held itself...
   */
  readonly sameKey?: boolean;
  /** ...but never longer than this. */
  readonly atMostMs: number;
  /** Called whenever a later message was handed over while this one was held. */
  overtaken?(): void;
}

export interface MessageTools {
  readonly clock: Clock;
  readonly random: KeyedRandom;
  /** An earlier event of the same document and key, when there was one. */
  earlier(event: PublishedEvent): PublishedEvent | undefined;
  /**
   * Records that the fault took effect. Call it whenever it did, and only then; `settings` are those
   * that make it do exactly this again, where they differ from the fault's own.
   */
  fired(detail?: string, settings?: FaultSettings): void;
}

export interface MessageFault extends FaultBase {
  readonly layer: 'message';
  /** The deliveries instead of these; an empty list loses the message. */
  plan(deliveries: readonly Delivery[], tools: MessageTools): readonly Delivery[];
}

/** The exchange as a fault sees it. */
export interface ExchangeView {
  readonly link: string;
  readonly operation: string;
  readonly key?: string;
  readonly attempt: number;
  readonly method: string;
  readonly safe: boolean;
  /** Whether it asks for an access token and not for business. */
  readonly token?: boolean;
  /** Identity of the message and copy that it delivers (webhooks). */
  readonly delivery?: string;
  /** Version of the document that the message tells of. */
  readonly version?: number;
}

export interface ExchangeTools {
  readonly clock: Clock;
  readonly random: KeyedRandom;
  /** Whether exactly this exchange was named: then it is struck, whatever a budget or a count says. */
  readonly addressed: boolean;
  fired(detail?: string, settings?: FaultSettings): void;
  /** Ends the integration at once, to start again later. */
  crash(how: Crash): void;
  /** Sets the integration's clock ahead (or back) of the trial's; false when it has one of its own. */
  setClock(offsetMs: number): boolean;
  /** The callee's own words for a refusal that its rules did not make. */
  refuse(refusal: EdgeRefusal): Outcome;
  /** Lets the callee answer reads as they were that long ago. */
  answerAsOf(ageMs: number): Outcome | Promise<Outcome>;
  revokeTokens(): void;
  /**
   * What the fault remembers of this link in this world, made at first use: a rate limit's budget,
   * never a draw.
   */
  memory<T extends object>(make: () => T): T;
  /** Keeps the trial from becoming quiet until `work` is done. */
  background(work: Promise<unknown>): void;
}

export interface ExchangeFault extends FaultBase {
  readonly layer: 'exchange';
  /** Stands in the way of one exchange; `next` goes on to the callee. */
  intercept(
    exchange: ExchangeView,
    next: () => Outcome | Promise<Outcome>,
    tools: ExchangeTools,
  ): Promise<Outcome> | Outcome;
}

/** A fault of the wires. What fires it is a {@link Wires}. */
export interface NetworkFault extends FaultBase {
  readonly layer: 'network';
  /** Toxiproxy's name of the toxic; none takes the whole link down. */
  readonly toxic?: string;
  readonly streams: readonly ('upstream' | 'downstream')[];
  readonly attributes: Readonly<Record<string, number | string>>;
  /** Share of the connections (of the requests, for toxics that see them), 0 to 1. */
  readonly toxicity: number;
  /** Only so many connections; Toxiproxy itself does not know this. */
  readonly firstConnections?: number;
  /** Strikes the link and the one that leads back. */
  readonly bothWays?: true;
  /** Opens the wires that can carry it; all network faults of a trial share them. */
  readonly openWires: OpenWires;
}

export type Fault = MessageFault | ExchangeFault | NetworkFault;
