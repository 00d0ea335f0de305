/** Whole trials, run in the background: described as JSON, watched in their landscape, judged at the end. */
import { RealClock } from '../harness/clock.ts';
import { LandscapeControl } from '../harness/control.ts';
import type { Duration } from '../harness/duration.ts';
import type { Integration } from '../harness/integration.ts';
import type { Progress } from '../harness/progress.ts';
import { runTrial } from '../harness/run-trial.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { type Trial, defineTrial } from '../harness/trial.ts';
import { type ReportModel, reportModel } from '../report/report-model.ts';
import type { ControlPlane } from './control-plane.ts';
import { controlled } from './controlled-landscape.ts';
import { type FaultDescription, faultOf } from './fault-catalogue.ts';
import { systemsOf, usualSystems } from './system-catalogue.ts';
import { type WorkloadDescription, workloadOf } from './workload-description.ts';

export interface TrialDescription {
  readonly name?: string;
  readonly systems?: Readonly<Record<string, string>>;
  readonly workload: WorkloadDescription;
  readonly faults?: readonly FaultDescription[];
  readonly integration:
    | {
        readonly command: string;
        readonly cwd?: string;
        readonly env?: Readonly<Record<string, string>>;
      }
    | { readonly url: string };
  readonly seed?: string;
  readonly speed?: number;
  readonly ports?: Readonly<Record<string, number>>;
  readonly toxiproxy?: string;
  readonly liveness?: { readonly deadline?: Duration; readonly settle?: Duration };
}

export interface TrialView {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'ended' | 'failed';
  /** Where it runs, to look into while it does and after. */
  readonly landscape: string;
  readonly phase?: string;
  readonly elapsedMs?: number;
  readonly owed?: Progress['owed'];
  readonly verdict?: ReportModel['verdict'];
  /** Why it could not be run. */
  readonly error?: string;
}

interface Job {
  readonly id: string;
  readonly trial: Trial;
  readonly landscape: string;
  readonly stop: AbortController;
  ended: Promise<void>;
  state: TrialView['state'];
  progress?: Progress;
  report?: ReportModel;
  error?: string;
}

export class TrialJobs {
  readonly #plane: ControlPlane;
  readonly #jobs = new Map<string, Job>();
  #numbered = 0;

  constructor(plane: ControlPlane) {
    this.#plane = plane;
  }

  list(): TrialView[] {
    return [...this.#jobs.values()].map(viewOf);
  }

  view(id: string): TrialView {
    return viewOf(this.#get(id));
  }

  isRunning(id: string): boolean {
    return this.#jobs.get(id)?.state === 'running';
  }

  /** Throws `control.not-ended` while it runs, and why it could not be run. */
  report(id: string): ReportModel {
    const { report, state, error } = this.#get(id);
    if (report !== undefined) return report;
    const reason = state === 'running' ? 'it still runs' : (error ?? 'it failed');
    throw refusal('control.not-ended', `report on the trial "${id}"`, reason);
  }

  /** Begins to run. Throws what is wrong with the description. */
  start(description: TrialDescription): TrialView {
    const trial = trialOf(description);
    const id = `trial-${++this.#numbered}`;
    const landscape = this.#plane.freshId(id);
    const stop = new AbortController();
    const job: Job = {
      id,
      trial,
      landscape,
      stop,
      state: 'running',
      ended: Promise.resolve(),
    };
    this.#jobs.set(id, job);
    job.ended = this.#run(job, description);
    return viewOf(job);
  }

  /** Until it ended, or so long. */
  async wait(id: string, signal: AbortSignal): Promise<TrialView> {
    const job = this.#get(id);
    const enough = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([job.ended, enough]);
    return viewOf(job);
  }

  /** Interrupts it when it runs, and forgets it with its landscape. */
  async remove(id: string): Promise<void> {
    const job = this.#get(id);
    job.stop.abort('deleted');
    await job.ended;
    this.#jobs.delete(id);
    if (this.#plane.list().some((each) => each.id === job.landscape)) {
      await this.#plane.remove(job.landscape);
    }
  }

  async close(): Promise<void> {
    const jobs = [...this.#jobs.values()];
    for (const { stop } of jobs) stop.abort('closing');
    await Promise.all(jobs.map(({ ended }) => ended));
  }

  async #run(job: Job, described: TrialDescription): Promise<void> {
    const { trial, stop } = job;
    const { seed, speed, ports, toxiproxy } = described;
    const { host } = this.#plane;
    const { workload, flows, invariants = [], narrate = workload.narrate } = trial;
    const promises = {
      flows: flows ?? workload.flows,
      invariants: [...workload.invariants, ...invariants],
    };
    try {
      const result = await runTrial(trial, {
        ...(seed === undefined ? {} : { seed }),
        ...(speed === undefined ? {} : { clock: new RealClock({ speed }) }),
        ...(ports === undefined ? {} : { ports }),
        ...(toxiproxy === undefined ? {} : { toxiproxy }),
        ...(host === undefined ? {} : { host }),
        signal: stop.signal,
        onProgress: (progress) => (job.progress = progress),
        onLandscape: (landscape) => {
          const owed = (): Progress['owed'] | undefined =>
            job.state === 'running' ? (job.progress?.owed ?? []) : undefined;
          const control = new LandscapeControl(job.landscape, landscape, promises, owed);
          this.#plane.add(controlled({ control, narrate, name: trial.name, trial: job.id }));
        },
      });
      job.report = reportModel(result);
      job.state = 'ended';
    } catch (error) {
      job.state = 'failed';
      job.error = error instanceof Error ? error.message : String(error);
    }
  }

  #get(id: string): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    throw refusal('control.no-trial', `find the trial "${id}"`, 'there is none of that id');
  }
}

function trialOf(description: TrialDescription): Trial {
  const { name, systems, workload, faults = [], liveness, seed } = description;
  return defineTrial({
    name: name ?? 'a trial from outside',
    systems: systemsOf(systems ?? usualSystems),
    workload: workloadOf(workload),
    faults: faults.map(faultOf),
    integration: integrationOf(description.integration),
    ...(seed === undefined ? {} : { seed }),
    ...(liveness === undefined ? {} : { liveness }),
  });
}

const integrationOf = (described: TrialDescription['integration']): Integration =>
  'command' in described ? { kind: 'process', ...described } : { kind: 'url', url: described.url };

const viewOf = ({ id, trial, state, landscape, progress, report, error }: Job): TrialView => ({
  id,
  name: trial.name,
  state,
  landscape,
  // What was owed when it last told is not what is owed once it ended.
  ...(progress === undefined || state !== 'running'
    ? {}
    : { phase: progress.phase, elapsedMs: progress.elapsedMs, owed: progress.owed }),
  ...(report === undefined ? {} : { verdict: report.verdict }),
  ...(error === undefined ? {} : { error }),
});

const refusal = (code: string, task: string, reason: string): SeatrialError =>
  new SeatrialError({ code, task, reason });
