/**
 * Synthesises histories of procure-to-pay as a sound integration would leave them, of any length,
 * for measuring what reads histories: checks, stores, reports. No simulator runs: the records are
 * written as they would have been, so that a million of them cost a second.
 */
import { HistoryBuilder } from '../scenarios/invariants/history-builder.ts';
import type { HistoryRecord } from '../harness/record.ts';
import {
  accounting,
  confirmation,
  erpInvoice,
  erpOrder,
  expectedReceipt,
  invoice,
  invoiceLine,
  order,
  orderLine,
  payment,
  paymentItem,
  receipt,
} from '../scenarios/invariants/sample-documents.ts';

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

interface Names {
  readonly po: string;
  readonly erp: string;
  readonly expected: string;
  readonly confirmation: string;
  readonly receipt: string;
  readonly materialDocument: string;
  readonly invoice: string;
  readonly erpInvoice: string;
  readonly payment: string;
  readonly correlation: string;
}

const namesOf = (n: number): Names => ({
  po: `PO-${pad(n, 7)}`,
  erp: `45${pad(n, 8)}`,
  expected: `ER-${pad(n, 7)}`,
  confirmation: `WR-${pad(n, 7)}`,
  receipt: `RC-${pad(n, 7)}`,
  materialDocument: `2026/50${pad(n, 8)}`,
  invoice: `IV-${pad(n, 7)}`,
  erpInvoice: `2026/51${pad(n, 8)}`,
  payment: `2026/20${pad(n, 8)}`,
  correlation: `c-${n}`,
});

/** One order, to be written from issue to payment; about 75 records. */
function newOrder(history: HistoryBuilder, n: number, stock: StockOnHand): OrderWriter {
  return new OrderWriter(
    history,
    namesOf(n),
    stock,
    [1, 2, 3].map((line) => orderLine({ line: String(line), material: `M-${(n + line) % 500}` })),
  );
}

/** Stock on hand, so that it is the sum of its movements. */
class StockOnHand {
  readonly #quantities = new Map<string, number>();

  receive(material: string): object {
    const quantity = (this.#quantities.get(material) ?? 0) + 10;
    this.#quantities.set(material, quantity);
    return {
      material,
      plant: '1010',
      storageLocation: '0001',
      unit: 'C62',
      quantity: String(quantity),
    };
  }
}

class OrderWriter {
  readonly #history: HistoryBuilder;
  readonly #names: Names;
  readonly #stock: StockOnHand;
  readonly #lines: readonly object[];
  #messages = 0;

  constructor(history: HistoryBuilder, names: Names, stock: StockOnHand, lines: readonly object[]) {
    this.#lines = lines;
    this.#history = history;
    this.#names = names;
    this.#stock = stock;
  }

  issue(): void {
    const { po, erp, expected } = this.#names;
    const lines = this.#lines;
    this.#own('procurement', 'PurchaseOrder', po, order(po, { status: 'approved', lines }));
    this.#own('procurement', 'PurchaseOrder', po, order(po, { lines }));
    this.#message('procurement', 'purchase-order.issued', 'PurchaseOrder', po);
    this.#call('erp', 'createPurchaseOrder', po, [
      ['PurchaseOrder', erp, erpOrder(erp, po, { lines })],
    ]);
    const ofWarehouse = expectedReceipt(po, { number: expected, lines });
    this.#call('wms', 'createExpectedReceipt', po, [['ExpectedReceipt', expected, ofWarehouse]]);
    const answer = { number: `OA-${po}`, purchaseOrder: po, orderRevision: 1, lines: [] };
    this.#own('procurement', 'OrderAcknowledgement', `OA-${po}`, answer);
    this.#own('procurement', 'PurchaseOrder', po, order(po, { lines, status: 'acknowledged' }));
    this.#message(
      'procurement',
      'order-acknowledgement.received',
      'OrderAcknowledgement',
      `OA-${po}`,
    );
    const confirmed = erpOrder(erp, po, { lines, acknowledgement: `OA-${po}` });
    this.#call('erp', 'confirmPurchaseOrder', erp, [['PurchaseOrder', erp, confirmed]]);
  }

  receive(): void {
    const { po, erp, expected, confirmation: number, receipt: own, materialDocument } = this.#names;
    const counted = (this.#lines as readonly { readonly material: string }[]).map(
      (line, index) => ({
        ...line,
        line: String(index + 1),
        purchaseOrderLine: String(index + 1),
        condition: 'good',
      }),
    );
    this.#own(
      'wms',
      'ReceiptConfirmation',
      number,
      confirmation(number, '10', { purchaseOrder: po, lines: counted }),
    );
    const received = expectedReceipt(po, {
      number: expected,
      lines: this.#lines,
      status: 'received',
    });
    this.#own('wms', 'ExpectedReceipt', expected, received);
    this.#message('wms', 'receipt.confirmed', 'ReceiptConfirmation', number);
    const post = (document: string, purchaseOrder: string): object => {
      const [line] = (receipt(document, number, '10', { purchaseOrder }) as { lines: object[] })
        .lines;
      const lines = counted.map((each, index) => ({
        ...line,
        line: String(index + 1),
        purchaseOrderLine: String(index + 1),
        material: each.material,
      }));
      return receipt(document, number, '10', { purchaseOrder, lines });
    };
    const posting = accounting(materialDocument, [
      ['BSX', '50'],
      ['WRX', '-50'],
      ['BSX', '50'],
      ['WRX', '-50'],
    ]);
    this.#call('erp', 'createGoodsReceipt', number, [
      ['MaterialDocument', materialDocument, post(materialDocument, erp)],
      ...counted.flatMap(({ material }): [string, string, object][] => [
        ['StockBalance', `${material}/1010/0001`, this.#stock.receive(material)],
        [
          'MaterialValuation',
          `${material}/1010`,
          { material, plant: '1010', quantity: '10', value: '50', movingAverage: '5' },
        ],
      ]),
      ['AccountingDocument', `1000/${materialDocument}`, forOrder(posting, erp)],
      [
        'PurchaseOrder',
        erp,
        erpOrder(erp, po, {
          lines: this.#lines,
          acknowledgement: `OA-${po}`,
          status: 'fullyReceived',
        }),
      ],
    ]);
    this.#call('procurement', 'createReceipt', number, [
      ['Receipt', own, post(own, po)],
      ['PurchaseOrder', po, order(po, { lines: this.#lines, status: 'fullyReceived' })],
    ]);
  }

  invoice(): void {
    const { po, erp, invoice: number, erpInvoice: posted } = this.#names;
    const reference = `R-${number}`;
    const lines = (purchaseOrder: string): object[] =>
      this.#lines.map((_, index) =>
        invoiceLine({
          line: String(index + 1),
          purchaseOrderLine: String(index + 1),
          purchaseOrder,
        }),
      );
    const head = { supplierReference: reference, grossAmount: '178.5', taxAmount: '28.5' };
    this.#own('procurement', 'Invoice', number, invoice(number, { ...head, lines: lines(po) }));
    this.#message('procurement', 'invoice.captured', 'Invoice', number);
    const posting = accounting(posted, [
      ['WRX', '50'],
      ['WRX', '50'],
      ['VST', '28.5'],
      ['KBS', '-128.5'],
    ]);
    this.#call('erp', 'createSupplierInvoice', number, [
      ['SupplierInvoice', posted, erpInvoice(posted, number, { ...head, lines: lines(erp) })],
      ['AccountingDocument', `1000/${posted}`, forOrder(posting, erp)],
    ]);
    const known = invoice(number, {
      ...head,
      lines: lines(po),
      status: 'posted',
      erpNumber: posted,
    });
    this.#call('procurement', 'updateInvoiceStatus', number, [['Invoice', number, known]]);
  }

  pay(): void {
    const { po, erp, invoice: number, erpInvoice: posted, payment: paid } = this.#names;
    const head = {
      supplierReference: `R-${number}`,
      grossAmount: '178.5',
      taxAmount: '28.5',
      status: 'paid',
    };
    const item = paymentItem(posted, { ...head, paidAmount: '178.5' });
    this.#own('erp', 'Payment', paid, payment(paid, [item], { amount: '178.5' }));
    const lines = (purchaseOrder: string): object[] =>
      this.#lines.map((_, index) =>
        invoiceLine({
          line: String(index + 1),
          purchaseOrderLine: String(index + 1),
          purchaseOrder,
        }),
      );
    this.#own(
      'erp',
      'SupplierInvoice',
      posted,
      erpInvoice(posted, number, { ...head, lines: lines(erp) }),
    );
    this.#message('erp', 'payment.issued', 'Payment', paid);
    const told = { erpNumber: posted, payment: paid, paidAmount: '178.5' };
    const known = invoice(number, { ...head, ...told, lines: lines(po) });
    this.#call('procurement', 'updateInvoiceStatus', number, [['Invoice', number, known]]);
  }

  #own(system: string, document: string, id: string, data: object): void {
    this.#history.commit(system, document, id, data, {
      actor: 'somebody',
      correlationId: this.#names.correlation,
    });
  }

  #message(system: string, event: string, document: string, key: string): void {
    const about = {
      message: `m-${this.#names.po}-${++this.#messages}`,
      system,
      channel: 'events',
      link: `${system} -> integration`,
      event,
      document,
      key,
      version: 1,
    } as const;
    this.#history.add({
      type: 'message.emitted',
      ...about,
      correlationId: this.#names.correlation,
    });
    this.#history.add({
      type: 'message.delivered',
      ...about,
      attempt: 1,
      copy: 1,
      outcome: 'ok',
      status: 202,
    });
  }

  /** A look, then the call with its commits, then the answer. */
  #call(
    callee: string,
    operation: string,
    key: string,
    commits: readonly [string, string, object][],
  ): void {
    const history = this.#history;
    history.call({ callee, operation: `list${operation}`, key, safe: true, status: 200 });
    const call = {
      callee,
      operation,
      key,
      idempotencyKey: `${operation}-${key}`,
      bodyHash: 'b',
      status: 201,
    };
    const exchange = history.invoke(call);
    for (const [document, id, data] of commits) {
      history.commit(callee, document, id, data, {
        exchange,
        correlationId: this.#names.correlation,
      });
    }
    history.complete(exchange, call);
  }
}

/** The posting with its GR/IR lines on the lines of this order. */
function forOrder(posting: object, purchaseOrder: string): object {
  let line = 0;
  const lines = (posting as { lines: { key: string }[] }).lines.map((each) =>
    each.key === 'WRX' ? { ...each, purchaseOrder, purchaseOrderLine: String(++line) } : each,
  );
  return { ...posting, lines };
}

/** A history of at least so many records, healed and quiet at its end. Deterministic. */
export function syntheticHistory(records: number): HistoryBuilder {
  const history = new HistoryBuilder();
  const stock = new StockOnHand();
  for (let n = 1; history.records.length < records; n++) {
    history.at(n * 10);
    const order = newOrder(history, n, stock);
    order.issue();
    order.receive();
    order.invoice();
    order.pay();
  }
  return history.heal().end();
}

/** Records of one order. */
const recordsOfOrder = 69;

/**
 * The same business bit by bit, for histories that memory does not hold: of about so many records, of
 * which an order lasts a share. Many orders are under way at a time.
 */
export function* syntheticRecords(records: number, share: number): Generator<HistoryRecord> {
  const history = new HistoryBuilder();
  const stock = new StockOnHand();
  const orders = Math.ceil(records / recordsOfOrder);
  const lag = Math.floor((orders * share) / 3);
  const open = new Map<number, OrderWriter>();
  for (let n = 1; n <= orders + 3 * lag; n++) {
    history.at(n * 10);
    if (n <= orders) open.set(n, newOrder(history, n, stock));
    open.get(n)?.issue();
    open.get(n - lag)?.receive();
    open.get(n - 2 * lag)?.invoice();
    open.get(n - 3 * lag)?.pay();
    open.delete(n - 3 * lag);
    yield* history.drain();
  }
  yield* history.heal().end().drain();
}
