/**
 * Requisitions and their approval: a ladder of approvers with limits, climbed one decision at a
 * time. Nothing here moves by itself: a step that nobody decides simply waits (a stall), and the
 * suite can say whom for.
 */
import { roundAmount } from '../../domain/currency.ts';
import { type Decimal, isGreater, multiply, sum } from '../../domain/decimal.ts';
import type { Approval, RequisitionLine } from '../../domain/purchase-requisition.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Requisition } from './documents.ts';
import type { RequisitionDraft, RequisitionLineDraft } from './drafts.ts';
import {
  checkAmount,
  checkCurrency,
  checkQuantity,
  checkReason,
  numbered,
} from './input-checks.ts';
import { type ProcurementRecords, decider, timeOf } from './procurement-records.ts';
import type { ApproverStep, ProcurementSettings } from './procurement-settings.ts';
import { found, refusal } from './refusal.ts';

/** What a requisition asks for in all, in its currency. */
const requisitionAmount = ({ lines, currency }: Pick<Requisition, 'lines' | 'currency'>): Decimal =>
  sum(lines.map((line) => roundAmount(multiply(line.quantity, line.estimatedPrice), currency)));

export class Requisitions {
  readonly documents: Collection<Requisition>;
  readonly #records: ProcurementRecords;

  constructor(records: ProcurementRecords) {
    this.#records = records;
    this.documents = records.requisitions;
  }

  create(draft: RequisitionDraft, context: Context): Requisition {
    const records = this.#records;
    records.companyCode(draft.companyCode);
    records.supplier(draft.supplier);
    checkCurrency(draft.currency);
    const lines = numbered(draft.lines).map(({ draft: line, line: number, at }) =>
      requisitionLine(line, number, at, draft, records),
    );
    return records.store.transaction(context, () =>
      this.#save({
        number: records.nextNumber('RQ'),
        status: 'draft',
        requester: draft.requester ?? context.by,
        createdAt: timeOf(context),
        companyCode: draft.companyCode,
        supplier: draft.supplier,
        currency: draft.currency,
        lines,
        approvals: [],
      }),
    );
  }

  /** Starts the approval; an amount within `autoApproveUpTo` is approved at once. */
  submit(number: string, context: Context): Requisition {
    const before = this.#inStatus(number, ['draft'], 'not-a-draft');
    const approvals = approvalChain(requisitionAmount(before), this.#records.settings);
    return this.#records.store.transaction(context, () => {
      const submitted = this.#save({ ...before, status: 'pendingApproval', approvals });
      this.#emit('requisition.submitted', submitted);
      return approvals.length > 0 ? submitted : this.#approved(submitted);
    });
  }

  /** Decides the pending step. `context.by` must be its approver or their delegate. */
  approve(number: string, context: Context): Requisition {
    const before = this.#pending(number);
    const approvals = this.#decided(before, 'approved', context);
    return this.#records.store.transaction(context, () =>
      approvals.every(({ decision }) => decision === 'approved')
        ? this.#approved({ ...before, approvals })
        : this.#save({ ...before, approvals }),
    );
  }

  /** Turns the requisition down for good. `context.by` must be the pending approver or their delegate. */
  reject(number: string, reason: string, context: Context): Requisition {
    const before = this.#pending(number);
    const approvals = this.#decided(before, 'rejected', context);
    checkReason(reason);
    return this.#records.store.transaction(context, () => {
      const rejected = this.#save({
        ...before,
        status: 'rejected',
        approvals,
        rejectionReason: reason,
      });
      this.#emit('requisition.rejected', rejected);
      return rejected;
    });
  }

  /** Lets someone else decide the pending step; only its approver or present delegate may. */
  delegate(number: string, to: string, context: Context): Requisition {
    const before = this.#pending(number);
    const step = deciding(before, context.by);
    if (to === before.requester) {
      throw refusal(
        'invalid',
        'delegate-is-requester',
        `${to} asked for ${number} and may not decide it.`,
        'to',
      );
    }
    if (to === '' || to === step.approver || to === step.delegate) {
      throw refusal('invalid', 'delegate-unchanged', `'${to}' already decides or is nobody.`, 'to');
    }
    const approvals = replaced(before.approvals, { ...step, delegate: to });
    return this.#records.store.transaction(context, () => this.#save({ ...before, approvals }));
  }

  /** Takes a requisition back that was not decided finally. */
  withdraw(number: string, context: Context): Requisition {
    const open = ['draft', 'pendingApproval', 'approved'] as const;
    const before = this.#inStatus(number, open, 'requisition-decided');
    return this.#records.store.transaction(context, () =>
      this.#save({ ...before, status: 'withdrawn' }),
    );
  }

  /** Who must decide next (the delegate when there is one); `undefined` when nobody must. */
  waitingFor(number: string): string | undefined {
    return decider(found(this.documents.get(number), 'Requisition', number));
  }

  /** Requisitions that wait for this person's decision. */
  waitingOn(person: string): Requisition[] {
    return this.#records.requisitionsByDecider.find(person);
  }

  /** An approved requisition became an order. Needs a transaction. */
  noteOrdered(number: string, purchaseOrder: string): void {
    const before = this.approvedForOrder(number);
    this.#save({ ...before, status: 'ordered', purchaseOrder });
  }

  /** The requisition, if it may become an order. */
  approvedForOrder(number: string): Requisition {
    return this.#inStatus(number, ['approved'], 'requisition-not-approved');
  }

  #approved(before: Requisition): Requisition {
    const approved = this.#save({ ...before, status: 'approved' });
    this.#emit('requisition.approved', approved);
    return approved;
  }

  #pending(number: string): Requisition {
    return this.#inStatus(number, ['pendingApproval'], 'not-pending-approval');
  }

  #inStatus(number: string, allowed: readonly Requisition['status'][], rule: string): Requisition {
    const requisition = found(this.documents.get(number), 'Requisition', number);
    if (!allowed.includes(requisition.status)) {
      throw refusal('conflict', rule, `Requisition ${number} is ${requisition.status}.`);
    }
    return requisition;
  }

  #decided(before: Requisition, decision: 'approved' | 'rejected', context: Context): Approval[] {
    const step = deciding(before, context.by);
    const made = { ...step, decision, decidedBy: context.by, decidedAt: timeOf(context) };
    return replaced(before.approvals, made);
  }

  #save(requisition: Requisition): Requisition {
    this.documents.put(requisition.number, requisition);
    this.#records.flags.reset('Requisition', requisition.number);
    return requisition;
  }

  #emit(type: string, data: Requisition): void {
    const version = this.documents.entry(data.number)?.version ?? 1;
    this.#records.store.emit({ type, document: 'Requisition', key: data.number, version, data });
  }
}

function requisitionLine(
  draft: RequisitionLineDraft,
  line: string,
  at: string,
  { companyCode, currency }: RequisitionDraft,
  records: ProcurementRecords,
): RequisitionLine {
  const material = records.material(draft.material, `${at}.material`);
  const unit = draft.unit ?? material.orderUnit;
  checkQuantity(draft.quantity, unit, material, at);
  checkAmount(draft.estimatedPrice, currency, `${at}.estimatedPrice`);
  records.plant(draft.plant, companyCode, `${at}.plant`);
  return { ...draft, line, description: draft.description ?? material.description, unit };
}

/** The rungs an amount must climb; none when it is approved at once. */
function approvalChain(amount: Decimal, settings: ProcurementSettings): Approval[] {
  const { approvers, autoApproveUpTo } = settings;
  if (autoApproveUpTo !== undefined && !isGreater(amount, autoApproveUpTo)) return [];
  const covers = ({ limit }: ApproverStep): boolean =>
    limit === undefined || !isGreater(amount, limit);
  const last = approvers.findIndex(covers);
  if (last < 0) {
    throw refusal('invalid', 'no-approver', `Nobody may approve ${amount}.`, 'lines');
  }
  return approvers
    .slice(0, last + 1)
    .map(({ approver }, index) => ({ step: index + 1, approver, decision: 'pending' as const }));
}

/** The pending step, if `person` may decide it. */
function deciding(requisition: Requisition, person: string): Approval {
  const step = requisition.approvals.find(({ decision }) => decision === 'pending');
  if (step === undefined || (person !== step.approver && person !== step.delegate)) {
    const message = `${requisition.number} waits for ${decider(requisition) ?? 'nobody'}, not for ${person}.`;
    throw refusal('forbidden', 'not-the-approver', message);
  }
  if (person === requisition.requester) {
    throw refusal('forbidden', 'own-requisition', `${person} may not decide an own requisition.`);
  }
  return step;
}

const replaced = (approvals: readonly Approval[], by: Approval): Approval[] =>
  approvals.map((each) => (each.step === by.step ? by : each));
