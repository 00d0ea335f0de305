/**
 * What all actors share: acting on a system in the open (recorded, with the business object's
 * correlation id), waiting for a time or for what the integration delivers, and saying what is owed.
 */
import { BusinessError } from '../../../harness/business-error.ts';
import type { Context } from '../../../harness/context.ts';
import type { System } from '../../../harness/system.ts';
import type { Owed, Stage } from '../../../harness/workload.ts';
import { type World, actorContext } from '../../../harness/world.ts';
import type { ErpCore } from '../../../simulators/erp/erp-core.ts';
import type { ProcurementCore } from '../../../simulators/procurement/procurement-core.ts';
import type { WmsCore } from '../../../simulators/wms/wms-core.ts';
import { topicsOf } from './topics.ts';

type SystemName = 'procurement' | 'erp' | 'wms';

/** One thing an actor does. */
export interface Deed {
  readonly actor: string;
  readonly action: string;
  readonly system: SystemName;
  /** The business object it is about, by key; of a new one, what it belongs to. */
  readonly subject: string;
  readonly correlationId?: string;
}

/** What an actor still means to do, and to what. */
export interface Intent {
  readonly what: string;
  readonly example: string;
}

export interface Wait extends Intent {
  /** Documents whose commits may end the wait, as `system/Document/key`. */
  readonly topics: readonly string[];
  ready(): boolean;
}

/** What is owed of one sort, and by which examples. */
interface Ledger {
  count: number;
  readonly examples: Map<string, number>;
}

export class Desk {
  readonly world: World;
  readonly erp: ErpCore;
  readonly procurement: ProcurementCore;
  readonly wms: WmsCore;
  /** Least trial time between two steps that depend on each other. */
  readonly gapMs: number;
  readonly #systems: Readonly<Record<SystemName, System>>;
  readonly #owed = new Map<string, Ledger>();
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #watchers: { readonly topic: string; readonly take: (data: unknown) => void }[] = [];
  readonly #listeners: (() => void)[] = [];
  readonly #unsubscribe: () => void;
  #stopped = false;

  constructor(stage: Stage, gapMs: number) {
    const { world } = stage;
    const [procurement, erp, wms] = ['procurement', 'erp', 'wms'].map((name) =>
      stage.system(name),
    ) as [System, System, System];
    this.world = world;
    this.gapMs = gapMs;
    this.#systems = { procurement, erp, wms };
    this.procurement = procurement.core as ProcurementCore;
    this.erp = erp.core as ErpCore;
    this.wms = wms.core as WmsCore;
    this.#unsubscribe = world.history.subscribe((record) => {
      if (record.type !== 'commit') return;
      for (const topic of topicsOf(record)) this.#signal(topic, record.data);
    });
  }

  get now(): number {
    return this.world.clock.now();
  }

  /** Does it and records it. A refusal is recorded too, and gives `undefined`. */
  act<T>(deed: Deed, work: (context: Context) => T, keyOf?: (done: T) => string): T | undefined {
    const { actor, subject, correlationId } = deed;
    const context = actorContext(this.world, actor, subject, correlationId);
    for (const listener of this.#listeners) listener();
    try {
      const done = this.#systems[deed.system].store.transaction(context, () => work(context));
      this.note(deed, { key: keyOf?.(done) ?? subject });
      return done;
    } catch (error) {
      const refused = error instanceof BusinessError ? error.rule : 'actor-failed';
      const detail = error instanceof Error ? error.message : String(error);
      this.note(deed, { key: subject, refused, detail });
      return undefined;
    }
  }

  /** Calls back whenever an actor is about to act. */
  onAct(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Records something that an actor did, or tried in vain. */
  note(
    { actor, action, system }: Pick<Deed, 'actor' | 'action' | 'system'>,
    outcome: { key: string; refused?: string; detail?: string },
  ): void {
    const at = this.now;
    this.world.history.append({ type: 'actor.acted', at, actor, action, system, ...outcome });
  }

  /** Acts after `delayMs` of trial time; owed until then. */
  later(delayMs: number, intent: Intent, action: () => void): void {
    const settle = this.owe(intent);
    this.quietly(delayMs, () => {
      settle();
      this.#guard(intent, action);
    });
  }

  /** The same, owed by nobody: for those who look in from time to time. */
  quietly(delayMs: number, action: () => void): void {
    this.world.clock.after(delayMs, () => {
      if (!this.#stopped) action();
    });
  }

  /** Acts as soon as `ready`, at once if it is; owed until then. */
  when(wait: Wait, action: () => void): void {
    if (wait.ready()) return this.#guard(wait, action);
    const settle = this.owe(wait);
    const waiters = wait.topics.map((topic) => this.#waitersOf(topic));
    const look = (): void => {
      if (!waiters.some((each) => each.has(look)) || !wait.ready()) return;
      for (const each of waiters) each.delete(look);
      settle();
      this.#guard(wait, action);
    };
    for (const each of waiters) each.add(look);
  }

  /** Acts at the next commit of one of the topics; owed until then. */
  next(wait: Omit<Wait, 'ready'>, action: () => void): void {
    let asked = false;
    const ready = (): boolean => asked || !(asked = true);
    this.when({ ...wait, ready }, action);
  }

  /** Lets those who wait for these topics look again; who begins to wait meanwhile is not asked. */
  look(topics: readonly string[]): void {
    for (const topic of topics) for (const look of Array.from(this.#waitersOf(topic))) look();
  }

  /** Calls back with each commit of a topic from now on, in its turn: to take note, not to act. */
  watch(topic: string, take: (data: unknown) => void): void {
    this.#watchers.push({ topic, take });
  }

  /** Notes something owed; returns the way to settle it. */
  owe({ what, example }: Intent): () => void {
    const owed = this.#owed.get(what) ?? { count: 0, examples: new Map<string, number>() };
    this.#owed.set(what, owed);
    const { examples } = owed;
    owed.count++;
    examples.set(example, (examples.get(example) ?? 0) + 1);
    return () => {
      owed.count--;
      const left = (examples.get(example) ?? 1) - 1;
      if (left > 0) examples.set(example, left);
      else examples.delete(example);
    };
  }

  /** Asked after every step of a trial, so it counts nothing anew. */
  pending(): Owed[] {
    const pending: Owed[] = [];
    for (const [what, { count, examples }] of this.#owed) {
      const [example] = examples.keys();
      if (example !== undefined) pending.push({ what, count, example });
    }
    return pending;
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
  }

  #waitersOf(topic: string): Set<() => void> {
    let waiters = this.#waiting.get(topic);
    if (waiters === undefined) this.#waiting.set(topic, (waiters = new Set()));
    return waiters;
  }

  /** Those who wait look a moment later: nobody acts in the middle of somebody else's commit. */
  #signal(topic: string, data: unknown): void {
    for (const watcher of this.#watchers) if (watcher.topic === topic) watcher.take(data);
    for (const look of this.#waiting.get(topic) ?? []) this.quietly(1, look);
  }

  #guard({ what, example }: Intent, action: () => void): void {
    try {
      action();
    } catch (error) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const deed = { actor: 'actors', action: what, system: 'procurement' } as const;
      this.note(deed, { key: example, refused: 'actor-failed', detail });
    }
  }
}
