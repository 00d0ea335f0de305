/** By what a recorded history is judged: the trial that is named, else the business that comes with seatrial. */
import type { HistoryHeader } from '../harness/history-file.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { Standard } from './judge-history.ts';
import { loadTrial } from './load-trial.ts';
import type { Shell } from './shell.ts';

/** Throws `check.no-standard` for a workload that does not come with seatrial, and what loading a trial throws. */
export async function standardFor(
  file: { readonly path: string; readonly header: HistoryHeader },
  trialFile: string | undefined,
  shell: Shell,
): Promise<Standard> {
  if (trialFile !== undefined) {
    const { workload, flows, invariants = [], narrate } = await loadTrial(trialFile, shell.cwd);
    return {
      flows: flows ?? workload.flows,
      invariants: [...workload.invariants, ...invariants],
      narrate: narrate ?? workload.narrate,
      ...(workload.states === undefined ? {} : { states: workload.states }),
    };
  }
  const { business } = await import('./business.ts');
  const workload = business(1, 1000);
  if (file.header.workload === workload.name) return workload;
  throw new SeatrialError({
    code: 'check.no-standard',
    task: `judge the history ${file.path}`,
    reason: `it is of the workload "${file.header.workload}", which does not come with seatrial`,
    hint: 'Name the trial that it was recorded from: --trial FILE.',
  });
}
