/**
 * Receiving transactions, one order line each. A transaction is one line of a receipt of the suite;
 * what comes in over this wire makes a receipt with that single line.
 *
 * `match-reference` carries the number and the line of the confirmation in the warehouse as
 * `<number>/<line>`: `WR-0000017/2` is line `2` of a receipt with the external reference `WR-0000017`.
 * A reference without a numeric line is the external reference as it stands.
 */
import type { ReceiptLineDraft } from '../../drafts.ts';
import { type Body, given } from './body.ts';
import { badRequest, invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { markExported } from './exported.ts';
import { numberOf } from './identities.ts';
import { orderLineById } from './order-lines.ts';
import {
  type TransactionRow,
  notesOf,
  postableTypes,
  splitReference,
  transactionRows,
  transactions,
} from './receiving-table.ts';
import { type Resource, changeOf, createOf, listOf, showOf } from './resource.ts';

/** Order and line that `order-line` names: by id, or by line number and order. */
function orderLineIn(
  body: Body,
  { core, view }: Call,
): { readonly order: string; readonly line: string } {
  const named = body.required('order-line', body.object('order-line'));
  const id = named.integer('id');
  const row = id === undefined ? undefined : orderLineById(id, view);
  if (row !== undefined) return { order: row.order.number, line: row.line.line };
  const header = named.integer('order-header-id');
  const order =
    named.text('order-header-number', 40) ??
    named.text('order-header-num', 40) ??
    named.text('po-number', 40) ??
    (header === undefined ? undefined : numberOf('PurchaseOrder', header));
  const line = named.key('line-num', 10);
  const found =
    id === undefined && order !== undefined ? core.orders.documents.get(order) : undefined;
  if (line !== undefined && found?.lines.some((each) => each.line === line)) {
    return { order: found.number, line };
  }
  const keys = given({ id: id?.toString(), 'order-header-number': order, 'line-num': line });
  const possible = ['id', 'line-num', 'order-header-id', 'order-header-number'];
  throw noAssociation('OrderLine', 'order-line', keys as Record<string, string>, possible);
}

/** The one line of the receipt that a transaction makes. */
function lineDraft(line: string | undefined, call: Call): ReceiptLineDraft {
  const { body } = call;
  const ordered = orderLineIn(body, call);
  const custom = body.object('custom-fields');
  return {
    purchaseOrder: ordered.order,
    purchaseOrderLine: ordered.line,
    quantity: body.required('quantity', body.decimal('quantity')),
    ...given({
      line,
      material: body.object('item')?.text('item-number', 40),
      unit: body.object('uom')?.key('code', 8),
      storageLocation: custom?.key('storage-location', 16),
      lot: custom?.key('lot', 20),
      deliveryCompleted: custom?.flag('delivery-completed'),
    }),
  };
}

function create(call: Call): TransactionRow {
  const { body, core, context, view } = call;
  const type = body.required('type', body.text('type', 60));
  if (!postableTypes.has(type)) {
    throw invalid('unsupported-type', `must be one of ${[...postableTypes].join(', ')}`, 'type');
  }
  const matchReference = body.key('match-reference', 40);
  const reference = matchReference === undefined ? undefined : splitReference(matchReference);
  const header = given({
    externalReference: reference?.number,
    shipNotice: body.object('asn-header')?.text('asn-number', 40),
    documentDate: body.date('transaction-date'),
  });
  const receipt = core.receipts.create(
    { ...header, lines: [lineDraft(reference?.line, call)] },
    context,
  );
  notesOf(core).put(receipt.number, {
    type,
    ...given({ matchReference, barcode: body.text('barcode'), rfidTag: body.text('rfid-tag') }),
  });
  return transactionRows(receipt.number, view)[0] as TransactionRow;
}

/** Takes the receipt back; the answer is the transaction as it is then, and the counterpart is listed beside it. */
function voidTransaction(row: TransactionRow, { body, core, context, view }: Call): TransactionRow {
  const reference = body.key('match-reference', 40);
  const { receipt, place } = row;
  core.receipts.void(
    receipt.number,
    {
      reason: body.text('comments') ?? 'voided',
      ...given({
        externalReference: reference === undefined ? undefined : splitReference(reference).number,
        postingDate: body.date('transaction-date'),
      }),
    },
    context,
  );
  return transactionRows(receipt.number, view)[place] ?? row;
}

function endpointsOf(resource: Resource<TransactionRow>): CoupaEndpoint[] {
  return [
    listOf(resource),
    showOf(resource),
    createOf(resource, {
      operation: `create${resource.singular}`,
      key: ({ text }) => text('match-reference'),
      run: create,
    }),
    changeOf(resource, {
      operation: `update${resource.singular}`,
      run: (row, call) => {
        if (markExported('Receipt', row.receipt.number, call)) return row;
        throw badRequest('export-flag-only', 'Only the exported flag can be updated');
      },
    }),
    changeOf(resource, {
      action: 'void',
      operation: `void${resource.singular}`,
      run: voidTransaction,
    }),
  ];
}

/** Under their name, and under the older one that many integrations still use. */
export const receivingEndpoints: readonly CoupaEndpoint[] = [
  ...endpointsOf(transactions),
  ...endpointsOf({
    ...transactions,
    name: 'inventory_transactions',
    singular: 'InventoryTransaction',
    plural: 'InventoryTransactions',
  }),
];
