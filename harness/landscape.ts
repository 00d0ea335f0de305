/**
 * A set of simulated systems wired together: one clock, one seed, one history. Many landscapes live
 * in one process without sharing anything.
 */
import type { ArchiveHeader } from './archive/archive.ts';
import type { LandscapeArchive } from './archive/landscape-archive.ts';
import { calendarFor, checkResumed, closeExchanges } from './archive/resume.ts';
import type { CalendarOptions } from './calendar.ts';
import { type Clock, RealClock } from './clock.ts';
import { type Fetch, injectedFetch } from './edge/injected-fetch.ts';
import { type ListenOptions, type Listener, listen } from './edge/listen.ts';
import { type Poster, networkPost } from './edge/post.ts';
import type { Fault } from './fault.ts';
import { FaultPlan, type PlannedFault, linksOf, onLink } from './fault-plan.ts';
import { Gate } from './gate.ts';
import type { HistoryHeader } from './history-file.ts';
import { type History, MemoryHistory } from './history.ts';
import { IntegrationSeat } from './integration-seat.ts';
import { KeyedRandom } from './random.ts';
import { replayToken } from './replay-token.ts';
import { SeatrialError } from './seatrial-error.ts';
import type { System, SystemAccess, SystemFactory } from './system.ts';
import { type Post, WebhookSender, defaultRetryScheduleMs } from './webhook-sender.ts';
import type { Owed, Stage } from './workload.ts';
import type { World } from './world.ts';

export interface LandscapeOptions {
  /** By role: `{ procurement: procurement(), erp: erp(), wms: wms() }`. */
  readonly systems: Readonly<Record<string, SystemFactory>>;
  readonly seed: string;
  readonly clock: Clock;
  readonly calendar?: CalendarOptions;
  readonly faults?: readonly Fault[];
  readonly history?: History;
  /**
   * Keeps history and documents on disk (`openArchive`), and goes on with what a landscape before this
   * one left there. Closed with the landscape.
   */
  readonly archive?: LandscapeArchive;
  /** What the archive's header shall say of who runs in it. */
  readonly about?: Partial<HistoryHeader>;
  readonly webhooks?: {
    readonly retryScheduleMs?: readonly number[];
    readonly concurrency?: number;
  };
}

/** A system as the integration is told about it. */
export interface SystemAddress extends SystemAccess {
  readonly url: string;
  /** The wire it speaks first: `plain`, `s4hana`, `coupa`. */
  readonly dialect: string;
}

export class Landscape implements Stage {
  readonly world: World;
  readonly systems: ReadonlyMap<string, System>;
  readonly gates: ReadonlyMap<string, Gate>;
  /** `whsec_...`, shared with whoever receives the webhooks. */
  readonly webhookSecret: string;
  readonly #options: LandscapeOptions;
  readonly #listeners = new Map<string, Listener>();
  #senders: WebhookSender[] = [];
  #poster: Poster | undefined;

  constructor(options: LandscapeOptions) {
    const { seed, clock, faults = [], archive } = options;
    const random = new KeyedRandom(seed);
    this.#options = options;
    if (archive?.resumed) checkResumed(archive.resumed, options);
    this.world = {
      seed,
      random,
      clock,
      calendar: calendarFor(options),
      history: options.history ?? archive?.history ?? new MemoryHistory(),
      faults: new FaultPlan(faults, random, clock),
      integration: new IntegrationSeat(),
      ...(archive === undefined ? {} : { archive }),
    };
    this.webhookSecret = `whsec_${Buffer.from(random.hex(48, 'webhook-secret'), 'hex').toString('base64')}`;
    this.systems = new Map(
      Object.entries(options.systems).map(([name, factory]) => [name, factory(name, this.world)]),
    );
    this.gates = new Map(
      [...this.systems].map(([name, system]) => [name, new Gate(this.world, system)]),
    );
    if (archive !== undefined) this.#takeUp(archive);
    // What was still to be done cannot be done without the archive, whose failure is told by itself.
    if (archive !== undefined && clock instanceof RealClock) {
      clock.forgive(() => archive.failure !== undefined);
    }
  }

  /** Goes on with what was left, or says what begins here. */
  #takeUp(archive: LandscapeArchive): void {
    if (archive.resumed !== undefined) {
      closeExchanges(archive, this.world.clock.now());
      for (const { channel } of this.systems.values()) channel.resume();
      return;
    }
    const { about, seed } = this.#options;
    const systems = [...this.systems.values()].map(({ name, dialect }) => [name, dialect]);
    const header: ArchiveHeader = {
      trial: 'a landscape',
      workload: 'procure-to-pay',
      integration: 'none that it knows',
      faults: this.world.faults.planned.map(({ fault: { kind, link }, label }) => ({
        fault: label,
        kind,
        link,
      })),
      ...about,
      seed,
      token: replayToken(seed),
      systems: Object.fromEntries(systems) as Record<string, string>,
      calendar: this.world.calendar.settings,
    };
    archive.begin(header);
  }

  system(name: string): System {
    const system = this.systems.get(name);
    if (system) return system;
    throw new SeatrialError({
      code: 'landscape.no-system',
      task: `find the system "${name}"`,
      reason: `the landscape has ${[...this.systems.keys()].join(', ')}`,
    });
  }

  gate(name: string): Gate {
    return this.gates.get(this.system(name).name) as Gate;
  }

  /** Gates by the origins that the injected fetch and the MSW handlers answer: `http://erp.seatrial`. */
  origins(): Map<string, Gate> {
    return new Map([...this.gates].map(([name, gate]) => [`http://${name}.seatrial`, gate]));
  }

  /** A fetch that reaches the systems in this process; other addresses go to `otherwise`. */
  fetch(otherwise?: Fetch): Fetch {
    return injectedFetch(this.origins(), otherwise);
  }

  /** Opens a port for each system; `ports` fixes some of them. Throws `listen.failed`. */
  async listen(
    options: {
      host?: string;
      ports?: Readonly<Record<string, number>>;
      mostAtOnce?: number;
    } = {},
  ): Promise<void> {
    const { host, ports = {}, mostAtOnce } = options;
    for (const [name, gate] of this.gates) {
      const port = ports[name];
      const listenOptions: ListenOptions = {
        ...(host === undefined ? {} : { host }),
        ...(port === undefined ? {} : { port }),
        ...(mostAtOnce === undefined ? {} : { mostAtOnce }),
      };
      this.#listeners.set(name, await listen(gate, listenOptions));
    }
  }

  /** How to reach each system: by port when listening, else by its in-process origin. */
  addresses(): Record<string, SystemAddress> {
    return Object.fromEntries(
      [...this.systems].map(([name, { access, dialect }]) => [
        name,
        { ...access, dialect, url: this.#listeners.get(name)?.url ?? `http://${name}.seatrial` },
      ]),
    );
  }

  /** Sends every system's webhooks to `POST <base url>/webhooks/<system>`, or through a function. */
  deliverTo(target: string | Post): void {
    if (typeof target === 'string') this.#poster = networkPost(target);
    const post = typeof target === 'string' ? (this.#poster as Poster).post : target;
    const { retryScheduleMs = defaultRetryScheduleMs, concurrency = 16 } =
      this.#options.webhooks ?? {};
    this.#senders = [...this.systems.values()].map(
      (system) =>
        new WebhookSender(
          this.world,
          system,
          {
            path: `/webhooks/${system.name}`,
            secret: this.webhookSecret,
            retryScheduleMs,
            concurrency,
          },
          post,
        ),
    );
  }

  /** Starts the schedules of the faults. */
  begin(): void {
    this.world.faults.begin();
  }

  /**
   * One more fault, from now on. Throws `fault.no-link` when the landscape has no link that it could
   * strike, and what the fault plan throws.
   */
  inject(fault: Fault): PlannedFault {
    const links = linksOf(this.systems.keys());
    if (!links.some((link) => onLink(fault.link, link))) {
      throw new SeatrialError({
        code: 'fault.no-link',
        task: `inject the fault ${fault.kind}`,
        reason: `"${fault.link}" is no link of this landscape`,
        hint: `Links are ${links.join(', ')}.`,
      });
    }
    const planned = this.world.faults.add(fault);
    this.#noteFault('fault.injected', planned);
    return planned;
  }

  /** Ends the fault with the label; messages that it holds come when they are due. False when there is none. */
  healFault(label: string): boolean {
    const { faults } = this.world;
    const planned = faults.planned.find((each) => each.label === label);
    if (planned === undefined) return false;
    if (!faults.isHealed(label)) this.#noteFault('fault.healed', planned);
    return faults.heal(label);
  }

  /** Ends every fault and lets go of every message that one of them holds. */
  heal(): void {
    this.world.faults.heal();
    this.world.integration?.setClock(0);
    for (const { channel } of this.systems.values()) channel.flush();
  }

  /** What the landscape itself still has to do: messages to hand over, exchanges to answer. */
  pending(): Owed[] {
    const owed: Owed[] = [];
    const add = (what: string, count: number): void => {
      if (count > 0) owed.push({ what, count });
    };
    for (const { name, channel } of this.systems.values())
      add(`messages held at ${name}`, channel.pending);
    this.#senders.forEach((sender) => add('webhooks under way', sender.pending));
    for (const gate of this.gates.values())
      add(`exchanges open at ${gate.system.name}`, gate.pending);
    return owed;
  }

  #noteFault(type: 'fault.injected' | 'fault.healed', { fault, label }: PlannedFault): void {
    const at = this.world.clock.now();
    const { kind, link } = fault;
    this.world.history.append({ type, at, fault: label, kind, link });
  }

  async close(): Promise<void> {
    for (const sender of this.#senders) sender.stop();
    await Promise.all([...this.#listeners.values()].map((listener) => listener.close()));
    this.#poster?.close();
    this.world.archive?.close();
  }
}
