/** All that one control server controls: its landscapes and its trials, and how both end. */
import { Control, type LandscapeView } from '../harness/control.ts';
import { durable } from '../harness/world.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { landscapeEnvironment } from '../harness/start-integration.ts';
import type { ControlledLandscape } from './controlled-landscape.ts';
import { type LandscapeDescription, createLandscape } from './create-landscape.ts';
import { TrialJobs } from './trial-jobs.ts';

/** More than anybody drives by hand, and less than a machine has ports for. */
const mostLandscapes = 64;

export interface ControlledView extends LandscapeView {
  readonly environment: Readonly<Record<string, string>>;
  readonly working: boolean;
  readonly webhooks?: string;
  readonly trial?: string;
}

export class ControlPlane {
  readonly trials = new TrialJobs(this);
  readonly #control = new Control();
  readonly #landscapes = new Map<string, ControlledLandscape>();
  #numbered = 0;
  /** Where landscapes listen; default loopback. */
  readonly host: string | undefined;

  constructor(host?: string) {
    this.host = host;
  }

  list(): ControlledView[] {
    return [...this.#landscapes.values()].map(viewOf);
  }

  /** Throws `control.no-landscape`. */
  get(id: string): ControlledLandscape {
    return this.#landscapes.get(this.#control.get(id).id) as ControlledLandscape;
  }

  /** Throws `control.taken`, `control.full`, and what making a landscape throws. */
  async create(description: LandscapeDescription): Promise<ControlledLandscape> {
    const id = description.id ?? this.freshId('landscape');
    this.#checkRoom(id);
    const made = await createLandscape(id, description, this.host);
    try {
      return this.add(made);
    } catch (error) {
      made.control.release();
      await made.control.landscape.close();
      throw error;
    }
  }

  /** Resolves when all that happened is durable. Throws what keeps it from being so. */
  async durable(): Promise<void> {
    for (const { control } of this.#landscapes.values()) await durable(control.landscape.world);
  }

  /** Takes a landscape that somebody else made under control. Throws `control.taken`. */
  add(landscape: ControlledLandscape): ControlledLandscape {
    this.#control.add(landscape.control);
    this.#landscapes.set(landscape.control.id, landscape);
    return landscape;
  }

  /** Closes it and forgets it. Throws `control.no-landscape`, and `control.busy` for one that a trial runs in. */
  async remove(id: string): Promise<void> {
    const landscape = this.get(id);
    if (landscape.trial !== undefined && this.trials.isRunning(landscape.trial)) {
      throw refusal('control.busy', `delete the landscape "${id}"`, 'a trial runs in it');
    }
    await this.#remove(landscape);
  }

  /** An id that no landscape has. */
  freshId(kind: string): string {
    let id: string;
    do id = `${kind}-${++this.#numbered}`;
    while (this.#landscapes.has(id));
    return id;
  }

  /** Interrupts what runs and closes what is open. */
  async close(): Promise<void> {
    await this.trials.close();
    await Promise.all([...this.#landscapes.values()].map((each) => this.#remove(each)));
  }

  async #remove(landscape: ControlledLandscape): Promise<void> {
    const { id } = landscape.control;
    this.#landscapes.delete(id);
    landscape.close();
    await this.#control.remove(id);
  }

  #checkRoom(id: string): void {
    const task = `create the landscape "${id}"`;
    if (this.#landscapes.has(id)) throw refusal('control.taken', task, 'the id is taken');
    if (this.#landscapes.size >= mostLandscapes) {
      throw refusal('control.full', task, `there are ${mostLandscapes} already; delete some`);
    }
  }
}

/** A landscape as the API shows it. */
export function viewOf({ control, webhooks, trial }: ControlledLandscape): ControlledView {
  const { landscape } = control;
  return {
    ...control.view(),
    environment: landscapeEnvironment(landscape.addresses(), landscape.webhookSecret),
    working: control.working,
    ...(webhooks === undefined ? {} : { webhooks }),
    ...(trial === undefined ? {} : { trial }),
  };
}

const refusal = (code: string, task: string, reason: string): SeatrialError =>
  new SeatrialError({ code, task, reason });
