/**
 * Approvals of requisitions, step by step. The API decides on behalf of the approver whose turn it
 * is: the suite records the approver's name, as it does when a person clicks.
 */
import type { Approval } from '../../../../domain/purchase-requisition.ts';
import type { Requisition } from '../../documents.ts';
import { type Table, type View, datetime, integer, one, string } from './attributes.ts';
import { invalid } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { lineId, numberOf, ofLineId } from './identities.ts';
import { userTable } from './reference-tables.ts';
import { type Resource, changeOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { timestampText } from './wire-text.ts';

export interface ApprovalRow {
  readonly requisition: Requisition;
  readonly approval: Approval;
}

export const approvalRows = (requisition: Requisition): ApprovalRow[] =>
  requisition.approvals.map((approval) => ({ requisition, approval }));

/** The step that waits for a decision. */
export const currentApproval = (requisition: Requisition): ApprovalRow | undefined =>
  requisition.status === 'pendingApproval'
    ? approvalRows(requisition).find(({ approval }) => approval.decision === 'pending')
    : undefined;

function statusOf({ requisition, approval }: ApprovalRow): string {
  if (approval.decision !== 'pending') return approval.decision;
  const waits = currentApproval(requisition)?.approval.step === approval.step;
  return waits ? 'pending_approval' : 'pending';
}

const idOf = ({ requisition, approval }: ApprovalRow, { ids }: View): number =>
  lineId(ids.idOf('Requisition', requisition.number), approval.step - 1);

export const approvalTable: Table<ApprovalRow> = {
  keys: ['id'],
  attributes: {
    id: integer(idOf),
    position: integer(({ approval }) => approval.step),
    status: string(statusOf),
    'approval-date': datetime(({ approval }) =>
      approval.decidedAt === undefined ? undefined : timestampText(approval.decidedAt),
    ),
    note: string(({ requisition, approval }) =>
      approval.decision === 'rejected' ? requisition.rejectionReason : undefined,
    ),
    'approvable-type': string(() => 'RequisitionHeader'),
    'approvable-id': integer(({ requisition }, { ids }) =>
      ids.idOf('Requisition', requisition.number),
    ),
    approver: one(
      () => userTable,
      ({ approval }) => approval.approver,
    ),
    delegate: one(
      () => userTable,
      ({ approval }) => approval.delegate,
    ),
    'approved-by': one(
      () => userTable,
      ({ approval }) => approval.decidedBy,
    ),
  },
};

const rows = (number: string, { core }: View): ApprovalRow[] => {
  const requisition = core.requisitions.documents.get(number);
  return requisition === undefined ? [] : approvalRows(requisition);
};

const approvals: Resource<ApprovalRow> = {
  name: 'approvals',
  singular: 'Approval',
  plural: 'Approvals',
  object: 'core.approval',
  table: approvalTable,
  idOf,
  byId: (id, view) => {
    const { document, place } = ofLineId(id);
    return rows(numberOf('Requisition', document) ?? '', view)[place];
  },
  all: (view) => rowsOfAll('Requisition', rows, view),
  indexed: {
    'approvable-id': (id, view) =>
      /^\d{1,15}$/.test(id) ? rows(numberOf('Requisition', Number(id)) ?? '', view) : [],
  },
  keyOf: ({ requisition }) => requisition.number,
};

/** Decides the step as the person whose turn it is. */
function decide(row: ApprovalRow, call: Call, decision: 'approve' | 'reject'): ApprovalRow {
  const { requisition, approval } = row;
  const { core, context, body, query, view } = call;
  const by = core.requisitions.waitingFor(requisition.number);
  if (by === undefined || statusOf(row) !== 'pending_approval') {
    throw invalid('not-current', `The approval is ${statusOf(row)}`, 'status');
  }
  const reason = body.text('reason') ?? query.get('reason') ?? '';
  const asApprover = { ...context, by };
  if (decision === 'approve') core.requisitions.approve(requisition.number, asApprover);
  else core.requisitions.reject(requisition.number, reason.slice(0, 255), asApprover);
  return rows(requisition.number, view)[approval.step - 1] ?? row;
}

export const approvalEndpoints: readonly CoupaEndpoint[] = [
  listOf(approvals),
  showOf(approvals),
  changeOf(approvals, {
    action: 'approve',
    operation: 'approveRequisition',
    run: (row, call) => decide(row, call, 'approve'),
  }),
  changeOf(approvals, {
    action: 'reject',
    operation: 'rejectRequisition',
    run: (row, call) => decide(row, call, 'reject'),
  }),
];
