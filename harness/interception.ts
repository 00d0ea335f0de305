/**
 * Where exchange faults stand: between a caller and whoever answers. Used in both directions, for
 * calls of the integration into a system and for webhooks of a system into the integration.
 */
import type { ExchangeFault, ExchangeTools, ExchangeView, FaultSettings } from './fault.ts';
import type { PlannedFault } from './fault-plan.ts';
import type { EdgeRefusal } from './system.ts';
import type { Outcome } from './wire.ts';
import type { World } from './world.ts';

/** What the callee offers to faults. */
export interface Callee {
  answer(): Outcome | Promise<Outcome>;
  answerAsOf(ageMs: number): Outcome | Promise<Outcome>;
  refuse(refusal: EdgeRefusal): Outcome;
  revokeTokens(): void;
}

/** The exchange's place in the history, for the faults that strike it. */
export interface Struck {
  readonly exchange?: string;
  readonly message?: string;
}

/** Keeps count of work that goes on after its exchange was answered. */
export class Background {
  #running = 0;

  get pending(): number {
    return this.#running;
  }

  track(work: Promise<unknown>): void {
    this.#running++;
    const settled = (): void => {
      this.#running--;
    };
    work.then(settled, settled);
  }
}

/** Lets each striking fault stand in the way, the first declared outermost. */
export function intercept(
  world: World,
  view: ExchangeView,
  struck: Struck,
  faults: readonly PlannedFault<ExchangeFault>[],
  callee: Callee,
  background: Background,
): Outcome | Promise<Outcome> {
  const through = (index: number): Outcome | Promise<Outcome> => {
    const planned = faults[index];
    if (planned === undefined) return callee.answer();
    const tools: ExchangeTools = {
      clock: world.clock,
      random: world.faults.randomOf(planned.label),
      addressed: planned.fault.trigger.only !== undefined,
      fired: (detail, settings) => recordFired(world, planned, view, struck, detail, settings),
      crash: (how) => world.integration?.crash(how),
      setClock: (offsetMs) => world.integration?.setClock(offsetMs) ?? false,
      refuse: (refusal) => callee.refuse(refusal),
      answerAsOf: (ageMs) => callee.answerAsOf(ageMs),
      revokeTokens: () => callee.revokeTokens(),
      memory: (make) => world.faults.memoryOf(planned.label, view.link, make),
      background: (work) => background.track(work),
    };
    return planned.fault.intercept(view, () => through(index + 1), tools);
  };
  return through(0);
}

function recordFired(
  world: World,
  { fault, label }: PlannedFault<ExchangeFault>,
  view: ExchangeView,
  struck: Struck,
  detail: string | undefined,
  settings: FaultSettings | undefined,
): void {
  world.history.append({
    type: 'fault.fired',
    at: world.clock.now(),
    fault: label,
    kind: fault.kind,
    link: view.link,
    operation: view.operation,
    ...(view.key === undefined ? {} : { key: view.key }),
    attempt: view.attempt,
    ...(view.version === undefined ? {} : { version: view.version }),
    ...(settings === undefined ? {} : { settings }),
    ...struck,
    ...(detail === undefined ? {} : { detail }),
  });
}
