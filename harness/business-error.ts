/**
 * The refusal of a request by a system's rules. Cores throw it; dialects put it into their vendor's
 * words and status. Nothing of it reaches the wire as it is.
 */

/**
 * Why, in terms every dialect can map: `invalid` breaks a rule of the business, `malformed` cannot be
 * understood, `conflict` meets a document in the wrong state, `stale` lost a version check, `locked`
 * meets another user's lock, `duplicate` was there before.
 */
export type Refusal =
  | 'malformed'
  | 'invalid'
  | 'notFound'
  | 'conflict'
  | 'stale'
  | 'locked'
  | 'duplicate'
  | 'forbidden'
  | 'unauthenticated';

export interface BusinessErrorOptions {
  readonly refusal: Refusal;
  /** Stable name of the rule, e.g. `over-delivery`, `period-closed`; dialects map it to message numbers. */
  readonly rule: string;
  readonly message: string;
  /** Path of the offending field, e.g. `lines[0].quantity`. */
  readonly field?: string;
  /** Values that a dialect's own message may want, e.g. the lock's owner. */
  readonly details?: Readonly<Record<string, string>>;
}

export class BusinessError extends Error {
  readonly refusal: Refusal;
  readonly rule: string;
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, string>>;

  constructor({ refusal, rule, message, field, details }: BusinessErrorOptions) {
    super(message);
    this.name = 'BusinessError';
    this.refusal = refusal;
    this.rule = rule;
    this.field = field;
    this.details = details ?? {};
  }
}
