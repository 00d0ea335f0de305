/** What the warehouse counted, on the `plain` wire. */
import type { ReceiptConfirmation } from '../../../../domain/warehouse.ts';
import {
  materialNumber,
  mostLines,
  plantCode,
  unit,
  user,
  lineNumber,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField, byIndex } from '../../../plain/filters.ts';
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  timestamp,
} from '../../../plain/schema.ts';
import type { ReceivingDraft } from '../../drafts.ts';
import type { WmsCore } from '../../wms-core.ts';

const condition = oneOf('good', 'damaged', 'wrongItem');
const lot = key(20);
const confirmationLine: Schema = named(
  'ReceiptConfirmationLine',
  object({
    line: lineNumber,
    purchaseOrderLine: { type: 'string', maxLength: 10, pattern: '^[!-~]*$' },
    material: materialNumber,
    quantity: decimal,
    unit,
    condition,
    'lot?': lot,
    'expiresOn?': date,
    finalDelivery: flag,
  }),
);

const discrepancy: Schema = named(
  'ReceiptDiscrepancy',
  object({
    purchaseOrderLine: { type: 'string', maxLength: 10, pattern: '^[!-~]*$' },
    kind: oneOf('short', 'over', 'damaged', 'wrongItem', 'noOrder'),
    quantity: decimal,
    unit,
  }),
);

const receiptConfirmations: Resource<WmsCore, ReceiptConfirmation> = {
  name: 'receipt-confirmations',
  singular: 'ReceiptConfirmation',
  plural: 'ReceiptConfirmations',
  schema: named(
    'ReceiptConfirmation',
    object({
      number: key(16),
      purchaseOrder: { type: 'string', maxLength: 20, pattern: '^[!-~]*$' },
      'shipNotice?': key(40),
      plant: plantCode,
      dock: key(20),
      receivedOn: date,
      receivedAt: timestamp,
      receivedBy: user,
      lines: list(confirmationLine, mostLines),
      discrepancies: list(discrepancy, mostLines * 5),
      'reverses?': key(16),
    }),
    'What was counted at the dock, once per line and lot; never edited, only reversed.',
  ),
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.receiving.documents,
  filters: [
    byIndex('purchaseOrder', (core) => core.receiving.byPurchaseOrder),
    byIndex('shipNotice', (core) => core.receiving.byShipNotice),
    byField('plant'),
    byField('reverses'),
  ],
};

const receivingDraft: Schema = named(
  'ReceivingDraft',
  object({
    purchaseOrder: { type: 'string', maxLength: 20, pattern: '^[!-~]*$' },
    'shipNotice?': key(40),
    dock: key(20),
    'receivedOn?': date,
    'partial?': flag,
    'withoutOrder?': flag,
    'plant?': plantCode,
    lines: list(
      named(
        'ReceivingLineDraft',
        object({
          'purchaseOrderLine?': { type: 'string', maxLength: 10, pattern: '^[!-~]*$' },
          material: materialNumber,
          quantity: decimal,
          unit,
          condition,
          'lot?': lot,
          'expiresOn?': date,
          'finalDelivery?': flag,
        }),
      ),
      mostLines,
      1,
    ),
  }),
  'A count at the dock.',
);

export const receivingEndpoints: readonly Endpoint<WmsCore>[] = [
  listOf(receiptConfirmations),
  readOf(receiptConfirmations),
  createOf<WmsCore, ReceiptConfirmation, ReceivingDraft>(receiptConfirmations, {
    body: receivingDraft,
    keyField: 'purchaseOrder',
    operation: 'confirmReceipt',
    summary: 'Confirms a count at the dock.',
    run: (core, body, context) => core.receiving.receive(body, context),
  }),
  actionOf(receiptConfirmations, {
    path: 'reverse',
    operation: 'reverseReceiptConfirmation',
    summary: 'Takes the confirmation back by a new one, which is answered.',
    creates: true,
    run: (core, number, _body, context) => core.receiving.reverse(number, context),
  }),
];
