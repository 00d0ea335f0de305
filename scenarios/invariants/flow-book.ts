/**
 * What an invariant learns about a flow's target system while it reads: which of its numbers stands
 * for which business key, and what it refused last and for good.
 */
import { NameTable } from '../../harness/name-table.ts';
import type { CommitRecord, CompletedRecord } from '../../harness/record.ts';
import { isFinalRefusal, isForMissing, isSpoiled, ruleOf } from './refusals.ts';

export interface Refused {
  readonly operation: string;
  readonly rule: string;
  readonly at: number;
  readonly position: number;
  /** In a row, for the same operation. */
  readonly count: number;
  readonly forMissing: boolean;
  /** For how it was made, which is the integration's doing: no exception list accounts for that. */
  readonly spoiled: boolean;
}

/** A refusal repeated more often than this is no exception list but a retry loop. */
const retryLoop = 12;

export class FlowBook {
  readonly #names = new NameTable();
  readonly #refused = new Map<string, Refused>();
  #readTo = -1;

  /** Remembers that a document's own number stands for a key. */
  name(record: CommitRecord, key: string | readonly string[] | undefined): void {
    if (typeof key === 'string' && key !== record.id) {
      this.#names.set(record.id, key);
    }
  }

  keyOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  /** Takes in how a call to the target system ended. A later success of the same operation settles it. */
  note(record: CompletedRecord): void {
    if (record.outcome === 'info' || record.key === undefined) return;
    if (record.outcome === 'ok' && this.#refused.size === 0) return;
    // A history that is read in parts comes by more than once.
    if (record.position <= this.#readTo) return;
    this.#readTo = record.position;
    const key = this.keyOf(record.key);
    const before = this.#refused.get(key);
    if (record.outcome === 'ok') {
      if (before?.operation === record.operation) this.#refused.delete(key);
      return;
    }
    if (!isFinalRefusal(record)) return;
    this.#refused.set(key, {
      operation: record.operation,
      rule: ruleOf(record),
      at: record.at,
      position: record.position,
      count: before?.operation === record.operation ? before.count + 1 : 1,
      forMissing: isForMissing(record),
      spoiled: isSpoiled(record),
    });
  }

  refusalOf(key: string): Refused | undefined {
    return this.#refused.get(key);
  }

  /**
   * Whether an exception list accounts for the key: the last word was a final refusal that was not
   * knocked on for ever, and not about how the document was made. A refusal for something missing accounts only when it was repeated after
   * healing, or when what is missing was itself refused.
   */
  accountsFor(key: string, parents: readonly string[], healedAt: number): boolean {
    if (parents.some((parent) => parent !== key && this.#isException(parent, healedAt)))
      return true;
    return this.#isException(key, healedAt);
  }

  #isException(key: string, healedAt: number): boolean {
    const refused = this.#refused.get(key);
    if (refused === undefined || refused.spoiled || refused.count > retryLoop) return false;
    return !refused.forMissing || refused.at >= healedAt;
  }
}
