/** Requisitions of the procurement suite on the `plain` wire. */
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import {
  accountAssignment,
  companyCode,
  currency,
  lineNumber,
  materialNumber,
  mostLines,
  orderNumber,
  plantCode,
  reason,
  supplierNumber,
  unit,
  user,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField } from '../../../plain/filters.ts';
import { actionOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  type Schema,
  count,
  date,
  decimal,
  key,
  list,
  named,
  object,
  oneOf,
  text,
  timestamp,
} from '../../../plain/schema.ts';
import type { Requisition } from '../../documents.ts';
import type { RequisitionDraft } from '../../drafts.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { purchaseOrders } from './purchase-orders.ts';

const approval: Schema = named(
  'Approval',
  object({
    step: count(1, 100),
    approver: user,
    'delegate?': user,
    decision: oneOf('pending', 'approved', 'rejected'),
    'decidedBy?': user,
    'decidedAt?': timestamp,
  }),
  'One step of the approval chain.',
);

const requisition: Schema = named(
  'Requisition',
  object({
    number: key(20),
    status: oneOf('draft', 'pendingApproval', 'approved', 'rejected', 'ordered', 'withdrawn'),
    requester: user,
    createdAt: timestamp,
    companyCode,
    supplier: supplierNumber,
    currency,
    lines: list(
      named(
        'RequisitionLine',
        object({
          line: lineNumber,
          material: materialNumber,
          description: text(200, 0),
          quantity: decimal,
          unit,
          estimatedPrice: decimal,
          plant: plantCode,
          requiredOn: date,
          'accountAssignment?': accountAssignment,
        }),
      ),
      mostLines,
    ),
    approvals: list(approval, 100),
    'purchaseOrder?': orderNumber,
    'rejectionReason?': reason,
  }),
);

const draft: Schema = named(
  'RequisitionDraft',
  object({
    'requester?': user,
    companyCode,
    supplier: supplierNumber,
    currency,
    lines: list(
      named(
        'RequisitionLineDraft',
        object({
          'line?': lineNumber,
          material: materialNumber,
          'description?': text(200),
          quantity: decimal,
          'unit?': unit,
          estimatedPrice: decimal,
          plant: plantCode,
          requiredOn: date,
          'accountAssignment?': accountAssignment,
        }),
      ),
      mostLines,
      1,
    ),
  }),
);

const requisitions: Resource<ProcurementCore, Requisition> = {
  name: 'requisitions',
  singular: 'Requisition',
  plural: 'Requisitions',
  schema: requisition,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.requisitions.documents,
  filters: [byField('status'), byField('supplier'), byField('requester')],
};

const simple = (
  action: 'submit' | 'approve' | 'withdraw',
  summary: string,
): Endpoint<ProcurementCore> =>
  actionOf(requisitions, {
    path: action,
    operation: `${action}Requisition`,
    summary,
    run: (core, number, _body, context) => core.requisitions[action](number, context),
  });

export const requisitionEndpoints: readonly Endpoint<ProcurementCore>[] = [
  listOf(requisitions),
  readOf(requisitions),
  createOf<ProcurementCore, Requisition, RequisitionDraft>(requisitions, {
    body: draft,
    run: (core, body, context) => core.requisitions.create(body, context),
  }),
  simple('submit', 'Sends it on its way through the approval chain.'),
  simple('approve', 'Decides the step that waits, as its approver.'),
  simple('withdraw', 'Takes it back.'),
  actionOf<ProcurementCore, Requisition, Requisition, { reason: string }>(requisitions, {
    path: 'reject',
    operation: 'rejectRequisition',
    summary: 'Turns it down, as the approver of the step that waits.',
    body: named('Rejection', object({ reason })),
    run: (core, number, body, context) => core.requisitions.reject(number, body.reason, context),
  }),
  actionOf<ProcurementCore, Requisition, Requisition, { to: string }>(requisitions, {
    path: 'delegate',
    operation: 'delegateRequisition',
    summary: 'Lets somebody else decide the step that waits.',
    body: named('Delegation', object({ to: user })),
    run: (core, number, body, context) => core.requisitions.delegate(number, body.to, context),
  }),
  actionOf<ProcurementCore, Requisition, PurchaseOrder>(requisitions, {
    path: 'order',
    operation: 'orderRequisition',
    summary: 'Issues a purchase order of an approved requisition; the order is answered.',
    result: purchaseOrders,
    creates: true,
    run: (core, number, _body, context) => core.orders.issue(number, context),
  }),
];
