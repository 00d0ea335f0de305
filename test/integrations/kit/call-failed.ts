/** How a call ended when it did not end well. */

/** `transient`: try again; `refused`: never will; `missingParent`: not before its parent is there. */
export type FailureKind = 'transient' | 'refused' | 'missingParent';

interface FailureDetails {
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly rule?: string;
  /** How long what was sent may still be done, where nothing else keeps it from being done twice. */
  readonly settleMs?: number;
}

/** Why a call did not succeed. */
export class CallFailed extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly rule: string | undefined;
  readonly settleMs: number | undefined;

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(message);
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.rule = details.rule;
    this.settleMs = details.settleMs;
  }
}
