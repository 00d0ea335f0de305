/** All faults, by the words of the design. */
export { describeFault } from './describe-fault.ts';
export { type FaultOptions, type MessageFaultOptions } from './fault-options.ts';
export { type DelayOptions, delay } from './message/delay.ts';
export { type DropOptions, drop } from './message/drop.ts';
export { type DuplicateOptions, duplicate } from './message/duplicate.ts';
export { type ReorderOptions, reorder } from './message/reorder.ts';
export { type StaleOptions, stale } from './message/stale.ts';
export { type ForgeOptions, forge } from './message/forge.ts';
export { type ClockSkewOptions, clockSkew } from './exchange/clock-skew.ts';
export { type CrashOptions, crash } from './exchange/crash.ts';
export { type ExpireTokenOptions, expireToken } from './exchange/expire-token.ts';
export { type LateCommitOptions, lateCommit } from './exchange/late-commit.ts';
export { type LatencyOptions, latency } from './exchange/latency.ts';
export { type LoseResponseOptions, loseResponse } from './exchange/lose-response.ts';
export { type OutageOptions, outage } from './exchange/outage.ts';
export { type RejectOptions, reject } from './exchange/reject.ts';
export { type StaleReadOptions, staleRead } from './exchange/stale-read.ts';
export { type ThrottleOptions, throttle } from './exchange/throttle.ts';
export { type TruncateOptions, truncate } from './exchange/truncate.ts';
export * as network from './network/network-faults.ts';
export {
  type EmbeddedToxiproxy,
  type EmbeddedToxiproxyOptions,
  startEmbeddedToxiproxy,
} from './network/embedded/embedded-toxiproxy.ts';
