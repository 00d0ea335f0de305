/**
 * One thing that somebody outside the integration can be told to do: a buyer issues an order, a
 * supplier ships, the warehouse counts. It goes straight to the system's core, as it does when the
 * workload's actors act; what is not said is filled in from what the system knows.
 */
import {
  type BusinessError,
  type Refusal,
  BusinessError as Refused,
} from '../../harness/business-error.ts';
import { realSleep, stopwatch } from '../../harness/clock.ts';
import type { Context } from '../../harness/context.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { Landscape } from '../../harness/landscape.ts';
import { actorContext } from '../../harness/world.ts';
import { ErpCore } from '../../simulators/erp/erp-core.ts';
import type { Schema } from '../../simulators/plain/schema.ts';
import { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';
import { WmsCore } from '../../simulators/wms/wms-core.ts';

export interface ActionResult {
  readonly action: string;
  readonly actor: string;
  readonly system: string;
  readonly document: string;
  readonly id: string;
  readonly data: unknown;
}

/** What came of an action. */
export interface Deed {
  readonly document: string;
  readonly id: string;
  readonly data: unknown;
}

export interface Action {
  /** Words with hyphens: the end of its path. */
  readonly name: string;
  readonly summary: string;
  readonly actor: string;
  readonly system: 'procurement' | 'erp' | 'wms';
  readonly body: Schema;
  perform(stage: ActionStage, body: never, context: Context): Deed;
}

/** The cores of a landscape, as actions find them. Each throws `control.core` when the system is another. */
export class ActionStage {
  readonly landscape: Landscape;

  constructor(landscape: Landscape) {
    this.landscape = landscape;
  }

  get procurement(): ProcurementCore {
    return this.#core('procurement', ProcurementCore);
  }

  get erp(): ErpCore {
    return this.#core('erp', ErpCore);
  }

  get wms(): WmsCore {
    return this.#core('wms', WmsCore);
  }

  #core<Core>(name: string, kind: abstract new (...parameters: never[]) => Core): Core {
    const { core } = this.landscape.system(name);
    if (core instanceof kind) return core;
    throw new SeatrialError({
      code: 'control.core',
      task: `act on ${name}`,
      reason: 'it is a system of your own, which has no such business',
    });
  }
}

/** Refusals that end by themselves when the integration brings what is missing. */
const passing: readonly Refusal[] = ['notFound', 'conflict'];

/**
 * The same as soon as the rules allow it: what is refused because something is not there yet is tried
 * again until so much real time has passed. Tries in vain are not recorded, the last one is.
 */
export async function performWhenReady(
  landscape: Landscape,
  action: Action,
  body: unknown,
  { waitMs, signal }: { readonly waitMs: number; readonly signal: AbortSignal },
): Promise<ActionResult> {
  const elapsed = stopwatch();
  while (elapsed() < waitMs && !signal.aborted) {
    try {
      return perform(landscape, action, body, false);
    } catch (error) {
      if (!isRefusal(error) || !passing.includes(error.refusal)) break;
      await realSleep(retryMs);
    }
  }
  return perform(landscape, action, body);
}

const retryMs = 25;

/** Performs it in one transaction and records it; a refusal is recorded, too, and thrown. */
export function perform(
  landscape: Landscape,
  action: Action,
  body: unknown,
  noteRefusal = true,
): ActionResult {
  const { world } = landscape;
  const { name, actor, system } = action;
  const stage = new ActionStage(landscape);
  const { store } = landscape.system(system);
  // What is done by hand has no plan that it could be named by: its place in the history is its own.
  const subject = `${name} ${world.history.length}`;
  const context = actorContext(world, actor, subject, correlationOf(body));
  const note = (outcome: { key?: string; refused?: string; detail?: string }): void => {
    const at = world.clock.now();
    world.history.append({
      type: 'actor.acted',
      at,
      actor,
      action: inWords(name),
      system,
      ...outcome,
    });
  };
  try {
    const deed = store.transaction(context, () => action.perform(stage, body as never, context));
    note({ key: deed.id });
    return { action: name, actor, system, ...deed };
  } catch (error) {
    if (isRefusal(error) && noteRefusal) note({ refused: error.rule, detail: error.message });
    throw error;
  }
}

const isRefusal = (error: unknown): error is BusinessError => error instanceof Refused;

const inWords = (name: string): string => name.replaceAll('-', ' ');

const correlationOf = (body: unknown): string | undefined =>
  (body as { correlationId?: string } | undefined)?.correlationId;
