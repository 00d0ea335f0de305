/**
 * What a result looks like as plain JSON: the one model behind the terminal, the JUnit file, the JSON
 * file and, later, the page. It holds sentences and numbers, never live objects.
 */
import type { HistorySource } from '../harness/history.ts';
import { type InvariantResult, type VerdictStatus, type Violation } from '../harness/invariant.ts';
import type { Counts } from '../harness/progress.ts';
import type { TrialResult } from '../harness/run-trial.ts';
import { type StoryLine, storyOf } from '../harness/story.ts';
import type { FaultResult, FlowResult } from '../harness/verdict.ts';
import type { Owed } from '../harness/workload.ts';
import { type PhaseModel, phasesOf } from './phases.ts';
import { replayCommand } from './replay-command.ts';

export type { PhaseModel };

/** Raised whenever a reader of the version before would misunderstand the model. */
export const reportFormat = 1;

/** One broken promise, told so that somebody who was not there understands it. */
export interface StoryModel {
  /** What is wrong, in one sentence. */
  readonly sentence: string;
  /** How it came about; empty when it was not told (see `storiesPerInvariant`). */
  readonly story: readonly StoryLine[];
  readonly keys: readonly string[];
  readonly positions: readonly number[];
  readonly expected?: unknown;
  readonly actual?: unknown;
}

export interface InvariantModel {
  readonly invariant: string;
  readonly promise: string;
  readonly family?: string;
  readonly status: VerdictStatus;
  /** Business keys that exercised it. */
  readonly seen: number;
  /** All violations there were, told or not. */
  readonly violations: number;
  readonly stories: readonly StoryModel[];
  readonly reason?: string;
  /** It speaks of what need not happen, and this time it did not: no doubt about the verdict. */
  readonly idle?: boolean;
}

export interface ReportModel {
  readonly format: typeof reportFormat;
  readonly trial: string;
  /** File and line of the trial. */
  readonly declaredAt?: string;
  readonly integration: string;
  readonly seed: string;
  readonly token: string;
  /** The command that runs the same again. */
  readonly replay: string;
  readonly verdict: VerdictStatus;
  readonly invariants: readonly InvariantModel[];
  readonly faults: readonly FaultResult[];
  readonly flows: readonly FlowResult[];
  readonly doubts: readonly string[];
  /** What had not arrived when the trial ended. */
  readonly owed: readonly Owed[];
  readonly counts: Counts;
  readonly phases: readonly PhaseModel[];
  readonly lastedMs: number;
  /** The last that the integration wrote. */
  readonly output?: string;
}

/** What a report is made from: a trial's result, or a recorded history that was judged again. */
export type Reportable = Omit<TrialResult, 'trial' | 'history'> & {
  readonly trial: { readonly name: string; readonly declaredAt: string | undefined };
  readonly history: HistorySource;
  /** Where they are known already; default read from the history. */
  readonly phases?: readonly PhaseModel[];
};

export interface ReportOptions {
  /** The command that runs the same again; default: `seatrial run` with the trial's file. */
  readonly replay?: string;
  /** Violations whose story is told, for each invariant; default 3. The others are counted. */
  readonly storiesPerInvariant?: number;
}

/** Makes the model of a result. */
export function reportModel(result: Reportable, options: ReportOptions = {}): ReportModel {
  const { trial, verdict, integration, token, output } = result;
  const replay =
    options.replay ?? replayCommand({ declaredAt: trial.declaredAt, integration, token });
  return {
    format: reportFormat,
    trial: trial.name,
    ...(trial.declaredAt === undefined ? {} : { declaredAt: trial.declaredAt }),
    integration,
    seed: result.seed,
    token,
    replay,
    verdict: verdict.status,
    invariants: verdict.invariants.map((each) =>
      invariantModel(each, result, options.storiesPerInvariant ?? 3),
    ),
    faults: verdict.faults,
    flows: verdict.flows,
    doubts: verdict.doubts,
    owed: result.owed,
    counts: result.counts,
    phases: result.phases ?? phasesOf(result.history),
    lastedMs: result.lastedMs,
    ...(output === '' ? {} : { output }),
  };
}

function invariantModel(
  { violations, unlisted, ...rest }: InvariantResult,
  { history, narrate }: Reportable,
  told: number,
): InvariantModel {
  return {
    ...rest,
    violations: violations.length + unlisted,
    stories: violations.map((violation, index) =>
      storyModel(violation, index < told ? storyOf(history, violation, narrate) : []),
    ),
  };
}

function storyModel(
  { keys, positions, sentence, ...sides }: Violation,
  story: readonly StoryLine[],
): StoryModel {
  return { sentence, story, keys, positions, ...sides };
}
