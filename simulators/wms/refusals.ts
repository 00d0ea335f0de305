/** The warehouse's ways to say no, one line each at the place where the rule is. */
import { BusinessError, type Refusal } from '../../harness/business-error.ts';

const refusalOf =
  (refusal: Refusal) =>
  (rule: string, message: string, field?: string): BusinessError =>
    new BusinessError({ refusal, rule, message, ...(field === undefined ? {} : { field }) });

/** Breaks a rule whatever the state of the warehouse's documents. */
export const invalid = refusalOf('invalid');
/** The document that the command is about does not exist. */
export const notFound = refusalOf('notFound');
/** The document is in the wrong state for the command, or there is not enough stock. */
export const conflict = refusalOf('conflict');
export const duplicate = refusalOf('duplicate');
export const stale = refusalOf('stale');
