/**
 * The history's records: all that happened in a trial, in the order it happened. Every question an
 * integration team has is a pure function of these. The harness knows systems, document kinds, keys
 * and times; what a document means is the scenarios' business.
 */

interface Common {
  /** Place in the history, from 0. */
  readonly position: number;
  /** Trial time in milliseconds since the epoch. */
  readonly at: number;
}

export type Phase = 'workload' | 'heal' | 'liveness' | 'check';

export interface PhaseRecord extends Common {
  readonly type: 'phase';
  readonly phase: Phase;
  /** Why the phase before it ended: `quiet`, or with something still owed as `deadline` or `stopped`. */
  readonly reason?: string;
}

/** A request reached (or was refused at) the edge. */
export interface InvokedRecord extends Common {
  readonly type: 'exchange.invoked';
  readonly exchange: string;
  /** `integration -> erp`. */
  readonly link: string;
  readonly caller: string;
  readonly callee: string;
  /** The dialect's name of the endpoint, e.g. `createPurchaseOrder`. */
  readonly operation: string;
  /** The business key that the request is about, when it shows one. */
  readonly key?: string;
  /** How often (operation, key) has been called on this link, from 1. */
  readonly attempt: number;
  readonly method: string;
  readonly path: string;
  /** Whether it can change nothing. */
  readonly safe: boolean;
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  /** Hash of the body, to see the same key with another payload. */
  readonly bodyHash?: string;
  /** The message that this exchange delivers (webhooks). */
  readonly message?: string;
}

/** What the caller knows: an answer, a refusal, or nothing certain. */
export interface CompletedRecord extends Common {
  readonly type: 'exchange.completed';
  readonly exchange: string;
  readonly link: string;
  readonly callee: string;
  readonly operation: string;
  readonly key?: string;
  /** `ok` 2xx/3xx; `fail` certainly not done (4xx, connection refused); `info` unknown (cut, timed out, 5xx). */
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly status?: number;
  /** How the connection ended when there was no answer. */
  readonly cut?: Cut;
  /** Stable name of the business rule that refused it. */
  readonly rule?: string;
  readonly retryAfterMs?: number;
}

export type Cut = 'refused' | 'reset' | 'timeout';

/** A system committed a version of a document. The system's side of the truth. */
export interface CommitRecord extends Common {
  readonly type: 'commit';
  readonly system: string;
  /** Kind, e.g. `PurchaseOrder`. */
  readonly document: string;
  /** The system's own key of the document. */
  readonly id: string;
  /** 1 for the first. */
  readonly version: number;
  /** The document itself; immutable. */
  readonly data: unknown;
  /** One number for all commits of one transaction. */
  readonly transaction: number;
  readonly exchange?: string;
  readonly actor?: string;
  readonly correlationId?: string;
}

/** A system published an event. */
export interface EmittedRecord extends Common {
  readonly type: 'message.emitted';
  readonly message: string;
  readonly system: string;
  readonly channel: string;
  readonly link: string;
  readonly event: string;
  readonly document: string;
  readonly key: string;
  readonly version: number;
  readonly correlationId?: string;
}

/** One attempt to hand a message over. */
export interface DeliveredRecord extends Common {
  readonly type: 'message.delivered';
  readonly message: string;
  readonly system: string;
  readonly channel: string;
  readonly link: string;
  readonly event: string;
  readonly document: string;
  readonly key: string;
  readonly version: number;
  /** From 1; above 1 the sender tries again. */
  readonly attempt: number;
  /** 1 for the first copy; more when a fault made copies. */
  readonly copy: number;
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly status?: number;
  /** Set when the sender never sent it. */
  readonly forged?: 'unsigned' | 'wrongKey' | 'replayed';
}

/** The sender gave a message up after its whole retry schedule. */
export interface AbandonedRecord extends Common {
  readonly type: 'message.abandoned';
  readonly message: string;
  readonly system: string;
  readonly channel: string;
  readonly link: string;
  readonly document: string;
  readonly key: string;
  readonly version: number;
}

/** A fault took effect. A fault that never leaves one of these proves nothing. */
export interface FaultRecord extends Common {
  readonly type: 'fault.fired';
  /** The fault's label, unique in its trial. */
  readonly fault: string;
  /** `duplicate`, `loseResponse`, `latency`, ... */
  readonly kind: string;
  readonly link: string;
  readonly operation?: string;
  readonly key?: string;
  readonly attempt?: number;
  /** Version of the document that the struck message tells of. */
  readonly version?: number;
  readonly exchange?: string;
  readonly message?: string;
  readonly detail?: string;
  /** What makes the fault do exactly this again, where it differs from the fault's own settings. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

/** Somebody put a fault in while the trial ran, or ended one. */
export interface FaultChangedRecord extends Common {
  readonly type: 'fault.injected' | 'fault.healed';
  /** The fault's label, unique in its trial. */
  readonly fault: string;
  readonly kind: string;
  readonly link: string;
}

/** Someone outside the integration did, or tried, something. */
export interface ActorRecord extends Common {
  readonly type: 'actor.acted';
  readonly actor: string;
  readonly action: string;
  readonly system: string;
  readonly key?: string;
  /** The rule that refused it, when it was. */
  readonly refused?: string;
  readonly detail?: string;
}

/** The integration under test itself: started, stopped, died, said something. */
export interface IntegrationRecord extends Common {
  readonly type: 'integration';
  readonly event: 'started' | 'stopped' | 'exited' | 'killed';
  readonly detail?: string;
}

export type HistoryRecord =
  | PhaseRecord
  | InvokedRecord
  | CompletedRecord
  | CommitRecord
  | EmittedRecord
  | DeliveredRecord
  | AbandonedRecord
  | FaultRecord
  | FaultChangedRecord
  | ActorRecord
  | IntegrationRecord;

export type RecordType = HistoryRecord['type'];

/** A record before the history gave it its place. */
export type NewRecord = HistoryRecord extends infer Each
  ? Each extends HistoryRecord
    ? Omit<Each, 'position'>
    : never
  : never;
