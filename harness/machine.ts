/**
 * The machine as an integration in this process finds it: timers, time, chance and network that belong
 * to its trial, so that code which was written for the real ones runs unmodified and replays exactly.
 * Which trial a call belongs to is known by its asynchronous context, so many worlds run at once. What
 * cannot be made the trial's (a connection to elsewhere, another process) is noted by name.
 */
import { type FakeClock, createFakeClock } from './fake-clock.ts';
import type { Clock } from './clock.ts';
import type { Fetch } from './edge/injected-fetch.ts';
import type { Gate } from './gate.ts';
import { type MachineFace, currentMachine, enterMachine, patchMachine } from './machine-patches.ts';
import type { KeyedRandom } from './random.ts';

export interface MachineOptions {
  readonly clock: Clock;
  readonly random: KeyedRandom;
  /** Reaches the landscape; every other address is somewhere else. */
  readonly fetch: Fetch;
  /** For whoever intercepts other HTTP clients. */
  readonly gates: ReadonlyMap<string, Gate>;
  /** How far this machine's clock is ahead of the trial's; default not at all. */
  readonly offsetMs?: () => number;
  /** Takes what a timer threw. */
  readonly failed?: (error: unknown) => void;
}

export class Machine implements MachineFace {
  readonly fetch: Fetch;
  readonly gates: ReadonlyMap<string, Gate>;
  readonly #clock: Clock;
  readonly #offsetMs: () => number;
  readonly #random: KeyedRandom;
  readonly #failed: (error: unknown) => void;
  readonly #leaks = new Map<string, number>();
  #fake: FakeClock | undefined;
  #draws = 0;
  #alive = true;
  #armedFor = Number.POSITIVE_INFINITY;

  constructor({ clock, random, fetch, gates, ...rest }: MachineOptions) {
    const { failed = () => {}, offsetMs = () => 0 } = rest;
    this.#offsetMs = offsetMs;
    this.#failed = failed;
    this.#clock = clock;
    this.#random = random;
    this.gates = gates;
    this.fetch = fetch;
  }

  /** The machine of whoever calls; none outside of trials. */
  static current(): Machine | undefined {
    return currentMachine() as Machine | undefined;
  }

  /** Puts the patches in place, until the function that it gives back is called. */
  static begin(): () => void {
    return patchMachine();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Timers that code of this machine has set and that have not come due. */
  get timers(): number {
    return this.#alive ? (this.#fake?.pending ?? 0) : 0;
  }

  /** Real time and chance that got in, each by name and how often. */
  leaks(): string[] {
    return [...this.#leaks].map(([name, times]) =>
      times === 1 ? name : `${name} (${times} times)`,
    );
  }

  leaked(name: string): void {
    this.#leaks.set(name, (this.#leaks.get(name) ?? 0) + 1);
  }

  /** Runs code as this machine's; what it starts later is this machine's too. */
  run<T>(work: () => T): T {
    return enterMachine(this, work);
  }

  act(work: () => void): void {
    try {
      this.run(work);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The power goes: no timer of this machine ever fires, no answer ever comes. */
  end(): void {
    this.#alive = false;
    this.#fake?.reset();
  }

  /** Time that only passes, and that nobody sets. */
  now(): number {
    return this.#clock.now();
  }

  /** What time it is here. */
  wallNow(): number {
    return this.#clock.now() + this.#offsetMs();
  }

  /** Uniform in [0, 1): the next of this machine's own draws. */
  draw(): number {
    return this.#random.draw('machine', ++this.#draws);
  }

  /** So many bytes of its draws, as hexadecimal digits. */
  bytes(count: number): Buffer {
    return Buffer.from(this.#random.hex(count * 2, 'machine', ++this.#draws), 'hex');
  }

  uuid(): string {
    return this.#random.uuid('machine', ++this.#draws);
  }

  get timersOf(): FakeClock['timers'] {
    this.#fake ??= createFakeClock(this.#clock.now());
    return this.#fake.timers;
  }

  /** Sets a timer by `set`, which is told how long from the fake timers' own time on. */
  schedule<T>(delayMs: number, set: (delayMs: number) => T): T {
    const lagMs = this.#clock.now() - this.timersOf.now;
    const timer = set(Math.max(0, Number.isFinite(delayMs) ? delayMs : 0) + lagMs);
    this.#arm();
    return timer;
  }

  /** Lets the trial's clock wake the fake timers when the next of them comes due. */
  #arm(): void {
    const next = this.#fake?.nextAt;
    if (next === undefined || next >= this.#armedFor || !this.#alive) return;
    this.#armedFor = next;
    this.#clock.after(next - this.#clock.now(), () => {
      if (this.#armedFor === next) this.#armedFor = Number.POSITIVE_INFINITY;
      if (!this.#alive) return;
      this.run(() => this.#fake?.catchUp(this.#clock.now()));
      this.#arm();
    });
  }
}
