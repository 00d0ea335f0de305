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

/**
 * Rules about how a document is made, not about how the business stands: the source keeps the same ones,
 * so that what it holds would have been taken. Who breaks them spoiled it on the way.
 */
const spoiled = new Set([
  'no-lines',
  'duplicate-line',
  'missing-field',
  'field-fixed',
  'line-amount',
  'schedule-quantity',
  'reference-length',
  'quantity-rounds-to-zero',
  'plant-of-other-company',
  'movement-type-unknown',
  'no-unit-conversion',
  'inexact-conversion',
  'method-not-allowed',
  'not-acceptable',
  'body-too-large',
]);
const spoiledWords =
  /^(invalid|wrong|negative|unsupported|idempotency)-|-(mismatch|required|decimals|too-long|balanced|positive|negative)$/;
/** Master data that both ends have, by number. */
const unknownNames =
  /^unknown-(supplier|material|plant|storage-location|unit|currency|tax-code|payment-terms|company-code|path)$/;

/** Whether the target refused what the integration made of a sound document: nobody's exception but its own fault. */
export const isSpoiled = ({ status, rule }: CompletedRecord): boolean =>
  rule === undefined
    ? status === 405 || status === 415
    : spoiled.has(rule) || spoiledWords.test(rule) || unknownNames.test(rule);
