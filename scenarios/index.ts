/** Flows, invariants, workloads and words of the business scenarios. */
export * from './flows/index.ts';
export * from './invariants/index.ts';
export * from './narrate.ts';
export * from './workloads/index.ts';
