/** seatrial: sea trials for ERP and supply-chain integrations. The package's public name. */
export { defineTrial, type Trial, type TrialOptions } from './harness/trial.ts';
export { runTrial, type RunOptions, type TrialResult } from './harness/run-trial.ts';
export {
  inProcess,
  type Integration,
  type IntegrationEnvironment,
  type RunningFunction,
} from './harness/integration.ts';
export { Landscape, type LandscapeOptions } from './harness/landscape.ts';
export { RealClock, VirtualClock, type Clock } from './harness/clock.ts';
export { defineFlow, samePath, type FieldRule, type Flow } from './harness/flow.ts';
export {
  defineInvariant,
  type Ending,
  type Finding,
  type Invariant,
  type InvariantResult,
  type Violation,
} from './harness/invariant.ts';
export {
  explore,
  type Exploration,
  type ExploreOptions,
  type Finding as ExplorationFinding,
} from './harness/explore/explore.ts';
export { type Shrunk } from './harness/shrink/shrink.ts';
export { makeFault } from './chaos/make-fault.ts';
export { sqlInvariant } from './harness/sql-invariant.ts';
export { openArchive, newArchive } from './harness/archive/open-archive.ts';
export { type LandscapeArchive } from './harness/archive/landscape-archive.ts';
export { HistoryFolder } from './harness/archive/history-folder.ts';
export { openStoredHistory, shardsOf } from './harness/archive/postgres/open-store.ts';
export { check } from './harness/check.ts';
export { MemoryHistory, type History, type HistorySource } from './harness/history.ts';
export type * from './harness/record.ts';
export type { Verdict } from './harness/verdict.ts';
export { SeatrialError } from './harness/seatrial-error.ts';
export { expressRouter } from './harness/edge/express-router.ts';
export { mswHandlers } from './harness/edge/msw-handlers.ts';
export * from './chaos/index.ts';
export * from './scenarios/index.ts';
