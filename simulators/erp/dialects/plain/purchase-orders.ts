/** Purchase orders of the ERP on the `plain` wire. */
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
  scheduleLine,
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
  extend,
  text,
} from '../../../plain/schema.ts';
import type {
  AcknowledgementDraft,
  PurchaseOrderChange,
  PurchaseOrderDraft,
} from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';

const line: Schema = object({
  'line?': lineNumber,
  'category?': itemCategory,
  'material?': materialNumber,
  'description?': text(200),
  quantity: decimal,
  'unit?': unit,
  netPrice: decimal,
  'priceQuantity?': decimal,
  'priceUnit?': unit,
  'taxCode?': taxCode,
  plant: plantCode,
  'storageLocation?': storageLocation,
  'deliveryDate?': date,
  'scheduleLines?': list(scheduleLine, 200, 1),
  'accountAssignment?': accountAssignment,
  'overdeliveryTolerancePercent?': decimal,
  'underdeliveryTolerancePercent?': decimal,
  'unlimitedOverdelivery?': flag,
  'goodsReceiptExpected?': flag,
  'goodsReceiptNonValuated?': flag,
  'invoiceExpected?': flag,
  'goodsReceiptBasedInvoiceVerification?': flag,
  'deliveryCompleted?': flag,
  'finalInvoice?': flag,
  'returnsItem?': flag,
});

const draft: Schema = named(
  'PurchaseOrderDraft',
  object({
    'externalReference?': key(12),
    'requisition?': key(20),
    companyCode,
    supplier: supplierNumber,
    'currency?': currency,
    'paymentTerms?': paymentTerms,
    'orderDate?': date,
    'buyer?': user,
    'revision?': count(1, 1_000_000),
    lines: list(named('PurchaseOrderLineDraft', line), mostLines, 1),
  }),
  'An order to be; what is left out is taken from the master data.',
);

const change: Schema = named(
  'PurchaseOrderChange',
  partial(
    object({
      'externalReference?': key(12),
      'paymentTerms?': paymentTerms,
      'buyer?': user,
      'revision?': count(1, 1_000_000),
      'lines?': list(
        named('PurchaseOrderLineChange', partial(extend(line, { 'deleted?': flag }), 'line')),
        mostLines,
      ),
    }),
  ),
  'What is to change; a line that the order does not have is added.',
);

const confirmation: Schema = named(
  'OrderConfirmation',
  object({ number: key(40), lines: list(acknowledgementLine, mostLines, 1) }),
  'What the supplier confirmed, line by line.',
);

const deletion: Schema = named(
  'OrderDeletion',
  object({ 'lines?': list(lineNumber, mostLines, 1) }),
  'Which lines; all of them when none are named.',
);

const purchaseOrders: Resource<ErpCore, PurchaseOrder> = {
  name: 'purchase-orders',
  singular: 'PurchaseOrder',
  plural: 'PurchaseOrders',
  schema: purchaseOrder(extend(purchaseOrderLineShape, { 'returnsItem?': flag })),
  keyPath: '{number}',
  idOf: (order) => order.number,
  collection: (core) => core.purchaseOrders.documents,
  filters: [
    byIndex('externalReference', (core) => core.purchaseOrders.byExternalReference),
    byField('status'),
    byField('supplier'),
  ],
};

export const purchaseOrderEndpoints: readonly Endpoint<ErpCore>[] = [
  listOf(purchaseOrders),
  readOf(purchaseOrders),
  createOf<ErpCore, PurchaseOrder, PurchaseOrderDraft>(purchaseOrders, {
    body: draft,
    keyField: 'externalReference',
    run: (core, body, context) => core.purchaseOrders.create(body, context),
  }),
  changeOf<ErpCore, PurchaseOrder, PurchaseOrderChange>(
    purchaseOrders,
    change,
    (core, number, body, context) => core.purchaseOrders.change(number, body, context),
  ),
  actionOf(purchaseOrders, {
    path: 'actions/release',
    operation: 'releasePurchaseOrder',
    summary: 'Ends the release strategy: the order takes receipts and invoices from now on.',
    run: (core, number, _body, context) => core.purchaseOrders.release(number, context),
  }),
  actionOf<ErpCore, PurchaseOrder, PurchaseOrder, AcknowledgementDraft>(purchaseOrders, {
    path: 'actions/confirm',
    operation: 'confirmPurchaseOrder',
    summary: 'Takes over what the supplier confirmed into the schedule lines.',
    body: confirmation,
    run: (core, number, body, context) => core.purchaseOrders.confirm(number, body, context),
  }),
  actionOf<ErpCore, PurchaseOrder, PurchaseOrder, { lines?: string[] } | undefined>(
    purchaseOrders,
    {
      path: 'actions/delete',
      operation: 'deletePurchaseOrder',
      summary: 'Sets the deletion flag of lines, or of the whole order.',
      body: deletion,
      bodyOptional: true,
      run: (core, number, body, context) =>
        core.purchaseOrders.delete(number, context, body?.lines),
    },
  ),
];
