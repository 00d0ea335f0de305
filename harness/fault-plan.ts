/**
 * Decides which faults strike what. A decision is a hash of (seed, fault, link, operation, key,
 * attempt): the same for the same message in every run, and independent of every other fault.
 */
import type { Clock } from './clock.ts';
import { type Duration, milliseconds } from './duration.ts';
import type {
  Address,
  ExchangeFault,
  ExchangeView,
  Fault,
  MessageFault,
  Trigger,
} from './fault.ts';
import type { KeyedRandom } from './random.ts';
import type { PublishedEvent } from './system.ts';

/** A fault with its unique label and its schedule read. */
export interface PlannedFault<F extends Fault = Fault> {
  readonly fault: F;
  readonly label: string;
  readonly atMs: number;
  readonly forMs: number;
  readonly everyMs: number | undefined;
}

export class FaultPlan {
  readonly #random: KeyedRandom;
  readonly #clock: Clock;
  readonly #memories = new Map<string, object>();
  readonly #names = new Map<string, number>();
  /** Trial time at which the schedule of a fault that was added later begins. */
  readonly #added = new Map<string, number>();
  readonly #ended = new Set<string>();
  #planned: readonly PlannedFault[];
  #startedAt: number | undefined;
  #healed = false;
  #revision = 0;

  /** Throws `duration.invalid` when a schedule is not one. */
  constructor(faults: readonly Fault[], random: KeyedRandom, clock: Clock) {
    this.#random = random.fork('faults');
    this.#clock = clock;
    this.#planned = plan(faults, this.#names);
  }

  /** All faults there ever were, healed ones too. */
  get planned(): readonly PlannedFault[] {
    return this.#planned;
  }

  /** Raised by every change of what may strike, for those who keep an answer of this plan's. */
  get revision(): number {
    return this.#revision;
  }

  /** Starts the schedules. Before it, no fault strikes. */
  begin(): void {
    this.#startedAt = this.#clock.now();
  }

  /** One more fault, from now on: its schedule begins now. Throws `duration.invalid`. */
  add(fault: Fault): PlannedFault {
    const [planned] = plan([fault], this.#names) as [PlannedFault];
    this.#added.set(planned.label, this.#clock.now());
    this.#planned = [...this.#planned, planned];
    this.#revision++;
    return planned;
  }

  /** Ends all faults that there are for good, or the one with the label; false when there is none. */
  heal(label?: string): boolean {
    const healed = this.#planned.filter((each) => label === undefined || each.label === label);
    for (const each of healed) this.#ended.add(each.label);
    this.#healed ||= label === undefined;
    this.#revision++;
    return healed.length > 0;
  }

  /** Whether all were ended, and none came since. */
  get healed(): boolean {
    return this.#healed && this.#planned.every((each) => this.#ended.has(each.label));
  }

  /** Whether the fault with the label was ended. */
  isHealed(label: string): boolean {
    return this.#ended.has(label);
  }

  /** Whether messages may ever be struck. */
  get touchesMessages(): boolean {
    return this.#planned.some(({ fault }) => fault.layer === 'message');
  }

  /** Whether any fault could ever strike exchanges on the link; lets the edge take the short way. */
  touches(link: string): boolean {
    return this.#planned.some(
      ({ fault }) => fault.layer === 'exchange' && onLink(fault.link, link),
    );
  }

  /** The exchange faults that strike this exchange, in the order they were declared. */
  exchangeFaults(view: ExchangeView): PlannedFault<ExchangeFault>[] {
    // Two webhooks of one key are two messages: each has a decision of its own.
    const purpose =
      view.delivery === undefined ? view.operation : `${view.operation} ${view.delivery}`;
    const { link, operation, key = '', attempt, version } = view;
    const address = { link, operation, key, attempt };
    return this.#striking(
      'exchange',
      version === undefined ? address : { ...address, version },
      purpose,
      (on) => on === view.method || on === view.operation,
    ) as PlannedFault<ExchangeFault>[];
  }

  /** The message faults that strike this message on this channel. */
  messageFaults(link: string, event: PublishedEvent): PlannedFault<MessageFault>[] {
    const { type: operation, key, version } = event;
    return this.#striking(
      'message',
      { link, operation, key, version, attempt: 1 },
      `${operation} ${key}/${version}`,
      (on) => on === event.type || on === event.document,
    ) as PlannedFault<MessageFault>[];
  }

  /** A random of the fault's own, for how long, how many, which. */
  randomOf(label: string): KeyedRandom {
    return this.#random.fork(label);
  }

  /** What a fault remembers of a link; made at first use, and gone with the world. */
  memoryOf<T extends object>(label: string, link: string, make: () => T): T {
    const place = `${label}\u0000${link}`;
    let memory = this.#memories.get(place);
    if (memory === undefined) {
      memory = make();
      this.#memories.set(place, memory);
    }
    return memory as T;
  }

  #striking(
    layer: Fault['layer'],
    address: Address,
    purpose: string,
    matches: (on: string) => boolean,
  ): PlannedFault[] {
    if (this.healed) return [];
    const { link, key, attempt } = address;
    const now = this.#clock.now();
    return this.#planned.filter((planned) => {
      const { fault } = planned;
      if (fault.layer !== layer || !onLink(fault.link, link)) return false;
      const elapsed = this.#elapsed(planned, now);
      if (elapsed === undefined) return false;
      if (fault.trigger.only) return fault.trigger.only(address);
      if (!scheduled(planned, elapsed) || !aimed(fault.trigger, key, attempt, matches))
        return false;
      const { rate = 1, perKey = false } = fault.trigger;
      const drawn = perKey ? 0 : attempt;
      return rate >= 1 || this.#random.chance(rate, planned.label, link, purpose, key, drawn);
    });
  }

  /** Trial milliseconds since the fault's schedule began; nothing before that, and once it is ended. */
  #elapsed({ label }: PlannedFault, now: number): number | undefined {
    if (this.#ended.has(label)) return undefined;
    const begun = this.#added.get(label) ?? this.#startedAt;
    return begun === undefined ? undefined : now - begun;
  }
}

function aimed(
  trigger: Trigger,
  key: string,
  attempt: number,
  matches: (on: string) => boolean,
): boolean {
  if (trigger.on !== undefined && !matches(trigger.on)) return false;
  if (trigger.key !== undefined && trigger.key !== key) return false;
  if (trigger.attempt !== undefined && trigger.attempt !== attempt) return false;
  return trigger.atMostPerKey === undefined || attempt <= trigger.atMostPerKey;
}

function scheduled({ atMs, forMs, everyMs }: PlannedFault, elapsed: number): boolean {
  if (elapsed < atMs) return false;
  const since = everyMs === undefined ? elapsed - atMs : (elapsed - atMs) % everyMs;
  return since < forMs;
}

/** Whether a fault's link pattern covers a link: `* -> erp` covers `integration -> erp`. */
export function onLink(pattern: string, link: string): boolean {
  if (pattern === link) return true;
  const [from, to] = pattern.split(' -> ');
  const [linkFrom, linkTo] = link.split(' -> ');
  return (from === '*' || from === linkFrom) && (to === '*' || to === linkTo);
}

/** The links between the integration and these systems, both ways. */
export const linksOf = (systems: Iterable<string>): string[] =>
  [...systems].flatMap((name) => [`integration -> ${name}`, `${name} -> integration`]);

/** `seen` counts the faults of each name, so that every label is given once. */
function plan(faults: readonly Fault[], seen: Map<string, number>): PlannedFault[] {
  return faults.map((fault, index) => {
    const plain = fault.label ?? `${fault.kind} ${fault.link}${describeAim(fault.trigger)}`;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const { at = 0, for: lasting, every } = fault.trigger;
    return {
      fault,
      label: count === 1 ? plain : `${plain} #${count}`,
      atMs: milliseconds(at, `faults[${index}].at`),
      forMs:
        lasting === undefined
          ? Number.POSITIVE_INFINITY
          : milliseconds(lasting, `faults[${index}].for`),
      everyMs: every === undefined ? undefined : milliseconds(every, `faults[${index}].every`),
    };
  });
}

/** Rates stay out of labels: raising a rate then strikes more of the same, not others. */
function describeAim({ on, key, attempt, at, for: lasting, every }: Trigger): string {
  return [
    on !== undefined && ` on ${on}`,
    key !== undefined && ` of ${key}`,
    attempt !== undefined && ` attempt ${attempt}`,
    at !== undefined && ` at ${readDuration(at)}`,
    lasting !== undefined && ` for ${readDuration(lasting)}`,
    every !== undefined && ` every ${readDuration(every)}`,
  ]
    .filter((part) => part !== false)
    .join('');
}

const readDuration = (duration: Duration): string =>
  typeof duration === 'number' ? `${duration}ms` : duration;
