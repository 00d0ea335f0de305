/** Advance ship notices: `asn/headers` with their lines. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { ShipNotice } from '../../documents.ts';
import type { ShipNoticeLineDraft } from '../../drafts.ts';
import {
  type Table,
  type View,
  createdAt,
  datetime,
  decimalValue,
  integer,
  many,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { type Body, given } from './body.ts';
import { invalid } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { exportedAttributes, markExported } from './exported.ts';
import { lineId, ofLineId } from './identities.ts';
import { itemTable } from './items.ts';
import { plantIn } from './order-drafts.ts';
import { lineRows as orderLineRows, orderLineById, orderLineTable } from './order-lines.ts';
import { addressTable, plantOf, uomTable } from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { supplierIn, supplierTable } from './suppliers.ts';
import { dateText, quantityText, timeText, timestampText } from './wire-text.ts';

interface LineRow {
  readonly notice: ShipNotice;
  readonly line: ShipNotice['lines'][number];
  readonly place: number;
}

const lineRows = (notice: ShipNotice): LineRow[] =>
  notice.lines.map((line, place) => ({ notice, line, place }));

const statuses: Readonly<Record<ShipNotice['status'], string>> = {
  inTransit: 'pending_receipt',
  arrived: 'partially_received',
  closed: 'received',
  cancelled: 'cancelled',
};

const lineCustomFields: Table<LineRow> = {
  keys: [],
  attributes: {
    lot: string(({ line }) => line.lot),
    'expires-on': datetime(({ line }) =>
      line.expiresOn === undefined ? undefined : dateText(line.expiresOn),
    ),
  },
};

const lineIdOf = ({ notice, place }: LineRow, { ids }: View): number =>
  lineId(ids.idOf('AdvanceShipNotice', notice.number), place);

const lineTable: Table<LineRow> = {
  keys: ['id', 'line-num'],
  attributes: {
    id: integer(lineIdOf),
    'line-num': string(({ line }) => line.line),
    status: string(({ notice }) => statuses[notice.status]),
    quantity: decimalValue(({ line }) => quantityText(line.quantity)),
    'match-reference': string(({ notice, line }) => `${notice.number}/${line.line}`),
    uom: one(
      () => uomTable,
      ({ line }) => line.unit,
    ),
    item: one(
      () => itemTable,
      ({ line }, { core }) => core.materials.documents.get(line.material),
    ),
    'order-line': one(
      () => orderLineTable,
      ({ line: { purchaseOrder, purchaseOrderLine } }, { core }) => {
        const order = core.orders.documents.get(purchaseOrder);
        return order && orderLineRows(order).find(({ line }) => line.line === purchaseOrderLine);
      },
    ),
    'custom-fields': one(
      () => lineCustomFields,
      (row) => row,
    ),
  },
};

const idOf = ({ number }: ShipNotice, { ids }: View): number =>
  ids.idOf('AdvanceShipNotice', number);

const { exported, 'last-exported-at': lastExportedAt } = exportedAttributes<ShipNotice>(
  'AdvanceShipNotice',
  ({ number }) => number,
);

const customFields: Table<ShipNotice> = {
  keys: [],
  attributes: { 'tracking-number': string(({ trackingNumber }) => trackingNumber) },
};

const noticeTable: Table<ShipNotice> = {
  keys: ['id', 'asn-number'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ number }, { core }) =>
      timeText(createdAt(core.shipNotices.documents, number)),
    ),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.shipNotices.documents, number)),
    ),
    'asn-number': string(({ number }) => number),
    status: string(({ status }) => statuses[status]),
    'ship-date': datetime(({ shippedAt }) => timestampText(shippedAt)),
    'delivery-date': datetime(({ estimatedArrival }) => dateText(estimatedArrival)),
    carrier: string(({ carrier }) => carrier),
    'export-flag': exported,
    'last-exported-at': lastExportedAt,
    supplier: one(
      () => supplierTable,
      ({ supplier }, { core }) => core.suppliers.documents.get(supplier),
    ),
    'ship-to-address': one(
      () => addressTable,
      ({ plant }, view) => plantOf(plant, view),
    ),
    'custom-fields': one(
      () => customFields,
      (notice) => notice,
    ),
    lines: many(() => lineTable, lineRows),
  },
};

const rows = (number: string, { core }: View): ShipNotice[] => {
  const notice = core.shipNotices.documents.get(number);
  return notice === undefined ? [] : [notice];
};

const notices: Resource<ShipNotice> = {
  name: 'asn/headers',
  singular: 'AdvanceShipNotice',
  plural: 'AdvanceShipNotices',
  object: 'core.inventory.asn',
  table: noticeTable,
  idOf,
  byId: (id, view) => rows(view.ids.numberOf('AdvanceShipNotice', id) ?? '', view)[0],
  all: (view) => rowsOfAll('AdvanceShipNotice', rows, view),
  documents: { kind: 'AdvanceShipNotice', exported: 'AdvanceShipNotice', rows },
  indexed: {
    'asn-number': rows,
    'lines.order-line.order-header-number': (order, { core }) =>
      core.shipNotices.byOrder.find(order),
  },
  keyOf: ({ number }) => number,
  keyFilters: ['asn-number'],
};

const noticeLines: Resource<LineRow> = {
  name: 'asn/lines',
  singular: 'AdvanceShipNoticeLine',
  plural: 'AdvanceShipNoticeLines',
  object: 'core.inventory.asn',
  table: lineTable,
  idOf: lineIdOf,
  byId: (id, view) => {
    const { document, place } = ofLineId(id);
    const [notice] = rows(view.ids.numberOf('AdvanceShipNotice', document) ?? '', view);
    return notice && lineRows(notice)[place];
  },
  all: (view) =>
    rowsOfAll('AdvanceShipNotice', (number) => rows(number, view).flatMap(lineRows), view),
  keyOf: ({ notice }) => notice.number,
};

function lineDraft(body: Body, { view }: Call): ShipNoticeLineDraft {
  const named = body.required('order-line', body.object('order-line'));
  const row = orderLineById(named.integer('id') ?? 0, view);
  const number = row?.order.number ?? named.key('order-header-number', 20);
  return {
    purchaseOrder: body.required('order-line', number),
    purchaseOrderLine: body.required('order-line', row?.line.line ?? named.key('line-num', 10)),
    quantity: body.required('quantity', body.decimal('quantity')),
    ...given({
      line: body.key('line-num', 10),
      unit: body.object('uom')?.key('code', 8),
      lot: body.object('custom-fields')?.key('lot', 20),
    }),
  };
}

function create(call: Call): ShipNotice {
  const { body, core, context } = call;
  const shippedAt = body.time('ship-date') ?? context.at;
  return core.shipNotices.create(
    {
      number: body.required('asn-number', body.key('asn-number', 40)),
      supplier: body.required('supplier', supplierIn(body, 'supplier', call)).number,
      shippedAt: timestamp(shippedAt),
      estimatedArrival: body.date('delivery-date') ?? (context.today as CalendarDate),
      carrier: body.text('carrier', 80) ?? 'other',
      trackingNumber: body.object('custom-fields')?.text('tracking-number', 80) ?? 'none',
      plant: body.required('ship-to-address', plantIn(body, call)),
      lines: body.required('lines', body.objects('lines')).map((line) => lineDraft(line, call)),
    },
    context,
  );
}

export const shipNoticeEndpoints: readonly CoupaEndpoint[] = [
  listOf(notices),
  showOf(notices),
  createOf(notices, {
    operation: 'createAdvanceShipNotice',
    key: ({ text }) => text('asn-number'),
    run: create,
  }),
  changeOf(notices, {
    operation: 'updateAdvanceShipNotice',
    run: (notice, call) => {
      const marked =
        markExported('AdvanceShipNotice', notice.number, call, 'export-flag') ||
        markExported('AdvanceShipNotice', notice.number, call);
      if (marked) return notice;
      throw invalid('not-editable', 'Only the export flag of a ship notice can be changed');
    },
  }),
  changeOf(notices, {
    action: 'void',
    operation: 'cancelAdvanceShipNotice',
    run: ({ number }, { core, context }) => core.shipNotices.cancel(number, context),
  }),
  listOf(noticeLines),
  showOf(noticeLines),
];
