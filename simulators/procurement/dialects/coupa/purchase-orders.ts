/** Purchase orders: pulled, changed, and moved along by actions. */
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import { isClosedOrder } from '../../order-status.ts';
import {
  type Table,
  type View,
  boolean,
  datetime,
  integer,
  many,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { type Body, given } from './body.ts';
import { invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { exportedAttributes, markExported } from './exported.ts';
import { numberOf } from './identities.ts';
import { companyIn, lineChanges, orderLineDraft, plantIn } from './order-drafts.ts';
import { lineRows, orderLineTable } from './order-lines.ts';
import {
  addressTable,
  currencyTable,
  paymentTermTable,
  plantOf,
  termsOf,
  userTable,
} from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { supplierIn, supplierTable } from './suppliers.ts';
import { dateText, timeText, timestampText } from './wire-text.ts';

const customFields: Table<PurchaseOrder> = {
  keys: [],
  attributes: {
    'company-code': string(({ companyCode }) => companyCode),
    'order-date': datetime(({ orderDate }) => dateText(orderDate)),
    /** Where the order is between sending and settling, finer than `status` tells. */
    progress: string(({ status }) => status),
    acknowledgement: string(({ acknowledgement }) => acknowledgement),
  },
};

const requisitionReference: Table<string> = {
  keys: ['id'],
  attributes: {
    id: integer((number, { ids }) => ids.idOf('Requisition', number)),
    'req-number': string((number) => number),
  },
};

/** The suite's status in Coupa's words. One that the supplier rejected is as dead as a cancelled one. */
export function orderStatus(order: PurchaseOrder): string {
  if (order.status === 'draft' || order.status === 'approved') return 'draft';
  if (order.status === 'cancelled' || order.status === 'rejected') return 'cancelled';
  return isClosedOrder(order) ? 'closed' : 'issued';
}

const idOf = ({ number }: PurchaseOrder, { ids }: View): number =>
  ids.idOf('PurchaseOrder', number);

const orderTable: Table<PurchaseOrder> = {
  keys: ['id', 'po-number'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ createdAt }) => timestampText(createdAt)),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.orders.documents, number)),
    ),
    'po-number': string(({ number }) => number),
    type: string(() => 'ExternalOrderHeader'),
    status: string(orderStatus),
    version: integer(({ revision }) => revision),
    'internal-revision': integer(
      ({ number }, { core }) => core.orders.documents.entry(number)?.version,
    ),
    'change-type': string(({ revision }) => (revision > 1 ? 'change' : undefined)),
    'acknowledged-flag': boolean(({ acknowledgement }) => acknowledgement !== undefined),
    'acknowledged-at': datetime(({ acknowledgement }, { core }) => {
      const at = core.acknowledgements.documents.get(acknowledgement ?? '')?.acknowledgedAt;
      return at === undefined ? undefined : timestampText(at);
    }),
    ...exportedAttributes<PurchaseOrder>('PurchaseOrder', ({ number }) => number),
    'transmission-status': string((order) =>
      orderStatus(order) === 'draft' ? 'not_sent' : 'sent_via_cxml',
    ),
    'payment-method': string(() => 'invoice'),
    'ship-to-address': one(
      () => addressTable,
      ({ lines }, view) => plantOf(lines[0]?.plant ?? '', view),
    ),
    supplier: one(
      () => supplierTable,
      ({ supplier }, { core }) => core.suppliers.documents.get(supplier),
    ),
    'payment-term': one(
      () => paymentTermTable,
      ({ paymentTerms }, view) => termsOf(paymentTerms, view),
    ),
    currency: one(
      () => currencyTable,
      ({ currency }) => currency,
    ),
    'requisition-header': one(
      () => requisitionReference,
      ({ requisition }) => requisition,
    ),
    'created-by': one(
      () => userTable,
      ({ buyer }) => buyer,
    ),
    'custom-fields': one(
      () => customFields,
      (order) => order,
    ),
    'order-lines': many(() => orderLineTable, lineRows),
  },
};

/** An order where it is only referred to. */
export const orderReferenceTable: Table<PurchaseOrder> = {
  keys: ['id', 'po-number'],
  attributes: {
    id: integer(idOf),
    'po-number': string(({ number }) => number),
    status: string(orderStatus),
    version: integer(({ revision }) => revision),
  },
};

const rows = (number: string, { core }: View): PurchaseOrder[] => {
  const order = core.orders.documents.get(number);
  return order === undefined ? [] : [order];
};

const orders: Resource<PurchaseOrder> = {
  name: 'purchase_orders',
  singular: 'PurchaseOrder',
  plural: 'PurchaseOrders',
  object: 'core.purchase_order',
  table: orderTable,
  idOf,
  byId: (id, view) => rows(numberOf('PurchaseOrder', id) ?? '', view)[0],
  all: (view) => rowsOfAll('PurchaseOrder', rows, view),
  documents: { kind: 'PurchaseOrder', exported: 'PurchaseOrder', rows },
  indexed: { 'po-number': rows },
  keyOf: ({ number }) => number,
  keyFilters: ['po-number'],
};

/** An external order, as a draft that `issue` sends; of an approved requisition, or with lines of its own. */
function create(call: Call): PurchaseOrder {
  const { body, core, context } = call;
  if (body.has('po-number')) throw invalid('read-only', 'is assigned by the suite', 'po-number');
  const requisition = requisitionIn(body, call);
  const lines = body.objects('order-lines');
  if (requisition !== undefined && lines === undefined)
    return core.orders.create(requisition, context);
  const plant = plantIn(body, call);
  const drafts = body
    .required('order-lines', lines)
    .map((line) => orderLineDraft(line, plant, call));
  return core.orders.create(
    {
      companyCode: companyIn(body, plant ?? drafts[0]?.plant, call),
      supplier: body.required('supplier', supplierIn(body, 'supplier', call)).number,
      currency: body.required('currency', body.object('currency')?.text('code', 3)),
      lines: drafts,
      ...given({
        requisition,
        paymentTerms: body.object('payment-term')?.key('code', 8),
        orderDate: body.object('custom-fields')?.date('order-date'),
        buyer: body.object('created-by')?.text('login', 60),
      }),
    },
    context,
  );
}

function requisitionIn(body: Body, { core }: Call): string | undefined {
  const id = body.object('requisition-header')?.integer('id');
  if (id === undefined) return undefined;
  const number = numberOf('Requisition', id);
  if (number !== undefined && core.requisitions.documents.has(number)) return number;
  throw noAssociation('RequisitionHeader', 'requisition-header', { id: String(id) }, ['id']);
}

/** A change of an order in flight makes a new version; a request that marks it exported does only that. */
function update(order: PurchaseOrder, call: Call): PurchaseOrder {
  const { body, core, context } = call;
  if (markExported('PurchaseOrder', order.number, call)) return order;
  const paymentTerms = body.object('payment-term')?.key('code', 8);
  const lines = body.objects('order-lines');
  if (paymentTerms === undefined && lines === undefined) return order;
  const changes = lineChanges(lines ?? [], order, call);
  return core.orders.change(order.number, { ...changes, ...given({ paymentTerms }) }, context);
}

/** Orders go on no hold and wait for no window here, so that there is nothing to release. */
function release(order: PurchaseOrder): PurchaseOrder {
  throw invalid(
    'not-on-hold',
    `Order ${order.number} is ${orderStatus(order)} and not on buyer hold`,
    'status',
  );
}

const issue = (order: PurchaseOrder, { core, context }: Call): PurchaseOrder =>
  core.orders.transmit(order.number, context);

const actions: readonly [
  action: string,
  operation: string,
  run: (order: PurchaseOrder, call: Call) => PurchaseOrder,
][] = [
  ['issue', 'issuePurchaseOrder', issue],
  ['issue_without_send', 'issuePurchaseOrderWithoutSend', issue],
  ['ignore_window_and_issue', 'ignoreWindowAndIssuePurchaseOrder', issue],
  ['release_from_buyer_hold', 'releasePurchaseOrder', release],
  [
    'cancel',
    'cancelPurchaseOrder',
    ({ number }, { core, context }) => core.orders.cancel(number, context),
  ],
  [
    'close',
    'closePurchaseOrder',
    ({ number }, { core, context }) => core.orders.close(number, context),
  ],
  [
    'reopen',
    'reopenPurchaseOrder',
    ({ number }, { core, context }) => core.orders.reopen(number, context),
  ],
];

export const purchaseOrderEndpoints: readonly CoupaEndpoint[] = [
  listOf(orders),
  showOf(orders),
  createOf(orders, { operation: 'createPurchaseOrder', run: create }),
  changeOf(orders, { operation: 'updatePurchaseOrder', run: update }),
  ...actions.map(([action, operation, run]) => changeOf(orders, { action, operation, run })),
];
