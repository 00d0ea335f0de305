/**
 * Which refusals settle a matter. A rule of the business refuses for good; a lock, a lost version
 * check, an expired token or throttling only ask to come again; something unknown may still come.
 */
import type { CompletedRecord } from '../../harness/record.ts';

/** Statuses that ask to come again, or that say nothing about the business. */
const passing = new Set([401, 403, 408, 412, 423, 425, 429]);

/** Whether the callee refused by a rule of the business, so that the same again is refused again. */
export const isFinalRefusal = ({ outcome, status }: CompletedRecord): boolean =>
  outcome === 'fail' &&
  status !== undefined &&
  status >= 400 &&
  status < 500 &&
  !passing.has(status);

/** Rules that name what is missing in other words: the receipt, or the invoice, to refer to. */
const missing = new Set(['no-receipt', 'receipt-based-needs-receipt', 'not-invoiced-yet']);

/** Whether it was refused for something that is not there yet, and may come. */
export const isForMissing = ({ status, rule }: CompletedRecord): boolean =>
  status === 404 ||
  (rule !== undefined &&
    (rule.startsWith('unknown-') || rule.endsWith('-not-found') || missing.has(rule)));

/** The rule's name, or the status where the dialect told no rule. */
export const ruleOf = ({ rule, status }: CompletedRecord): string => rule ?? `status ${status}`;
