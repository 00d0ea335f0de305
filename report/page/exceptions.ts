/**
 * Exceptions, split into the two kinds that are handled differently: transient ones, which the same
 * call a little later gets past, and business ones, which somebody has to look into.
 */
import type { CompletedRecord, DeliveredRecord, HistoryRecord } from '../../harness/record.ts';

export type ExceptionClass = 'transient' | 'business';

export interface ExceptionGroup {
  readonly class: ExceptionClass;
  /** Who answered so. */
  readonly party: string;
  /** What was asked, in the dialect's word; the event for messages. */
  readonly operation: string;
  /** The business rule, how the connection ended, or the status. */
  readonly reason: string;
  readonly count: number;
  readonly keys: number;
  /** Keys for which the same got through later. */
  readonly recovered: number;
  readonly examples: readonly string[];
}

/** Answers that say "not now". */
const notNow = new Set([401, 408, 423, 425, 429, 502, 503, 504]);

/** Tells exceptions from what went well; remembers which open exchanges only look. */
export class ExceptionReader {
  readonly #looks = new Set<string>();

  /** Of which kind the record is an exception, if it is one. */
  read(record: HistoryRecord): ExceptionClass | undefined {
    if (record.type === 'exchange.invoked' && record.safe) this.#looks.add(record.exchange);
    if (record.type === 'message.delivered') return ofDelivery(record);
    if (record.type !== 'exchange.completed') return undefined;
    const looked = this.#looks.delete(record.exchange);
    // Looking for something that is not there yet is how a careful integration works.
    return looked && record.status === 404 ? undefined : ofExchange(record);
  }
}

function ofDelivery({ outcome, status = 500 }: DeliveredRecord): ExceptionClass | undefined {
  if (outcome === 'ok') return undefined;
  return status < 500 && !notNow.has(status) ? 'business' : 'transient';
}

function ofExchange({ outcome, status, cut }: CompletedRecord): ExceptionClass | undefined {
  if (outcome === 'ok') return undefined;
  if (cut !== undefined || outcome === 'info') return 'transient';
  return status !== undefined && notNow.has(status) ? 'transient' : 'business';
}

interface Group {
  readonly of: Omit<ExceptionGroup, 'count' | 'keys' | 'recovered' | 'examples'>;
  count: number;
  readonly keys: Set<string>;
}

export class ExceptionFold {
  readonly #groups = new Map<string, Group>();
  /** Where each (party, operation, key) last got through. */
  readonly #passed = new Map<string, number>();
  readonly #failed = new Map<string, number>();

  /** `kind` is what the reader says of the record. */
  see(record: HistoryRecord, kind: ExceptionClass | undefined): void {
    if (record.type !== 'exchange.completed' && record.type !== 'message.delivered') return;
    const party = record.type === 'exchange.completed' ? record.callee : 'integration';
    const operation = record.type === 'exchange.completed' ? record.operation : record.event;
    const call = `${party} ${operation} ${record.key ?? ''}`;
    if (record.outcome === 'ok') {
      if (this.#failed.has(call)) this.#passed.set(call, record.position);
      return;
    }
    if (kind === undefined) return;
    this.#failed.set(call, record.position);
    const of = { class: kind, party, operation, reason: reasonOf(record) };
    const name = Object.values(of).join('\u0000');
    let group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, (group = { of, count: 0, keys: new Set() }));
    group.count++;
    if (record.key !== undefined) group.keys.add(record.key);
  }

  groups(): ExceptionGroup[] {
    return [...this.#groups.values()]
      .map(({ of, count, keys }) => ({
        ...of,
        count,
        keys: keys.size,
        recovered: [...keys].filter((key) => this.#isPast(`${of.party} ${of.operation} ${key}`))
          .length,
        examples: [...keys].slice(0, 3),
      }))
      .toSorted((a, b) => b.count - a.count);
  }

  #isPast(call: string): boolean {
    return (this.#passed.get(call) ?? -1) > (this.#failed.get(call) ?? 0);
  }
}

const cuts = {
  refused: 'could not be reached',
  reset: 'connection broke',
  timeout: 'timed out',
} as const;

function reasonOf(record: CompletedRecord | DeliveredRecord): string {
  if (record.type === 'message.delivered') {
    return record.status === undefined ? 'no answer' : `status ${record.status}`;
  }
  if (record.rule !== undefined) return record.rule;
  if (record.cut !== undefined) return cuts[record.cut];
  return `status ${record.status ?? 'unknown'}`;
}
