/**
 * Order changes. This company has no approval chain for them: a change is applied as it is created.
 * What is shown is read from the versions of the order, one change for each revision after the first.
 */
import type { ChangeRecord, PurchaseOrder } from '../../../../domain/purchase-order.ts';
import { type Table, type View, datetime, integer, many, one, string } from './attributes.ts';
import { type Body, given } from './body.ts';
import { invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { lineId, numberOf, ofLineId } from './identities.ts';
import { lineChanges } from './order-drafts.ts';
import { lineRows, orderLineTable } from './order-lines.ts';
import { userTable } from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { timestampText } from './wire-text.ts';

/** The order as a revision left it, with what that revision changed. */
interface OrderChangeRow {
  readonly order: PurchaseOrder;
  readonly changes: readonly ChangeRecord[];
}

const fieldTable: Table<ChangeRecord> = {
  keys: ['field'],
  attributes: {
    field: string(({ field }) => field),
    old: string(({ old }) => old),
    new: string((change) => change.new),
  },
};

/** The place of a change among those of its order is its revision, from 0. */
const idOf = ({ order }: OrderChangeRow, { ids }: View): number =>
  lineId(ids.idOf('PurchaseOrder', order.number), order.revision - 1);

const orderChangeTable: Table<OrderChangeRow> = {
  keys: ['id'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ order }) => timestampText(order.changedAt)),
    'updated-at': datetime(({ order }) => timestampText(order.changedAt)),
    'order-header-id': integer(({ order }, { ids }) => ids.idOf('PurchaseOrder', order.number)),
    'po-number': string(({ order }) => order.number),
    status: string(() => 'approved'),
    version: integer(({ order }) => order.revision),
    'created-by': one(
      () => userTable,
      ({ changes }) => changes[0]?.by,
    ),
    'attribute-changes': many(
      () => fieldTable,
      ({ changes }) => changes,
    ),
    'order-line-changes': many(
      () => orderLineTable,
      ({ order, changes }) =>
        lineRows(order).filter(({ line }) =>
          changes.some(({ field }) => field.startsWith(`lines[${line.line}]`)),
        ),
    ),
  },
};

function rows(number: string, { core }: View): OrderChangeRow[] {
  const found: OrderChangeRow[] = [];
  let entry = core.orders.documents.entry(number);
  while (entry !== undefined) {
    const { previous, data } = entry;
    const revision = previous?.data.revision ?? data.revision;
    // What a write of receipts or acknowledgements leaves alone is no change of the order's own.
    if (previous !== undefined && revision !== data.revision) {
      found.push({ order: data, changes: data.changes.slice(previous.data.changes.length) });
    }
    entry = previous;
  }
  return found.toReversed();
}

function byId(id: number, view: View): OrderChangeRow | undefined {
  const { document, place } = ofLineId(id);
  return rows(numberOf('PurchaseOrder', document) ?? '', view).find(
    ({ order }) => order.revision === place + 1,
  );
}

const orderChanges: Resource<OrderChangeRow> = {
  name: 'purchase_order_changes',
  singular: 'PurchaseOrderChange',
  plural: 'PurchaseOrderChanges',
  object: 'core.purchase_order_change',
  table: orderChangeTable,
  idOf,
  byId,
  all: (view) => rowsOfAll('PurchaseOrder', rows, view),
  indexed: {
    'po-number': rows,
    'order-header-id': (id, view) =>
      /^\d{1,15}$/.test(id) ? rows(numberOf('PurchaseOrder', Number(id)) ?? '', view) : [],
  },
  keyOf: ({ order }) => order.number,
  keyFilters: ['po-number'],
};

function orderIn(body: Body, { core }: Call): PurchaseOrder {
  const id = body.integer('order-header-id');
  const number =
    body.text('po-number', 40) ?? (id === undefined ? undefined : numberOf('PurchaseOrder', id));
  const order = core.orders.documents.get(
    body.required('order-header-id', number ?? id?.toString()),
  );
  if (order !== undefined) return order;
  const keys = given({ id: id?.toString(), 'po-number': body.text('po-number', 40) });
  throw noAssociation('OrderHeader', 'order-header-id', keys as Record<string, string>, [
    'id',
    'po-number',
  ]);
}

function create(call: Call): OrderChangeRow {
  const { body, core, context, view } = call;
  const order = orderIn(body, call);
  const lines = lineChanges(body.objects('order-line-changes') ?? [], order, call);
  const paymentTerms = body.object('payment-term')?.key('code', 8);
  const changed = core.orders.change(
    order.number,
    { ...lines, ...given({ paymentTerms }) },
    context,
  );
  const row = changed === order ? undefined : rows(order.number, view).at(-1);
  if (row === undefined) throw invalid('no-change', 'The change alters nothing', 'base');
  return row;
}

export const orderChangeEndpoints: readonly CoupaEndpoint[] = [
  listOf(orderChanges),
  showOf(orderChanges),
  createOf(orderChanges, {
    operation: 'createPurchaseOrderChange',
    key: ({ text }) =>
      text('po-number') ?? numberOf('PurchaseOrder', Number(text('order-header-id'))),
    run: create,
  }),
  changeOf(orderChanges, {
    action: 'submit_for_approval',
    operation: 'submitPurchaseOrderChange',
    run: () => {
      throw invalid('already-approved', 'was approved when it was created', 'status');
    },
  }),
];
