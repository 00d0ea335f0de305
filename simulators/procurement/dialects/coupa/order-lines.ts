/** Order lines: as the suite shows them, inside their order and on their own, and as a body brings them. */
import { type Decimal, isLess, isZero } from '../../../../domain/decimal.ts';
import { lineAmount } from '../../../../domain/line-amount.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  ScheduleLine,
} from '../../../../domain/purchase-order.ts';
import { convertQuantity } from '../../../../domain/unit-of-measure.ts';
import {
  type Table,
  type View,
  boolean,
  datetime,
  decimalValue,
  integer,
  many,
  one,
  string,
} from './attributes.ts';
import type { CoupaEndpoint } from './endpoint.ts';
import { lineId, numberOf, ofLineId } from './identities.ts';
import { commodityTable, itemTable } from './items.ts';
import {
  accountTable,
  addressTable,
  currencyTable,
  plantOf,
  uomTable,
} from './reference-tables.ts';
import { type Resource, listOf, rowsOfAll, showOf } from './resource.ts';
import { dateText, moneyText, quantityText, timestampText } from './wire-text.ts';

/** A line with its order and its place in it, from 0. */
export interface OrderLineRow {
  readonly order: PurchaseOrder;
  readonly line: PurchaseOrderLine;
  readonly place: number;
}

export const lineRows = (order: PurchaseOrder): OrderLineRow[] =>
  order.lines.map((line, place) => ({ order, line, place }));

const scheduleTable: Table<ScheduleLine> = {
  keys: ['line-num'],
  attributes: {
    'line-num': string(({ scheduleLine }) => scheduleLine),
    quantity: decimalValue(({ quantity }) => quantityText(quantity)),
    'need-by-date': datetime(({ deliveryDate }) => dateText(deliveryDate)),
    'confirmed-quantity': decimalValue(({ confirmedQuantity }) =>
      confirmedQuantity === undefined ? undefined : quantityText(confirmedQuantity),
    ),
    'promised-date': datetime(({ confirmedDate }) =>
      confirmedDate === undefined ? undefined : dateText(confirmedDate),
    ),
  },
};

/** What SAP-minded companies keep in custom fields, because the suite has no fields of its own for it. */
const customFields: Table<OrderLineRow> = {
  keys: [],
  attributes: {
    plant: string(({ line }) => line.plant),
    'storage-location': string(({ line }) => line.storageLocation),
    'item-category': string(({ line }) => line.category),
    'tax-code': string(({ line }) => line.taxCode),
    'price-quantity': decimalValue(({ line }) => quantityText(line.priceQuantity)),
    'price-uom': string(({ line }) => line.priceUnit),
    'over-delivery-tolerance-percent': decimalValue(({ line }) =>
      quantityText(line.overdeliveryTolerancePercent),
    ),
    'under-delivery-tolerance-percent': decimalValue(({ line }) =>
      quantityText(line.underdeliveryTolerancePercent),
    ),
    'unlimited-over-delivery': boolean(({ line }) => line.unlimitedOverdelivery),
    'invoice-expected': boolean(({ line }) => line.invoiceExpected),
    'goods-receipt-non-valuated': boolean(({ line }) => line.goodsReceiptNonValuated),
    'receipt-based-invoicing': boolean(({ line }) => line.goodsReceiptBasedInvoiceVerification),
    'delivery-completed': boolean(({ line }) => line.deliveryCompleted),
  },
};

const balance = ({ order, line }: OrderLineRow, { core }: View) =>
  core.orders.lineBalance(order.number, line.line);

function total({ order, line }: OrderLineRow, { core }: View): string {
  const material = core.materials.documents.get(line.material);
  const priced =
    convertQuantity(line.quantity, line.unit, line.priceUnit, material) ?? line.quantity;
  return moneyText(
    lineAmount(priced, line.netPrice, line.priceQuantity, order.currency),
    order.currency,
  );
}

function status(row: OrderLineRow, view: View): string {
  const { order, line } = row;
  if (line.deleted || order.status === 'cancelled' || order.status === 'rejected')
    return 'cancelled';
  if (line.finalInvoice) return 'closed';
  const { received, invoiced } = balance(row, view);
  if (!isZero(invoiced) && !isLess(invoiced, line.quantity)) return 'invoiced';
  if (isZero(received)) return 'created';
  return isLess(received, line.quantity) && !line.deliveryCompleted
    ? 'partially_received'
    : 'received';
}

const idOf = ({ order, place }: OrderLineRow, { ids }: View): number =>
  lineId(ids.idOf('PurchaseOrder', order.number), place);

const money = (read: (row: OrderLineRow) => Decimal) =>
  decimalValue((row: OrderLineRow) => moneyText(read(row), row.order.currency));

export const orderLineTable: Table<OrderLineRow> = {
  keys: ['id', 'line-num', 'order-header-id'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ order }) => timestampText(order.createdAt)),
    'updated-at': datetime(({ order }) => timestampText(order.changedAt)),
    'order-header-id': integer(({ order }, { ids }) => ids.idOf('PurchaseOrder', order.number)),
    'order-header-number': string(({ order }) => order.number),
    'line-num': string(({ line }) => line.line),
    type: string(({ line }) =>
      line.category === 'limit' ? 'OrderAmountLine' : 'OrderQuantityLine',
    ),
    status: string(status),
    description: string(({ line }) => line.description),
    quantity: decimalValue(({ line }) => quantityText(line.quantity)),
    price: money(({ line }) => line.netPrice),
    total: decimalValue(total),
    'accounting-total': decimalValue(total),
    received: decimalValue((row, view) => quantityText(balance(row, view).received)),
    invoiced: decimalValue((row, view) => quantityText(balance(row, view).invoiced)),
    'need-by-date': datetime(({ line: { scheduleLines } }) =>
      scheduleLines[0] === undefined ? undefined : dateText(scheduleLines[0].deliveryDate),
    ),
    'source-part-num': string(({ line }) => line.material),
    'supp-aux-part-num': string(() => undefined),
    'receipt-required': boolean(({ line }) => line.goodsReceiptExpected),
    'match-type': string(({ line }) => {
      if (!line.invoiceExpected) return 'none';
      return line.goodsReceiptExpected ? 'three_way' : 'two_way';
    }),
    uom: one(
      () => uomTable,
      ({ line }) => line.unit,
    ),
    item: one(
      () => itemTable,
      ({ line }, { core }) => core.materials.documents.get(line.material),
    ),
    commodity: one(
      () => commodityTable,
      ({ line }, { core }) => core.materials.documents.get(line.material)?.materialGroup,
    ),
    currency: one(
      () => currencyTable,
      ({ order }) => order.currency,
    ),
    account: one(
      () => accountTable,
      ({ order, line }) => ({
        companyCode: order.companyCode,
        assignment: line.accountAssignment,
      }),
    ),
    'ship-to-address': one(
      () => addressTable,
      ({ line }, view) => plantOf(line.plant, view),
    ),
    'schedule-lines': many(
      () => scheduleTable,
      ({ line }) => line.scheduleLines,
    ),
    'custom-fields': one(
      () => customFields,
      (row) => row,
    ),
  },
};

const rows = (number: string, { core }: View): OrderLineRow[] => {
  const order = core.orders.documents.get(number);
  return order === undefined ? [] : lineRows(order);
};

/** The line behind an id. */
export function orderLineById(id: number, view: View): OrderLineRow | undefined {
  const { document, place } = ofLineId(id);
  return rows(numberOf('PurchaseOrder', document) ?? '', view)[place];
}

const orderLines: Resource<OrderLineRow> = {
  name: 'purchase_order_lines',
  singular: 'PurchaseOrderLine',
  plural: 'PurchaseOrderLines',
  object: 'core.purchase_order',
  table: orderLineTable,
  idOf,
  byId: orderLineById,
  all: (view) => rowsOfAll('PurchaseOrder', rows, view),
  indexed: {
    'order-header-id': (id, view) =>
      /^\d{1,15}$/.test(id) ? rows(numberOf('PurchaseOrder', Number(id)) ?? '', view) : [],
    'order-header-number': rows,
  },
  keyOf: ({ order }) => order.number,
  keyFilters: ['order-header-number'],
};

export const orderLineEndpoints: readonly CoupaEndpoint[] = [
  listOf(orderLines),
  showOf(orderLines),
];
