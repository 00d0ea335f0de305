/** Order confirmations: what suppliers answered, read and marked as exported. */
import type {
  AcknowledgementLine,
  OrderAcknowledgement,
} from '../../../../domain/order-acknowledgement.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import {
  type Table,
  type View,
  datetime,
  decimalValue,
  integer,
  many,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { invalid } from './coupa-refusal.ts';
import type { CoupaEndpoint } from './endpoint.ts';
import { exportedAttributes, markExported } from './exported.ts';
import { lineId } from './identities.ts';
import { lineRows as orderLineRows, orderLineTable } from './order-lines.ts';
import { orderReferenceTable } from './purchase-orders.ts';
import { uomTable } from './reference-tables.ts';
import { type Resource, changeOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { supplierTable } from './suppliers.ts';
import { dateText, quantityText, timeText, timestampText } from './wire-text.ts';

interface LineRow {
  readonly answer: OrderAcknowledgement;
  readonly line: AcknowledgementLine;
  readonly place: number;
}

const orderOf = (
  { purchaseOrder }: OrderAcknowledgement,
  { core }: View,
): PurchaseOrder | undefined => core.orders.documents.get(purchaseOrder);

const lineTable: Table<LineRow> = {
  keys: ['id', 'line-num'],
  attributes: {
    id: integer(({ answer, place }, { ids }) =>
      lineId(ids.idOf('OrderAcknowledgement', answer.number), place),
    ),
    'line-num': string(({ line }) => line.line),
    /** accepted, dateChanged, quantityChanged, backordered or rejected. */
    action: string(({ line }) => line.decision),
    status: string(({ line }) => (line.decision === 'rejected' ? 'rejected' : 'accepted')),
    quantity: decimalValue(({ line }) => quantityText(line.quantity)),
    'promised-date': datetime(({ line }) => dateText(line.deliveryDate)),
    comment: string(({ line }) => line.reason),
    uom: one(
      () => uomTable,
      ({ line }) => line.unit,
    ),
    'order-line': one(
      () => orderLineTable,
      ({ answer, line }, view) => {
        const order = orderOf(answer, view);
        return order && orderLineRows(order).find((each) => each.line.line === line.line);
      },
    ),
  },
};

const idOf = ({ number }: OrderAcknowledgement, { ids }: View): number =>
  ids.idOf('OrderAcknowledgement', number);

function statusOf({ lines }: OrderAcknowledgement): string {
  const rejected = lines.filter(({ decision }) => decision === 'rejected').length;
  if (rejected === lines.length) return 'rejected';
  return rejected > 0 ? 'partially_accepted' : 'accepted';
}

const confirmationTable: Table<OrderAcknowledgement> = {
  keys: ['id', 'external-reference-number'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ acknowledgedAt }) => timestampText(acknowledgedAt)),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.acknowledgements.documents, number)),
    ),
    'external-reference-number': string(({ number }) => number),
    status: string(statusOf),
    'confirmation-level': string(() => 'line'),
    /** The version of the order that is answered. */
    'order-version': integer(({ orderRevision }) => orderRevision),
    ...exportedAttributes<OrderAcknowledgement>('OrderAcknowledgement', ({ number }) => number),
    'order-header': one(() => orderReferenceTable, orderOf),
    supplier: one(
      () => supplierTable,
      ({ supplier }, { core }) => core.suppliers.documents.get(supplier),
    ),
    'order-line-confirmations': many(
      () => lineTable,
      (answer) => answer.lines.map((line, place) => ({ answer, line, place })),
    ),
  },
};

const rows = (number: string, { core }: View): OrderAcknowledgement[] => {
  const answer = core.acknowledgements.documents.get(number);
  return answer === undefined ? [] : [answer];
};

const confirmations: Resource<OrderAcknowledgement> = {
  name: 'order_header_confirmations',
  singular: 'OrderConfirmation',
  plural: 'OrderConfirmations',
  object: 'core.order_header_confirmations',
  table: confirmationTable,
  idOf,
  byId: (id, view) => rows(view.ids.numberOf('OrderAcknowledgement', id) ?? '', view)[0],
  all: (view) => rowsOfAll('OrderAcknowledgement', rows, view),
  documents: { kind: 'OrderAcknowledgement', exported: 'OrderAcknowledgement', rows },
  indexed: {
    'external-reference-number': rows,
    'order-header.po-number': (order, { core }) => core.acknowledgements.byOrder.find(order),
  },
  keyOf: ({ number }) => number,
  keyFilters: ['external-reference-number'],
};

export const confirmationEndpoints: readonly CoupaEndpoint[] = [
  listOf(confirmations),
  showOf(confirmations),
  changeOf(confirmations, {
    operation: 'updateOrderConfirmation',
    run: (answer, call) => {
      if (markExported('OrderAcknowledgement', answer.number, call)) return answer;
      throw invalid('not-editable', 'Only the exported flag of a confirmation can be changed');
    },
  }),
];
