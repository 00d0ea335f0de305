/** Puts the landscape of a running trial under control, so that somebody can look on and interfere. */
import { LandscapeControl } from '../harness/control.ts';
import type { Progress } from '../harness/progress.ts';
import type { RunOptions } from '../harness/run-trial.ts';
import type { Trial } from '../harness/trial.ts';
import { type ControlOptions, openControl } from './control-options.ts';
import type { Shell } from './shell.ts';

type Watch = Required<Pick<RunOptions, 'onLandscape' | 'onProgress'>>;

export interface WatchedTrial {
  /** What the run is to call. */
  readonly watch: Watch;
  /** With a console open, what it shows stays until somebody asks the command to stop. */
  over(): Promise<void>;
  close(): Promise<void>;
}

/** `undefined` when the options ask for nothing. */
export async function watchTrial(
  trial: Trial,
  options: ControlOptions,
  shell: Shell,
): Promise<WatchedTrial | undefined> {
  const opened = await openControl(options, shell);
  if (opened === undefined) return undefined;
  const { workload, flows = workload.flows, invariants = [], narrate = workload.narrate } = trial;
  let progress: Progress | undefined;
  let running = true;
  let control: LandscapeControl | undefined;
  return {
    watch: {
      onProgress: (seen) => (progress = seen),
      onLandscape: (landscape) => {
        const promises = { flows, invariants: [...workload.invariants, ...invariants] };
        control = new LandscapeControl('trial', landscape, promises, () =>
          running ? (progress?.owed ?? []) : undefined,
        );
        opened.show({ control, narrate, name: trial.name, trial: trial.name });
      },
    },
    over: async () => {
      running = false;
      if (options.console !== true || shell.stop.aborted) return;
      shell.stderr.write('The trial is over; the console stays until Ctrl+C.\n');
      await new Promise((resolve) => shell.stop.addEventListener('abort', resolve));
    },
    close: async () => {
      control?.release();
      await opened.close();
    },
  };
}
