/** One load from its plan to its model: landscape, integration, control API, k6, and those who look on. */
import { judge } from '../../control/judge.ts';
import { type ControlledLandscape, controlled } from '../../control/controlled-landscape.ts';
import { newArchive } from '../../harness/archive/open-archive.ts';
import { ControlPlane } from '../../control/control-plane.ts';
import { type ControlServer, startControlServer } from '../../control/control-server.ts';
import { RealClock, everyReal } from '../../harness/clock.ts';
import { LandscapeControl } from '../../harness/control.ts';
import type { Fault } from '../../harness/fault.ts';
import { type HistoryHeader, HistoryWriter } from '../../harness/history-file.ts';
import type { RunningIntegration } from '../../harness/integration.ts';
import { Landscape } from '../../harness/landscape.ts';
import { readIntegration } from '../../harness/read-integration.ts';
import { replayToken } from '../../harness/replay-token.ts';
import { startIntegration } from '../../harness/start-integration.ts';
import type { SystemFactory } from '../../harness/system.ts';
import type { Workload } from '../../harness/workload.ts';
import { type World, whileKept } from '../../harness/world.ts';
import type { LoadPlan } from '../../load/plan.ts';
import type { K6 } from './find-k6.ts';
import type { DrawnPlan } from './load-options.ts';
import type { Segment } from './option-readers.ts';
import { LoadRecorder } from './load-recorder.ts';
import { type K6Result, runK6 } from './run-k6.ts';

export interface LoadRun {
  readonly k6: K6;
  readonly plan: DrawnPlan;
  readonly systems: Readonly<Record<string, SystemFactory>>;
  readonly faults: readonly Fault[];
  readonly promises: Workload;
  readonly seed: string;
  /** Missing when a simulator itself is under load. */
  readonly integration: string | undefined;
  readonly segment: Segment | undefined;
  /** Where history and documents are kept. */
  readonly place: string | undefined;
  readonly historyFile: string | undefined;
  readonly binMs: number;
  readonly stop: AbortSignal;
  /** Several times a second. */
  readonly onLook: (recorder: LoadRecorder, owed: number) => void;
  readonly onFault: (error: unknown) => void;
}

export interface LoadEnd {
  readonly recorder: LoadRecorder;
  readonly k6: K6Result;
  readonly report: ReturnType<typeof judge>;
}

const id = 'load';

/** Throws what its parts throw; a load that ran has an end, whatever it shows. */
export async function runLoad(run: LoadRun): Promise<LoadEnd> {
  const { promises, plan } = run;
  const landscape = landscapeOf(run);
  const { narrate } = promises;
  // A simulator by itself keeps no promises of an integration.
  const { flows, invariants } =
    plan.target === 'simulator' ? { flows: [], invariants: [] } : promises;
  const control = new LandscapeControl(id, landscape, { flows, invariants });
  const watched = controlled({ control, narrate, name: `load on ${plan.target}` });
  const plane = new ControlPlane();
  const open: Opened = { writer: writerOf(run, landscape) };
  try {
    await landscape.listen();
    open.integration = await integrate(run, landscape);
    plane.add(watched);
    // What k6 asks of a landscape whose archive is lost fails for that reason alone.
    const onFault = (error: unknown): void => {
      if (landscape.world.archive?.failure === undefined) run.onFault(error);
    };
    open.server = await startControlServer({ plane, onFault });
    return await underLoad(run, watched, open);
  } finally {
    await open.server?.close();
    await open.integration?.stop();
    control.release();
    open.writer?.close();
    await landscape.close();
  }
}

/** Throws what opening the place throws where its history is kept. */
function landscapeOf(run: LoadRun): Landscape {
  const { seed, systems, faults, place } = run;
  const kept = place === undefined ? {} : { archive: newArchive(place), about: aboutLoad(run) };
  return new Landscape({ systems, seed, clock: new RealClock(), faults, ...kept });
}

const aboutLoad = ({ plan, promises, integration }: LoadRun) =>
  ({
    trial: `load on ${plan.target}`,
    workload: promises.name,
    integration: integration ?? 'none',
  }) satisfies Partial<HistoryHeader>;

/** What must be closed, in the order it was opened. */
interface Opened {
  readonly writer: HistoryWriter | undefined;
  integration?: RunningIntegration | undefined;
  server?: ControlServer;
}

async function underLoad(
  run: LoadRun,
  watched: ControlledLandscape,
  { server, integration }: Opened,
): Promise<LoadEnd> {
  const { control } = watched;
  const { world } = control.landscape;
  const recorder = new LoadRecorder(watched, run.binMs, arrivalsOf(run.plan));
  const look = (): void => whileKept(world, () => run.onLook(recorder, recorder.look()));
  const onBegin = (): void => {
    control.begin();
    recorder.begin();
  };
  const looking = everyReal(Math.min(250, run.binMs), look);
  try {
    const { url = '', token = '' } = server ?? {};
    const plan: LoadPlan = { ...run.plan, landscape: id };
    const env = {
      SEATRIAL_CONTROL_URL: url,
      SEATRIAL_CONTROL_TOKEN: token,
      ...(integration?.url === undefined ? {} : { SEATRIAL_INTEGRATION_URL: integration.url }),
    };
    const asked = { plan, env, segment: run.segment, stop: run.stop, onBegin };
    const k6 = await whileRecorded(world, run.stop, (stop) => runK6(run.k6, { ...asked, stop }));
    look();
    noteDeath(control.landscape, integration);
    control.end();
    world.archive?.flush();
    const report = judge(watched, plan.only === undefined ? {} : { only: plan.only });
    return { recorder, k6, report };
  } finally {
    looking.cancel();
    recorder.close();
    watched.close();
  }
}

/** A load that cannot be recorded any more is stopped. Throws why. */
async function whileRecorded<R>(
  { archive }: World,
  stop: AbortSignal,
  work: (stop: AbortSignal) => Promise<R>,
): Promise<R> {
  if (archive === undefined) return work(stop);
  const lost = new AbortController();
  void archive.failed.then(() => lost.abort());
  try {
    return await work(AbortSignal.any([stop, lost.signal]));
  } catch (error) {
    throw archive.failure ?? error;
  }
}

/** What an arrival is, in the history. */
function arrivalsOf({ target }: DrawnPlan): (record: { readonly type: string }) => boolean {
  const system = target === 'simulator' ? 'erp' : 'procurement';
  return (record) => {
    const { type, document, version, ...rest } = record as unknown as Record<string, unknown>;
    return (
      type === 'commit' &&
      version === 1 &&
      document === 'PurchaseOrder' &&
      rest['system'] === system
    );
  };
}

async function integrate(
  { integration, stop }: LoadRun,
  landscape: Landscape,
): Promise<RunningIntegration | undefined> {
  if (integration === undefined) return undefined;
  const { clock, random, history } = landscape.world;
  const started = await startIntegration(
    readIntegration(integration),
    {
      systems: landscape.addresses(),
      webhookSecret: landscape.webhookSecret,
      fetch: landscape.fetch(),
      clock,
    },
    {
      clock,
      random,
      gates: landscape.origins(),
      fetch: landscape.fetch(),
      intercepts: false,
      note: (event, detail) => {
        const told = detail === undefined ? {} : { detail };
        history.append({ type: 'integration', at: clock.now(), event, ...told });
      },
    },
    stop,
  );
  if (started.crash !== undefined) {
    landscape.world.integration?.take((how) => started.crash?.(how));
  }
  landscape.deliverTo(started.post);
  return started;
}

/** One that ended by itself makes the verdict doubtful. */
function noteDeath({ world }: Landscape, integration: RunningIntegration | undefined): void {
  const detail = integration?.died();
  if (detail === undefined) return;
  world.history.append({ type: 'integration', at: world.clock.now(), event: 'exited', detail });
}

function writerOf(run: LoadRun, landscape: Landscape): HistoryWriter | undefined {
  const { historyFile, seed } = run;
  if (historyFile === undefined) return undefined;
  const { history, faults } = landscape.world;
  const writer = new HistoryWriter(historyFile, {
    ...aboutLoad(run),
    seed,
    token: replayToken(seed),
    faults: faults.planned.map(({ fault: { kind, link }, label }) => ({
      fault: label,
      kind,
      link,
    })),
  });
  writer.follow(history);
  return writer;
}
