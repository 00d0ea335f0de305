/** Receiving transactions as the suite shows them: the lines of its receipts and of their voids. */
import { type Decimal } from '../../../../domain/decimal.ts';
import { lineAmount } from '../../../../domain/line-amount.ts';
import type { Collection } from '../../../../harness/collection.ts';
import type { Receipt } from '../../documents.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import {
  type Table,
  type View,
  boolean,
  datetime,
  decimalValue,
  integer,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { exportedAttributes } from './exported.ts';
import { lineId, numberOf, ofLineId } from './identities.ts';
import { itemTable } from './items.ts';
import { type OrderLineRow, lineRows, orderLineTable } from './order-lines.ts';
import { currencyTable, uomTable, userTable } from './reference-tables.ts';
import { type Resource, rowsOfAll } from './resource.ts';
import { dateText, moneyText, quantityText, timeText, timestampText } from './wire-text.ts';

export interface TransactionRow {
  readonly receipt: Receipt;
  readonly place: number;
}

type Line = Receipt['lines'][number];

/** What this wire says of a transaction and the suite's receipt has no place for. */
export interface TransactionNotes {
  readonly type: string;
  readonly matchReference?: string;
  readonly barcode?: string;
  readonly rfidTag?: string;
}

export const notesOf = ({ store }: ProcurementCore): Collection<TransactionNotes> =>
  store.collection<TransactionNotes>('CoupaTransactionNotes', { recorded: false });

const usualType = 'ReceivingQuantityConsumption';

/** The kinds of receipt that the suite knows: goods that came in for an order line. */
export const postableTypes: ReadonlySet<string> = new Set(['InventoryReceipt', usualType]);

/** Number and line of a `match-reference`. */
export function splitReference(reference: string): {
  readonly number: string;
  readonly line?: string;
} {
  const match = /^(.+)\/(\d{1,10})$/.exec(reference);
  return match === null
    ? { number: reference }
    : { number: match[1] as string, line: match[2] as string };
}

export const transactionRows = (number: string, { core }: View): TransactionRow[] => {
  const receipt = core.receipts.documents.get(number);
  return receipt === undefined ? [] : receipt.lines.map((_, place) => ({ receipt, place }));
};

const lineOf = ({ receipt, place }: TransactionRow): Line => receipt.lines[place] as Line;

/** The row that a void takes back. */
const original = ({ receipt, place }: TransactionRow): string | undefined =>
  receipt.reverses === undefined ? undefined : `${receipt.reverses}/${place}`;

const notes = ({ receipt }: TransactionRow, { core }: View): TransactionNotes | undefined =>
  notesOf(core).get(receipt.reverses ?? receipt.number);

const typeOf = (row: TransactionRow, view: View): string => {
  const type = notes(row, view)?.type ?? usualType;
  return row.receipt.reverses === undefined ? type : `Void${type}`;
};

function matchReference(row: TransactionRow, view: View): string | undefined {
  const { externalReference, reverses } = row.receipt;
  if (externalReference === undefined) return undefined;
  const own = reverses === undefined ? notes(row, view)?.matchReference : undefined;
  return own ?? `${externalReference}/${lineOf(row).line}`;
}

function ordered(row: TransactionRow, { core }: View): OrderLineRow | undefined {
  const { purchaseOrder = '', purchaseOrderLine } = lineOf(row);
  const order = core.orders.documents.get(purchaseOrder);
  return order && lineRows(order).find(({ line }) => line.line === purchaseOrderLine);
}

/** A quantity as it counts: below zero where the transaction takes back. */
const signed = ({ receipt }: TransactionRow, text: string): string =>
  receipt.reverses === undefined ? text : `-${text}`;

function totalOf(row: TransactionRow, view: View): string | undefined {
  const found = ordered(row, view);
  if (found === undefined) return undefined;
  const { quantityInOrderUnit, quantity } = lineOf(row);
  const { line, order } = found;
  const amount = lineAmount(
    quantityInOrderUnit ?? quantity,
    line.netPrice,
    line.priceQuantity,
    order.currency,
  );
  return moneyText(amount, order.currency);
}

const idOf = ({ receipt, place }: TransactionRow, { ids }: View): number =>
  lineId(ids.idOf('Receipt', receipt.number), place);

const noticeTable: Table<string> = {
  keys: ['id', 'asn-number'],
  attributes: {
    id: integer((number, { ids }) => ids.idOf('AdvanceShipNotice', number)),
    'asn-number': string((number) => number),
  },
};

const customFields: Table<TransactionRow> = {
  keys: [],
  attributes: {
    'receipt-number': string(({ receipt }) => receipt.number),
    plant: string((row) => lineOf(row).plant),
    'storage-location': string((row) => lineOf(row).storageLocation),
    lot: string((row) => lineOf(row).lot),
    'delivery-completed': boolean((row) => lineOf(row).deliveryCompleted ?? false),
    'quantity-in-order-uom': decimalValue((row) => text(lineOf(row).quantityInOrderUnit)),
    'posting-date': datetime(({ receipt }) => dateText(receipt.postingDate)),
  },
};

const text = (quantity: Decimal | undefined): string | undefined =>
  quantity === undefined ? undefined : quantityText(quantity);

const transactionTable: Table<TransactionRow> = {
  keys: ['id'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ receipt }) => timestampText(receipt.createdAt)),
    'updated-at': datetime(({ receipt }, { core }) =>
      timeText(updatedAt(core.receipts.documents, receipt.number)),
    ),
    type: string(typeOf),
    status: string(({ receipt }) => (receipt.reversedBy === undefined ? 'created' : 'voided')),
    quantity: decimalValue((row) => signed(row, quantityText(lineOf(row).quantity))),
    price: decimalValue((row, view) => {
      const found = ordered(row, view);
      return found && moneyText(found.line.netPrice, found.order.currency);
    }),
    total: decimalValue((row, view) => {
      const total = totalOf(row, view);
      return total === undefined ? undefined : signed(row, total);
    }),
    'transaction-date': datetime(({ receipt }) => dateText(receipt.documentDate)),
    ...exportedAttributes<TransactionRow>('Receipt', ({ receipt }) => receipt.number),
    'match-reference': string(matchReference),
    barcode: string((row, view) => notes(row, view)?.barcode),
    'rfid-tag': string((row, view) => notes(row, view)?.rfidTag),
    comments: string(({ receipt }) => receipt.voidReason),
    'original-transaction-id': integer((row, { ids }) => {
      const [number, place] = original(row)?.split('/') ?? [];
      return number === undefined ? undefined : lineId(ids.idOf('Receipt', number), Number(place));
    }),
    'voided-value': decimalValue((row, view) =>
      row.receipt.reversedBy === undefined ? undefined : totalOf(row, view),
    ),
    'receipts-batch-id': integer(({ receipt }, { ids }) => ids.idOf('Receipt', receipt.number)),
    'order-line': one(() => orderLineTable, ordered),
    'asn-header': one(
      () => noticeTable,
      ({ receipt }) => receipt.shipNotice,
    ),
    item: one(
      () => itemTable,
      (row, { core }) => core.materials.documents.get(lineOf(row).material),
    ),
    uom: one(
      () => uomTable,
      (row) => lineOf(row).unit,
    ),
    currency: one(
      () => currencyTable,
      (row, view) => ordered(row, view)?.order.currency,
    ),
    'created-by': one(
      () => userTable,
      ({ receipt }) => receipt.createdBy,
    ),
    'custom-fields': one(
      () => customFields,
      (row) => row,
    ),
  },
};

/** Rows whose reference may be this one: as it stands, or without its line. */
function byReference(value: string, view: View): TransactionRow[] {
  const { byExternalReference } = view.core.receipts;
  const numbers = new Set([value, splitReference(value).number]);
  return [...numbers]
    .flatMap((number) => byExternalReference.find(number))
    .flatMap(({ number }) => transactionRows(number, view));
}

const byOrder = (number: string, view: View): TransactionRow[] =>
  view.core.receipts.byOrder
    .find(number)
    .flatMap((receipt) => transactionRows(receipt.number, view));

export const transactions: Resource<TransactionRow> = {
  name: 'receiving_transactions',
  singular: 'ReceivingTransaction',
  plural: 'ReceivingTransactions',
  object: 'core.inventory.receiving',
  table: transactionTable,
  idOf,
  byId: (id, view) => {
    const { document, place } = ofLineId(id);
    return transactionRows(numberOf('Receipt', document) ?? '', view)[place];
  },
  all: (view) => rowsOfAll('Receipt', transactionRows, view),
  documents: { kind: 'Receipt', exported: 'Receipt', rows: transactionRows },
  indexed: {
    'match-reference': byReference,
    'order-line.order-header-number': byOrder,
    'order-line.order-header-id': (id, view) =>
      /^\d{1,15}$/.test(id) ? byOrder(numberOf('PurchaseOrder', Number(id)) ?? '', view) : [],
  },
  keyOf: ({ receipt, place }) =>
    receipt.externalReference === undefined
      ? receipt.number
      : `${receipt.externalReference}/${(receipt.lines[place] as Line).line}`,
  keyFilters: ['match-reference'],
};
