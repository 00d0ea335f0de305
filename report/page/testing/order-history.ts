/**
 * A small business written by hand, for the tests of the page: orders go from a suite to a ledger, are
 * invoiced and paid there. The first order is posted twice after a lost answer, the link is down for a
 * while, and a refusal is a refusal.
 */
import { check } from '../../../harness/check.ts';
import { FlowTracker } from '../../../harness/flow-tracker.ts';
import { defineFlow } from '../../../harness/flow.ts';
import { type Invariant, defineInvariant } from '../../../harness/invariant.ts';
import { Tally } from '../../../harness/progress.ts';
import type { HistoryRecord, NewRecord } from '../../../harness/record.ts';
import { verdictOf } from '../../../harness/verdict.ts';
import type { PageSource } from '../page-model.ts';

export const startedAt = 1_700_000_000_000;

export const orderFlow = defineFlow({
  name: 'order-to-ledger',
  from: { system: 'suite', document: 'Order' },
  to: { system: 'ledger', document: 'LedgerOrder' },
  key: { from: (order) => order.number, to: (order) => order.reference },
  agree: ['supplier', 'amount'],
  owner: 'suite',
  within: '5s',
});

const invoiceFlow = defineFlow({
  name: 'invoice-back',
  from: { system: 'ledger', document: 'Invoice' },
  to: { system: 'suite', document: 'Order' },
  key: { from: (invoice) => invoice.order, to: (order) => order.ledgerNumber },
  unique: false,
  owner: 'ledger',
  within: '5s',
});

const paymentFlow = defineFlow({
  name: 'payment-back',
  from: { system: 'ledger', document: 'Payment' },
  to: { system: 'suite', document: 'Order' },
  key: { from: (payment) => payment.number, to: () => undefined },
  unique: false,
  owner: 'ledger',
  within: '5s',
});

export const orderFlows = [orderFlow, invoiceFlow, paymentFlow];

/** An order is in the ledger once. */
const once: Invariant = defineInvariant<{ ids: string[]; positions: number[] }>({
  name: 'order-to-ledger/no-duplicates',
  promise: 'An order is in the ledger once.',
  interests: [{ type: 'commit', system: 'ledger', document: 'LedgerOrder' }],
  keysOf: (record) =>
    record.type === 'commit' ? (record.data as { reference: string }).reference : undefined,
  begin: () => ({ ids: [], positions: [] }),
  step: (state, record) => {
    if (record.type !== 'commit') return state;
    return {
      ids: [...state.ids, record.id],
      positions: [...state.positions, record.position],
    };
  },
  end: ({ ids, positions }, key) => ({
    exercised: true,
    violations:
      ids.length === 1
        ? []
        : [{ keys: [key, ...ids], positions, sentence: `${key} is in the ledger twice.` }],
  }),
});

/** Writes records with times and places. */
export class Script {
  readonly records: HistoryRecord[] = [];
  #at = startedAt;
  /** The call under way, which makes what is committed meanwhile. */
  #exchange: string | undefined;

  after(ms: number): this {
    this.#at += ms;
    return this;
  }

  add(
    record: NewRecord extends infer E
      ? E extends unknown
        ? Omit<E & object, 'at'>
        : never
      : never,
  ): this {
    const placed = { ...record, at: this.#at, position: this.records.length };
    this.records.push(placed as unknown as HistoryRecord);
    return this;
  }

  commit(system: string, document: string, id: string, version: number, data: object): this {
    const by = this.#exchange === undefined ? {} : { exchange: this.#exchange };
    const transaction = this.records.length;
    return this.add({ type: 'commit', system, document, id, version, data, transaction, ...by });
  }

  message(key: string, copies = 1): this {
    const about = {
      message: `m-${key}`,
      system: 'suite',
      channel: 'events',
      link: 'suite -> integration',
      event: 'order.issued',
      document: 'Order',
      key,
      version: 1,
    };
    this.add({ type: 'message.emitted', ...about }).after(10);
    for (let copy = 1; copy <= copies; copy++) {
      this.add({
        type: 'message.delivered',
        ...about,
        attempt: 1,
        copy,
        outcome: 'ok',
        status: 204,
      });
    }
    return this;
  }

  /** A call that ends as told, with what the ledger commits meanwhile. */
  call(exchange: string, key: string, attempt: number, end: object, committed?: () => void): this {
    const about = {
      exchange,
      link: 'integration -> ledger',
      callee: 'ledger',
      operation: 'createOrder',
      key,
    };
    const how = { caller: 'integration', attempt, method: 'POST', path: '/orders', safe: false };
    this.add({ type: 'exchange.invoked', ...about, ...how }).after(5);
    this.#exchange = exchange;
    committed?.();
    this.#exchange = undefined;
    this.after(5);
    const { fault, ...rest } = end as { fault?: string };
    if (fault !== undefined) {
      const { link } = about;
      this.add({ type: 'fault.fired', fault, kind: fault, link, key, exchange, detail: 'reset' });
    }
    return this.add({ type: 'exchange.completed', ...about, outcome: 'ok', ...rest } as never);
  }
}

/** The whole business. `supplier` and `key` may be anything. */
export function orderScript(supplier = 'Miller', key = 'O-1'): Script {
  const script = new Script();
  script.add({ type: 'phase', phase: 'workload' });
  const order = (number: string) => ({ number, supplier, amount: '10', status: 'issued' });
  const booked = (number: string, reference: string, amount: string) => () =>
    void script.commit('ledger', 'LedgerOrder', number, 1, { number, reference, supplier, amount });
  for (const number of [key, 'O-2']) {
    script.after(100).commit('suite', 'Order', number, 1, order(number)).message(number, 2);
  }
  script.call(
    'x1',
    key,
    1,
    { outcome: 'info', cut: 'reset', fault: 'loseResponse' },
    booked('L-1', key, '10'),
  );
  script.after(200).call('x2', key, 2, { status: 201 }, booked('L-2', key, '11'));
  for (const exchange of ['x3', 'x4', 'x5']) {
    script.after(100).call(exchange, 'O-2', 1, { outcome: 'fail', cut: 'refused' });
  }
  script.after(300).call('x6', 'O-2', 4, { status: 201 }, booked('L-3', 'O-2', '10'));
  script.call('x7', 'O-9', 1, { outcome: 'fail', status: 422, rule: 'unknown-supplier' });
  script.commit('ledger', 'Invoice', 'I-1', 1, { number: 'I-1', order: 'L-1', status: 'posted' });
  script.commit('ledger', 'Invoice', 'I-2', 1, { number: 'I-2', order: 'L-3', status: 'posted' });
  script.commit('ledger', 'Payment', 'P-1', 1, { number: 'P-1', invoices: ['I-1', 'I-2'] });
  script.commit('ledger', 'Invoice', 'I-1', 2, {
    number: 'I-1',
    order: 'L-1',
    status: 'paid',
    payment: 'P-1',
  });
  script.after(50).add({ type: 'phase', phase: 'heal' }).add({ type: 'phase', phase: 'check' });
  return script;
}

/** What a page is made from, judged. */
export function orderSource(supplier?: string, key?: string): PageSource {
  const history = orderScript(supplier, key).records;
  const tally = new Tally();
  const tracker = new FlowTracker(orderFlows);
  for (const record of history) {
    tally.see(record);
    tracker.see(record);
  }
  const faults = ['loseResponse', 'duplicate'].map((kind, index) => ({
    fault: kind,
    kind,
    link: 'integration -> ledger',
    fired: 1 - index,
  }));
  return {
    trial: { name: `orders of ${supplier ?? 'Miller'}`, declaredAt: 'orders.ts:1:1' },
    seed: 's',
    token: 'st1.s',
    integration: 'node sync.js',
    verdict: verdictOf(check(history, [once]), faults, tracker.results()),
    history,
    counts: tally.counts(),
    lastedMs: (history.at(-1)?.at ?? startedAt) - startedAt,
    owed: tracker.owed(),
    output: '',
    narrate: (record) =>
      record.type === 'commit'
        ? `${record.system} committed ${record.id} of ${supplier ?? 'Miller'}.`
        : undefined,
    flows: orderFlows,
    states: [{ system: 'ledger', document: 'Invoice', states: ['parked', 'posted', 'paid'] }],
  };
}
