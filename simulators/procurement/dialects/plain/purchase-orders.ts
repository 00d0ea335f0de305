/** Purchase orders of the procurement suite on the `plain` wire. */
import type { OrderAcknowledgement } from '../../../../domain/order-acknowledgement.ts';
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import { acknowledgementLine } from '../../../plain/documents/acknowledgement-and-ship-notice.ts';
import {
  itemCategory,
  purchaseOrder,
  purchaseOrderLineShape,
} from '../../../plain/documents/purchase-order.ts';
import {
  accountAssignment,
  companyCode,
  currency,
  lineNumber,
  materialNumber,
  mostLines,
  paymentTerms,
  plantCode,
  storageLocation,
  supplierNumber,
  taxCode,
  unit,
  user,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex } from '../../../plain/filters.ts';
import { actionOf, changeOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  count,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  partial,
  text,
} from '../../../plain/schema.ts';
import type { AcknowledgementDraft, OrderChange, OrderDraft } from '../../drafts.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { acknowledgements } from './supplier-messages.ts';
import { type Exported, exportAction, exportedFilter } from './export-flag.ts';

const line: Schema = named(
  'OrderLineDraft',
  object({
    'line?': lineNumber,
    'category?': itemCategory,
    material: materialNumber,
    'description?': text(200),
    quantity: decimal,
    'unit?': unit,
    netPrice: decimal,
    'priceQuantity?': decimal,
    'priceUnit?': unit,
    'taxCode?': taxCode,
    plant: plantCode,
    'storageLocation?': storageLocation,
    deliveryDate: date,
    'schedule?': list(object({ deliveryDate: date, quantity: decimal }), 200, 1),
    'accountAssignment?': accountAssignment,
    'overdeliveryTolerancePercent?': decimal,
    'underdeliveryTolerancePercent?': decimal,
    'unlimitedOverdelivery?': flag,
    'goodsReceiptExpected?': flag,
    'goodsReceiptNonValuated?': flag,
    'invoiceExpected?': flag,
    'goodsReceiptBasedInvoiceVerification?': flag,
  }),
);

const draft: Schema = named(
  'OrderDraft',
  object({
    'requisition?': key(20),
    companyCode,
    supplier: supplierNumber,
    currency,
    'paymentTerms?': paymentTerms,
    'orderDate?': date,
    'buyer?': user,
    lines: list(line, mostLines, 1),
  }),
);

const lineChange: Schema = object({
  line: lineNumber,
  'quantity?': decimal,
  'netPrice?': decimal,
  'deliveryDate?': date,
  'plant?': plantCode,
  'storageLocation?': storageLocation,
  'description?': text(200),
  'deleted?': { type: 'boolean', const: true },
});

const change: Schema = named(
  'OrderChange',
  partial(
    object({
      'paymentTerms?': paymentTerms,
      'lines?': list(named('OrderLineChange', lineChange), mostLines),
      'addLines?': list(line, mostLines),
    }),
  ),
  'A change order; what is not named stays.',
);

const acknowledgementDraft: Schema = named(
  'OrderAcknowledgementOfOrder',
  object({
    'number?': key(40),
    orderRevision: count(1, 1_000_000),
    supplier: supplierNumber,
    lines: list(acknowledgementLine, mostLines, 1),
  }),
);

export const purchaseOrders: Resource<ProcurementCore, PurchaseOrder> = {
  name: 'purchase-orders',
  singular: 'PurchaseOrder',
  plural: 'PurchaseOrders',
  schema: purchaseOrder(purchaseOrderLineShape),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.orders.documents,
  filters: [
    byIndex('requisition', (core) => core.orders.byRequisition),
    byField('status'),
    byField('supplier'),
    byField('externalReference'),
    exportedFilter('PurchaseOrder'),
  ],
};

const simple = (action: 'cancel' | 'close', summary: string): Endpoint<ProcurementCore> =>
  actionOf(purchaseOrders, {
    path: action,
    operation: `${action}PurchaseOrder`,
    summary,
    run: (core, number, _body, context) => core.orders[action](number, context),
  });

export const purchaseOrderEndpoints: readonly Endpoint<ProcurementCore>[] = [
  listOf(purchaseOrders),
  readOf(purchaseOrders),
  createOf<ProcurementCore, PurchaseOrder, OrderDraft>(purchaseOrders, {
    body: draft,
    operation: 'issuePurchaseOrder',
    summary: 'Issues a purchase order.',
    run: (core, body, context) => core.orders.issue(body, context),
  }),
  changeOf<ProcurementCore, PurchaseOrder, OrderChange>(
    purchaseOrders,
    change,
    (core, number, body, context) => core.orders.change(number, body, context),
  ),
  simple('cancel', 'Cancels the order.'),
  simple('close', 'Closes the order: nothing more is to come.'),
  actionOf<
    ProcurementCore,
    PurchaseOrder,
    OrderAcknowledgement,
    Omit<AcknowledgementDraft, 'purchaseOrder'>
  >(purchaseOrders, {
    path: 'acknowledge',
    operation: 'acknowledgePurchaseOrder',
    summary: 'Takes the answer of the supplier; the acknowledgement is answered.',
    body: acknowledgementDraft,
    result: acknowledgements,
    creates: true,
    run: (core, number, body, context) =>
      core.orders.acknowledge({ ...body, purchaseOrder: number }, context),
  }),
  exportAction(purchaseOrders, 'PurchaseOrder', (core, number, { exported }: Exported, context) =>
    core.orders.markExported(number, exported, context),
  ),
];
