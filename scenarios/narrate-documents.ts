/** What a committed document says, in one business sentence. */
import type { AdvanceShipNotice } from '../domain/advance-ship-notice.ts';
import { currencyDecimals } from '../domain/currency.ts';
import { type Decimal, divide, format, multiply, sum } from '../domain/decimal.ts';
import type { GoodsReceipt } from '../domain/goods-receipt.ts';
import type { OrderAcknowledgement } from '../domain/order-acknowledgement.ts';
import type { Payment } from '../domain/payment.ts';
import type { PurchaseOrder } from '../domain/purchase-order.ts';
import type { PurchaseRequisition } from '../domain/purchase-requisition.ts';
import type { SupplierInvoice } from '../domain/supplier-invoice.ts';
import type { ExpectedReceipt, ReceiptConfirmation } from '../domain/warehouse.ts';
import type { CommitRecord } from '../harness/record.ts';
import { called, sentenceCase } from './invariants/wording.ts';

type Teller = (data: never, record: CommitRecord) => string;

/** "1 line", "3 lines". */
const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

/** "1,240.00 EUR", "1,240 JPY". */
function money(amount: Decimal, currency: string): string {
  const [whole = '', ...cents] = format(amount, currencyDecimals(currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${[grouped, ...cents].join('.')} ${currency}`;
}

const worth = ({ lines, currency }: PurchaseOrder): string => {
  const live = lines.filter(({ deleted }) => !deleted);
  const amounts = live.map((line) =>
    divide(multiply(line.quantity, line.netPrice), line.priceQuantity),
  );
  return `${counted(live.length, 'line')}, ${money(sum(amounts), currency)}`;
};

function order(data: PurchaseOrder, { system, version, id, actor }: CommitRecord): string {
  if (system !== 'procurement') {
    const what = data.externalReference === undefined ? 'an order' : data.externalReference;
    return version === 1
      ? `${sentenceCase(called(system))} committed ${what} as ${id}.`
      : `${sentenceCase(called(system))} committed version ${version} of ${id} (${what}; ${data.status}, ${worth(data)}).`;
  }
  if (data.status === 'cancelled') return `${id} was cancelled in procurement.`;
  if (version === 1) return `${id} was issued by buyer ${data.buyer} (${worth(data)}).`;
  const who = actor === undefined ? '' : ` by ${actor}`;
  return `${id} was changed${who} in procurement: revision ${data.revision}, ${data.status} (${worth(data)}).`;
}

const quantitiesOf = (
  lines: readonly {
    readonly quantity: Decimal;
    readonly unit: string;
    readonly material: string;
  }[],
): string => {
  const [first] = lines;
  if (first === undefined) return 'nothing';
  const more = lines.length === 1 ? '' : ` and ${lines.length - 1} more`;
  return `${first.quantity} ${first.unit} of ${first.material}${more}`;
};

function receipt(data: GoodsReceipt, { system, version, id }: CommitRecord): string {
  const where = called(system);
  if (version > 1)
    return `Receipt ${id} in ${where} was taken back by ${data.reversedBy ?? 'another'}.`;
  const movement = data.lines[0]?.movementType ?? '101';
  const reference = data.externalReference === undefined ? '' : ` for ${data.externalReference}`;
  return `${sentenceCase(where)} posted ${id}${reference} (movement ${movement}, ${quantitiesOf(data.lines)}).`;
}

function confirmation(data: ReceiptConfirmation): string {
  if (data.reverses !== undefined)
    return `The warehouse took ${data.reverses} back with ${data.number}.`;
  return `The warehouse counted ${quantitiesOf(data.lines)} for ${data.purchaseOrder || 'no order'} (${data.number}).`;
}

function invoice(data: SupplierInvoice, { system, version, id }: CommitRecord): string {
  const amount = money(data.grossAmount, data.currency);
  const blocks =
    data.paymentBlocks.length === 0 ? '' : `, blocked for ${data.paymentBlocks.join(' and ')}`;
  if (version > 1) return `Invoice ${id} in ${called(system)} is ${data.status}${blocks}.`;
  if (system === 'procurement') {
    return `Invoice ${id} of ${data.supplier} over ${amount} was captured (${data.supplierReference}).`;
  }
  const reference = data.externalReference === undefined ? 'an invoice' : data.externalReference;
  return `${sentenceCase(called(system))} posted ${reference} as ${id} over ${amount}${blocks}.`;
}

const payment = (data: Payment, { id, version }: CommitRecord): string =>
  version > 1
    ? `Payment ${id} is ${data.status}.`
    : `The ERP paid ${money(data.amount, data.currency)} to ${data.supplier} for ${counted(data.items.length, 'invoice')} (${id}).`;

const tellers: Readonly<Record<string, Teller>> = {
  Requisition: (data: PurchaseRequisition) =>
    `Requisition ${data.number} of ${data.requester} is ${data.status}.`,
  PurchaseOrder: order,
  OrderAcknowledgement: (data: OrderAcknowledgement) =>
    `${data.supplier} acknowledged revision ${data.orderRevision} of ${data.purchaseOrder} (${data.number}).`,
  AdvanceShipNotice: (data: AdvanceShipNotice, { system, version }) =>
    version === 1 && system === 'procurement'
      ? `${data.supplier} announced ${data.number} with ${counted(data.lines.length, 'line')}.`
      : `Ship notice ${data.number} in ${called(system)} is ${data.status}.`,
  ExpectedReceipt: (data: ExpectedReceipt, { version, id }) =>
    version === 1
      ? `The warehouse expects ${data.purchaseOrder} as ${id}.`
      : `The warehouse has ${id} for ${data.purchaseOrder} at revision ${data.revision} (${data.status}).`,
  ReceiptConfirmation: confirmation,
  MaterialDocument: receipt,
  Receipt: receipt,
  Invoice: invoice,
  SupplierInvoice: invoice,
  Payment: payment,
};

/** The sentence for a commit. Kinds that no business person asks about get a plain one. */
export function narrateCommit(record: CommitRecord): string {
  const teller = tellers[record.document];
  if (teller !== undefined) return teller(record.data as never, record);
  return `${sentenceCase(called(record.system))} committed ${record.document} ${record.id}${record.version > 1 ? ` (version ${record.version})` : ''}.`;
}
