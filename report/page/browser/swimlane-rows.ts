/**
 * Turns records into the rows of a swimlane: arrows for messages, calls and answers, boxes for what a
 * system committed, marks for what a fault did to them. Data only, so that it is tested without a page.
 */
import { describeDuration } from '../../../harness/duration.ts';
import type {
  ActorRecord,
  CommitRecord,
  CompletedRecord,
  DeliveredRecord,
  FaultRecord,
  HistoryRecord,
  IntegrationRecord,
  InvokedRecord,
} from '../../../harness/record.ts';
import { inWords, titled } from '../words.ts';

export interface Badge {
  readonly text: string;
  readonly kind: 'fault' | 'bad' | 'note';
}

export interface SwimlaneRow {
  readonly position: number;
  readonly at: number;
  /** A note is words between two lanes, about something that did not move yet. */
  readonly shape: 'arrow' | 'box' | 'line' | 'note';
  /** Names of lanes; boxes stand in `from`. */
  readonly from?: string;
  readonly to?: string;
  /** The way back of an exchange is drawn dashed. */
  readonly answer?: boolean;
  /** It never got there. */
  readonly cut?: boolean;
  readonly title: string;
  readonly detail?: string;
  readonly badges: readonly Badge[];
  /** Whether it can change nothing. */
  readonly safe?: boolean;
  /** Somebody outside did it. */
  readonly actor?: boolean;
}

/** A message that takes longer than this is marked with how late it came. */
const lateMs = 750;

export function swimlaneRows(records: readonly HistoryRecord[]): SwimlaneRow[] {
  return new Drawing(records).rows();
}

class Drawing {
  readonly #records: readonly HistoryRecord[];
  readonly #emitted = new Map<string, number>();
  readonly #delivered = new Set<string>();
  readonly #invoked = new Map<string, InvokedRecord>();
  readonly #completed = new Set<string>();
  /** Faults that strike an exchange are shown on its answer. */
  readonly #struck = new Map<string, FaultRecord[]>();

  constructor(records: readonly HistoryRecord[]) {
    this.#records = records;
    for (const record of records) {
      if (record.type === 'message.emitted') this.#emitted.set(record.message, record.at);
      else if (record.type === 'message.delivered') this.#delivered.add(record.message);
      else if (record.type === 'exchange.invoked') this.#invoked.set(record.exchange, record);
      else if (record.type === 'exchange.completed') this.#completed.add(record.exchange);
      else if (record.type === 'fault.fired' && record.exchange !== undefined) {
        this.#struck.set(record.exchange, [...(this.#struck.get(record.exchange) ?? []), record]);
      }
    }
  }

  rows(): SwimlaneRow[] {
    return this.#records.flatMap((record) => this.#row(record) ?? []);
  }

  #row(record: HistoryRecord): SwimlaneRow | undefined {
    switch (record.type) {
      case 'commit':
        return committed(record);
      case 'exchange.invoked':
        return invoked(record);
      case 'exchange.completed':
        return this.#answered(record);
      case 'message.delivered':
        return this.#arrived(record);
      case 'message.emitted':
        // One that arrived is shown by its arrival.
        return this.#delivered.has(record.message)
          ? undefined
          : onWay(record, eventTitle(record.event), 'never arrived');
      case 'message.abandoned':
        return onWay(record, 'Sender gives up', 'given up');
      case 'fault.fired':
        return this.#struckAlone(record);
      case 'actor.acted':
        return acted(record);
      case 'integration':
        return lived(record);
      case 'phase':
        return across(record, phaseTitles[record.phase]);
      case 'fault.injected':
      case 'fault.healed':
        return across(record, `${titled(record.type.replace('.', ' '))}: ${record.fault}`);
      default:
        return undefined;
    }
  }

  #answered(record: CompletedRecord): SwimlaneRow {
    const { callee, outcome, status, cut, rule, exchange, retryAfterMs } = record;
    const call = this.#invoked.get(exchange);
    const faults = (this.#struck.get(exchange) ?? []).map(faultBadge);
    const lost = cut !== undefined;
    return {
      ...base(record),
      shape: 'arrow',
      from: callee,
      to: call?.caller ?? 'integration',
      answer: true,
      cut: lost,
      title: lost ? cutTitles[cut] : `${status ?? outcome}${rule === undefined ? '' : ` ${rule}`}`,
      badges: [
        ...faults,
        ...(lost || outcome === 'ok'
          ? []
          : [bad(outcome === 'info' ? 'unknown outcome' : 'refused')]),
        ...(retryAfterMs === undefined
          ? []
          : [{ text: `wait ${describeDuration(retryAfterMs)}`, kind: 'note' } as const]),
      ],
      ...(call === undefined ? {} : { safe: call.safe }),
    };
  }

  #arrived(record: DeliveredRecord): SwimlaneRow {
    const { system, event, key, version, attempt, copy, outcome, status, message } = record;
    const emitted = this.#emitted.get(message);
    const waited = emitted === undefined ? 0 : record.at - emitted;
    const taken = outcome === 'ok';
    return {
      ...base(record),
      shape: 'arrow',
      from: system,
      to: 'integration',
      cut: !taken && status === undefined,
      title: eventTitle(event),
      detail: `${key}, version ${version}`,
      badges: [
        ...(copy > 1 ? [{ text: `duplicate: copy ${copy}`, kind: 'fault' } as const] : []),
        ...(attempt > 1 ? [{ text: `attempt ${attempt}`, kind: 'note' } as const] : []),
        ...(waited > lateMs
          ? [{ text: `late by ${describeDuration(waited)}`, kind: 'fault' } as const]
          : []),
        ...(taken ? [] : [bad(`not taken${status === undefined ? '' : `: ${status}`}`)]),
      ],
    };
  }

  #struckAlone(record: FaultRecord): SwimlaneRow | undefined {
    if (record.exchange !== undefined && this.#completed.has(record.exchange)) return undefined;
    const { link, kind, operation, key, detail } = record;
    const [from = '', to = ''] = link.split(' -> ');
    return {
      ...base(record),
      shape: kind === 'drop' ? 'arrow' : 'note',
      from,
      to,
      cut: kind === 'drop',
      title: operation === undefined ? titled(kind) : eventTitle(operation),
      ...(key === undefined ? {} : { detail: key }),
      badges: [faultBadge({ kind, ...(detail === undefined ? {} : { detail }) })],
    };
  }
}

const base = ({ position, at }: HistoryRecord): { position: number; at: number } => ({
  position,
  at,
});

const bad = (text: string): Badge => ({ text, kind: 'bad' });

const faultBadge = ({ kind, detail }: Pick<FaultRecord, 'kind' | 'detail'>): Badge => ({
  text: detail === undefined ? inWords(kind) : `${inWords(kind)}: ${detail}`,
  kind: 'fault',
});

const phaseTitles = {
  workload: 'The business begins',
  heal: 'All faults are healed',
  liveness: 'What is owed may still come',
  check: 'The trial ends',
} as const;

const cutTitles = {
  refused: 'could not be reached',
  reset: 'connection broke',
  timeout: 'no answer in time',
} as const;

/** "purchase order issued", whether the name comes as `purchase-order.issued` or `createPurchaseOrder`. */
const eventTitle = (event: string): string => titled(event.replaceAll('.', ' '));

function committed(record: CommitRecord): SwimlaneRow {
  const { system, document, id, version, data } = record;
  const status = (data as { readonly status?: unknown } | null)?.status;
  return {
    ...base(record),
    shape: 'box',
    from: system,
    title: `${titled(document)} ${id}`,
    detail: `version ${version}${typeof status === 'string' ? `, ${inWords(status)}` : ''}`,
    badges: [],
  };
}

function invoked(record: InvokedRecord): SwimlaneRow {
  const { caller, callee, operation, key, attempt, safe, idempotencyKey, method } = record;
  const bare = !safe && method === 'POST' && idempotencyKey === undefined;
  return {
    ...base(record),
    shape: 'arrow',
    from: caller,
    to: callee,
    title: titled(operation),
    ...(key === undefined ? {} : { detail: key }),
    badges: [
      ...(attempt > 1 && !safe ? [{ text: `attempt ${attempt}`, kind: 'note' } as const] : []),
      ...(bare && attempt > 1 ? [bad('no idempotency key')] : []),
    ],
    safe,
  };
}

function onWay(
  record: HistoryRecord & { readonly link: string; readonly key: string },
  title: string,
  badge: string,
): SwimlaneRow {
  const [from = '', to = ''] = record.link.split(' -> ');
  const badges = [bad(badge)];
  return {
    ...base(record),
    shape: 'arrow',
    from,
    to,
    cut: true,
    title,
    detail: record.key,
    badges,
  };
}

const acted = (record: ActorRecord): SwimlaneRow => ({
  ...base(record),
  shape: 'box',
  from: record.system,
  actor: true,
  title: `${record.actor}: ${record.action}`,
  badges: record.refused === undefined ? [] : [bad(`refused: ${record.refused}`)],
});

const lived = (record: IntegrationRecord): SwimlaneRow => ({
  ...base(record),
  shape: 'box',
  from: 'integration',
  title: `Integration ${record.event}`,
  ...(record.detail === undefined ? {} : { detail: record.detail }),
  badges: record.event === 'started' ? [] : [bad(record.event)],
});

const across = (record: HistoryRecord, title: string): SwimlaneRow => ({
  ...base(record),
  shape: 'line',
  title,
  badges: [],
});
