/** Requisitions: created, sent on their way, withdrawn. */
import { multiply, sum } from '../../../../domain/decimal.ts';
import { roundAmount } from '../../../../domain/currency.ts';
import type { RequisitionLine } from '../../../../domain/purchase-requisition.ts';
import type { Requisition } from '../../documents.ts';
import type { RequisitionLineDraft } from '../../drafts.ts';
import { approvalRows, approvalTable, currentApproval } from './approvals.ts';
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
import { type Body, given } from './body.ts';
import { invalid } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { exportedAttributes, markExported } from './exported.ts';
import { lineId, numberOf } from './identities.ts';
import { itemIn, itemTable } from './items.ts';
import { assignmentIn, companyIn, plantIn } from './order-drafts.ts';
import {
  accountTable,
  addressTable,
  currencyTable,
  plantOf,
  uomTable,
  userTable,
} from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { supplierIn, supplierTable } from './suppliers.ts';
import { dateText, moneyText, quantityText, timeText, timestampText } from './wire-text.ts';

interface LineRow {
  readonly requisition: Requisition;
  readonly line: RequisitionLine;
  readonly place: number;
}

const amount = ({ requisition: { currency }, line }: LineRow) =>
  roundAmount(multiply(line.quantity, line.estimatedPrice), currency);

const lineRows = (requisition: Requisition): LineRow[] =>
  requisition.lines.map((line, place) => ({ requisition, line, place }));

const lineTable: Table<LineRow> = {
  keys: ['id', 'line-num'],
  attributes: {
    id: integer(({ requisition, place }, { ids }) =>
      lineId(ids.idOf('Requisition', requisition.number), place),
    ),
    'line-num': string(({ line }) => line.line),
    'line-type': string(() => 'RequisitionQuantityLine'),
    status: string(({ requisition }) => requisitionStatus(requisition)),
    description: string(({ line }) => line.description),
    quantity: decimalValue(({ line }) => quantityText(line.quantity)),
    'unit-price': decimalValue(({ requisition, line }) =>
      moneyText(line.estimatedPrice, requisition.currency),
    ),
    total: decimalValue((row) => moneyText(amount(row), row.requisition.currency)),
    'need-by-date': datetime(({ line }) => dateText(line.requiredOn)),
    'source-part-num': string(({ line }) => line.material),
    uom: one(
      () => uomTable,
      ({ line }) => line.unit,
    ),
    item: one(
      () => itemTable,
      ({ line }, { core }) => core.materials.documents.get(line.material),
    ),
    supplier: one(
      () => supplierTable,
      ({ requisition }, { core }) => core.suppliers.documents.get(requisition.supplier),
    ),
    currency: one(
      () => currencyTable,
      ({ requisition }) => requisition.currency,
    ),
    account: one(
      () => accountTable,
      ({ requisition, line }) => ({
        companyCode: requisition.companyCode,
        assignment: line.accountAssignment,
      }),
    ),
    'ship-to-address': one(
      () => addressTable,
      ({ line }, view) => plantOf(line.plant, view),
    ),
  },
};

const statuses: Readonly<Record<Requisition['status'], string>> = {
  draft: 'draft',
  pendingApproval: 'pending_approval',
  approved: 'approved',
  rejected: 'rejected',
  ordered: 'ordered',
  withdrawn: 'withdrawn',
};

const requisitionStatus = ({ status }: Requisition): string => statuses[status];

const idOf = ({ number }: Requisition, { ids }: View): number => ids.idOf('Requisition', number);

const customFields: Table<Requisition> = {
  keys: [],
  attributes: { 'company-code': string(({ companyCode }) => companyCode) },
};

const orderReference: Table<string> = {
  keys: ['id', 'po-number'],
  attributes: {
    id: integer((number, { ids }) => ids.idOf('PurchaseOrder', number)),
    'po-number': string((number) => number),
  },
};

const requisitionTable: Table<Requisition> = {
  keys: ['id'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ createdAt }) => timestampText(createdAt)),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.requisitions.documents, number)),
    ),
    'req-number': string(({ number }) => number),
    status: string(requisitionStatus),
    ...exportedAttributes<Requisition>('Requisition', ({ number }) => number),
    total: decimalValue((requisition) =>
      moneyText(sum(lineRows(requisition).map(amount)), requisition.currency),
    ),
    'reject-reason-comment': string(({ rejectionReason }) => rejectionReason),
    currency: one(
      () => currencyTable,
      ({ currency }) => currency,
    ),
    'requested-by': one(
      () => userTable,
      ({ requester }) => requester,
    ),
    'created-by': one(
      () => userTable,
      ({ requester }) => requester,
    ),
    'ship-to-address': one(
      () => addressTable,
      ({ lines }, view) => plantOf(lines[0]?.plant ?? '', view),
    ),
    'custom-fields': one(
      () => customFields,
      (requisition) => requisition,
    ),
    'purchase-orders': many(
      () => orderReference,
      ({ purchaseOrder }) => (purchaseOrder === undefined ? [] : [purchaseOrder]),
    ),
    'current-approval': one(() => approvalTable, currentApproval),
    approvals: many(() => approvalTable, approvalRows),
    'requisition-lines': many(() => lineTable, lineRows),
  },
};

const rows = (number: string, { core }: View): Requisition[] => {
  const requisition = core.requisitions.documents.get(number);
  return requisition === undefined ? [] : [requisition];
};

const requisitions: Resource<Requisition> = {
  name: 'requisitions',
  singular: 'Requisition',
  plural: 'Requisitions',
  object: 'core.requisition',
  table: requisitionTable,
  idOf,
  byId: (id, view) => rows(numberOf('Requisition', id) ?? '', view)[0],
  all: (view) => rowsOfAll('Requisition', rows, view),
  documents: { kind: 'Requisition', exported: 'Requisition', rows },
  indexed: { 'req-number': rows },
  keyOf: ({ number }) => number,
  keyFilters: ['req-number'],
};

function lineDraft(body: Body, plant: string | undefined, call: Call): RequisitionLineDraft {
  const item = body.required('item', itemIn(body, call));
  return {
    material: item.number,
    quantity: body.required('quantity', body.decimal('quantity')),
    estimatedPrice: body.required('unit-price', body.decimal('unit-price')),
    plant: body.required('ship-to-address', plantIn(body, call) ?? plant),
    requiredOn: body.required('need-by-date', body.date('need-by-date')),
    ...given({
      line: body.key('line-num', 10),
      description: body.text('description', 200),
      unit: body.object('uom')?.key('code', 8),
      accountAssignment: assignmentIn(body),
    }),
  };
}

/** All lines buy from one supplier: the suite makes one order of one requisition. */
function create(call: Call): Requisition {
  const { body, core, context } = call;
  const plant = plantIn(body, call);
  const bodies = body.required('requisition-lines', body.objects('requisition-lines'));
  const suppliers = new Set(
    [body, ...bodies].flatMap((each) => supplierIn(each, 'supplier', call)?.number ?? []),
  );
  if (suppliers.size > 1) {
    throw invalid('several-suppliers', 'must be one for all lines', 'requisition-lines.supplier');
  }
  const lines = bodies.map((each) => lineDraft(each, plant, call));
  return core.requisitions.create(
    {
      companyCode: companyIn(body, plant ?? lines[0]?.plant, call),
      supplier: body.required('supplier', [...suppliers][0]),
      currency: body.required('currency', body.object('currency')?.text('code', 3)),
      lines,
      ...given({ requester: body.object('requested-by')?.text('login', 60) }),
    },
    context,
  );
}

export const requisitionEndpoints: readonly CoupaEndpoint[] = [
  listOf(requisitions),
  showOf(requisitions),
  createOf(requisitions, { operation: 'createRequisition', run: create }),
  createOf(requisitions, {
    action: 'new/submit_for_approval',
    operation: 'createAndSubmitRequisition',
    run: (call) => call.core.requisitions.submit(create(call).number, call.context),
  }),
  changeOf(requisitions, {
    operation: 'updateRequisition',
    run: (requisition, call) => {
      if (markExported('Requisition', requisition.number, call)) return requisition;
      throw invalid('not-editable', 'Only the exported flag of a requisition can be changed');
    },
  }),
  changeOf(requisitions, {
    action: 'submit_for_approval',
    operation: 'submitRequisition',
    run: ({ number }, { core, context }) => core.requisitions.submit(number, context),
  }),
  changeOf(requisitions, {
    action: 'withdraw',
    operation: 'withdrawRequisition',
    run: ({ number }, { core, context }) => core.requisitions.withdraw(number, context),
  }),
];
