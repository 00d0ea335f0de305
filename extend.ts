/**
 * `seatrial/extend`: what a fault, a system, a dialect or a workload of your own is made of. A trial
 * that only uses what is there needs nothing from here.
 */
export type {
  Delivery,
  ExchangeFault,
  ExchangeTools,
  ExchangeView,
  Fault,
  MessageFault,
  MessageTools,
  Trigger,
} from './harness/fault.ts';
export {
  exchangeFault,
  messageFault,
  type FaultHead,
  type FaultOptions,
  type Rule,
  type Rules,
} from './chaos/fault-options.ts';
export { defineSystem, type SystemOptions } from './harness/define-system.ts';
export type {
  Credentials,
  Dialect,
  EdgeRefusal,
  Handled,
  Mounting,
  Operation,
  Port,
  PublishedEvent,
  System,
  SystemFactory,
} from './harness/system.ts';
export type { Store } from './harness/store.ts';
export type { Collection } from './harness/collection.ts';
export { type Context } from './harness/context.ts';
export {
  BusinessError,
  type BusinessErrorOptions,
  type Refusal,
} from './harness/business-error.ts';
export { cut, reply, type Outcome, type WireReply, type WireRequest } from './harness/wire.ts';
export type { Narrator, Owed, Stage, Workload, WorkloadRun } from './harness/workload.ts';
export { actorContext, type World } from './harness/world.ts';
