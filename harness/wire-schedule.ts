/** Puts the network faults of a trial onto the wires and takes them off, by their schedules in trial time. */
import type { Timer } from './clock.ts';
import type { NetworkFault } from './fault.ts';
import type { PlannedFault } from './fault-plan.ts';
import { SeatrialError } from './seatrial-error.ts';
import type { Wires } from './wires.ts';
import type { World } from './world.ts';

export class WireSchedule {
  readonly #world: World;
  readonly #wires: Wires;
  readonly #timers = new Set<Timer>();
  /** What is done to the wires is done one after the other. */
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;
  #healing = false;

  constructor(world: World, wires: Wires) {
    this.#world = world;
    this.#wires = wires;
  }

  begin(): void {
    for (const planned of this.#world.faults.planned) {
      if (planned.fault.layer !== 'network') continue;
      this.#after(planned.atMs, () => this.#strike(planned as PlannedFault<NetworkFault>));
    }
  }

  /** Throws what kept a fault from the wires: then the trial proves nothing. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends every fault, and reads back that the wires are clean. Throws `network.not-healed`. */
  async heal(): Promise<void> {
    this.#healing = true;
    for (const timer of this.#timers) timer.cancel();
    await this.#last;
    this.check();
    await this.#wires.heal();
    const disturbed = await this.#wires.verifyHealed();
    if (disturbed.length === 0) return;
    throw new SeatrialError({
      code: 'network.not-healed',
      task: 'heal the wires',
      reason: `still disturbed: ${disturbed.join(', ')}`,
      hint: 'Somebody else may be using the same Toxiproxy.',
    });
  }

  #strike(planned: PlannedFault<NetworkFault>): void {
    const { fault, label, forMs, everyMs } = planned;
    if (everyMs !== undefined) this.#after(everyMs, () => this.#strike(planned));
    if (Number.isFinite(forMs)) this.#after(forMs, () => this.#then(() => this.#wires.lift(fault)));
    this.#then(async () => {
      const links = await this.#wires.apply(fault);
      const { history, clock } = this.#world;
      for (const link of links) {
        history.append({
          type: 'fault.fired',
          at: clock.now(),
          fault: label,
          kind: fault.kind,
          link,
          ...(fault.toxic === undefined ? {} : { detail: fault.toxic }),
        });
      }
    });
  }

  #then(action: () => Promise<void>): void {
    this.#last = this.#last
      .then(() => (this.#healing || this.#failure !== undefined ? undefined : action()))
      .catch((error: unknown) => {
        this.#failure ??= error;
      });
  }

  #after(delayMs: number, action: () => void): void {
    const timer = this.#world.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      if (!this.#healing) action();
    });
    this.#timers.add(timer);
  }
}
