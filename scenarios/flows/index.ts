/** Flows of the scenarios. */
export * from './acknowledgements.ts';
export * from './invoices.ts';
export * from './master-data.ts';
export * from './not-carried.ts';
export * from './orders.ts';
export * from './payments.ts';
export * from './procure-to-pay-flows.ts';
export * from './receipts.ts';
export * from './ship-notices.ts';
