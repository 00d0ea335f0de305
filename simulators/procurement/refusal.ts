/** Short forms of the suite's refusals; each names its rule once, where the rule is kept. */
import { BusinessError, type Refusal } from '../../harness/business-error.ts';

/** A refusal to throw. */
export const refusal = (
  kind: Refusal,
  rule: string,
  message: string,
  field?: string,
): BusinessError =>
  new BusinessError({ refusal: kind, rule, message, ...(field === undefined ? {} : { field }) });

/** The value, or a refusal because it is missing. */
export function required<T>(value: T | undefined, orElse: () => BusinessError): T {
  if (value === undefined) throw orElse();
  return value;
}

/** A document that must exist. */
export const found = <T>(value: T | undefined, kind: string, number: string): T =>
  required(value, () => refusal('notFound', 'not-found', `${kind} ${number} does not exist.`));

/** A number that a partner gives a document of its own: not empty, and not used before. */
export function checkNewNumber(
  number: string | undefined,
  documents: { has(id: string): boolean },
  kind: string,
): void {
  if (number === '') throw refusal('invalid', 'number-required', 'The number is empty.', 'number');
  if (number !== undefined && documents.has(number)) {
    throw refusal('duplicate', 'duplicate', `${kind} ${number} is here already.`, 'number');
  }
}
