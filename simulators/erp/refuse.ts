/** How the ERP's rules say no: one short call per rule, so that a rule reads as a sentence. */
import { BusinessError, type Refusal } from '../../harness/business-error.ts';

/** Throws the `BusinessError` of a rule. `field` is the path of the offending field in the input. */
export function refuse(
  refusal: Refusal,
  rule: string,
  message: string,
  field?: string,
  details?: Readonly<Record<string, string>>,
): never {
  throw new BusinessError({
    refusal,
    rule,
    message,
    ...(field === undefined ? {} : { field }),
    ...(details === undefined ? {} : { details }),
  });
}
