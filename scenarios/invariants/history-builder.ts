/** Writes small histories by hand, so that the tests of invariants read like stories. */
import { check } from '../../harness/check.ts';
import type { HistorySource } from '../../harness/history.ts';
import type { Invariant, InvariantResult } from '../../harness/invariant.ts';
import type {
  CommitRecord,
  CompletedRecord,
  HistoryRecord,
  InvokedRecord,
  NewRecord,
} from '../../harness/record.ts';

type CommitExtras = Partial<
  Pick<CommitRecord, 'exchange' | 'actor' | 'correlationId' | 'version' | 'transaction'>
>;

/** A call of the integration and how it ended; `outcome` follows from `status` or `cut`. */
export interface Call extends Partial<
  Pick<InvokedRecord, 'method' | 'safe' | 'idempotencyKey' | 'bodyHash' | 'correlationId' | 'path'>
> {
  readonly callee?: string;
  readonly operation?: string;
  readonly key?: string;
  readonly status?: number;
  readonly cut?: NonNullable<CompletedRecord['cut']>;
  readonly rule?: string;
  readonly retryAfterMs?: number;
}

export class HistoryBuilder implements HistorySource {
  readonly records: HistoryRecord[] = [];
  readonly #versions = new Map<string, number>();
  readonly #attempts = new Map<string, number>();
  #now = 0;
  #exchanges = 0;
  #drained = 0;

  /** From now on things happen at this trial time, in milliseconds. */
  at(now: number): this {
    this.#now = now;
    return this;
  }

  /** Place of the last record. */
  get last(): number {
    return this.#drained + this.records.length - 1;
  }

  /** The records so far, which it no longer holds: a history that memory could not hold is taken bit by bit. */
  drain(): HistoryRecord[] {
    const taken = this.records.splice(0);
    this.#drained += taken.length;
    return taken;
  }

  add(
    record: NewRecord extends infer Each
      ? Each extends unknown
        ? Omit<Each & object, 'at'>
        : never
      : never,
  ): this {
    this.records.push({
      ...record,
      at: this.#now,
      position: this.#drained + this.records.length,
    } as unknown as HistoryRecord);
    return this;
  }

  /** A commit; versions count by themselves. */
  commit(
    system: string,
    document: string,
    id: string,
    data: object,
    extras: CommitExtras = {},
  ): this {
    const name = `${system} ${document} ${id}`;
    const version = (this.#versions.get(name) ?? 0) + 1;
    this.#versions.set(name, version);
    return this.add({
      type: 'commit',
      system,
      document,
      id,
      version,
      data,
      transaction: 1,
      ...extras,
    });
  }

  /** A call that begins and does not end (yet); returns the exchange's name. */
  invoke(call: Call): string {
    const { callee = 'erp', operation = 'createPurchaseOrder', key, safe = false } = call;
    const exchange = `x${++this.#exchanges}`;
    const counted = `${operation} ${key ?? ''}`;
    const attempt = (this.#attempts.get(counted) ?? 0) + 1;
    this.#attempts.set(counted, attempt);
    this.add({
      type: 'exchange.invoked',
      exchange,
      link: `integration -> ${callee}`,
      caller: 'integration',
      callee,
      operation,
      attempt,
      method: call.method ?? (safe ? 'GET' : 'POST'),
      path: call.path ?? '/',
      safe,
      ...(key === undefined ? {} : { key }),
      ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
      ...(call.bodyHash === undefined ? {} : { bodyHash: call.bodyHash }),
      ...(call.correlationId === undefined ? {} : { correlationId: call.correlationId }),
    });
    return exchange;
  }

  /** The end of a call. */
  complete(exchange: string, call: Call): this {
    const { callee = 'erp', operation = 'createPurchaseOrder', key, status, cut } = call;
    return this.add({
      type: 'exchange.completed',
      exchange,
      link: `integration -> ${callee}`,
      callee,
      operation,
      outcome: outcomeOf(status, cut),
      ...(key === undefined ? {} : { key }),
      ...(status === undefined ? {} : { status }),
      ...(cut === undefined ? {} : { cut }),
      ...(call.rule === undefined ? {} : { rule: call.rule }),
      ...(call.retryAfterMs === undefined ? {} : { retryAfterMs: call.retryAfterMs }),
    });
  }

  /** A whole exchange: called and ended at once. */
  call(call: Call): this {
    return this.complete(this.invoke(call), call);
  }

  /** Faults end. */
  heal(): this {
    return this.add({ type: 'phase', phase: 'heal' });
  }

  /** The trial ends: quiet, or cut short by its deadline. */
  end(reason: 'quiet' | 'deadline' = 'quiet'): this {
    return this.add({ type: 'phase', phase: 'check', reason });
  }

  [Symbol.iterator](): Iterator<HistoryRecord> {
    return this.records[Symbol.iterator]();
  }
}

function outcomeOf(status: number | undefined, cut: Call['cut']): 'ok' | 'fail' | 'info' {
  if (cut !== undefined) return cut === 'refused' ? 'fail' : 'info';
  if (status === undefined || status < 400) return 'ok';
  return status < 500 ? 'fail' : 'info';
}

/** What one invariant says of a history. */
export const verdictOn = (invariant: Invariant, history: HistorySource): InvariantResult =>
  check(history, [invariant])[0] as InvariantResult;
