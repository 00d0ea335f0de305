/** All that one landscape shares: seed, clock, calendar, history, fault plan. Two worlds share nothing. */
import type { LandscapeArchive } from './archive/landscape-archive.ts';
import type { Calendar } from './calendar.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { History } from './history.ts';
import type { IntegrationSeat } from './integration-seat.ts';
import type { KeyedRandom } from './random.ts';

export interface World {
  readonly seed: string;
  readonly random: KeyedRandom;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly history: History;
  readonly faults: FaultPlan;
  /** The integration under test, for faults that end it. */
  readonly integration?: IntegrationSeat;
  /** Keeps history and documents where they outlive the process. */
  readonly archive?: LandscapeArchive;
}

/**
 * When whoever acts on the landscape from outside may be told what was done: once it is durable. Nothing
 * when that is now; in virtual time nobody outside is there to be told.
 */
export function durable({ archive, clock }: World): Promise<void> | undefined {
  return archive === undefined || clock.kind === 'virtual' ? undefined : archive.durable();
}

/** Does what is in vain once the archive is lost, which has its own way to be told. */
export function whileKept({ archive }: World, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (archive?.failure === undefined) throw error;
  }
}

/** The context of something an actor does, with a correlation id of its own unless one is given. */
export function actorContext(
  world: World,
  actor: string,
  subject: string,
  correlationId?: string,
): Context {
  const at = world.clock.now();
  return {
    at,
    today: world.calendar.today(at),
    by: actor,
    actor,
    correlationId: correlationId ?? world.random.uuid('correlation', actor, subject),
    traceparent: `00-${world.random.hex(32, 'trace', subject)}-${world.random.hex(16, 'span', actor, subject)}-01`,
  };
}
