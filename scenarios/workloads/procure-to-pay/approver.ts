/** The approvers: one rung after the other, with somebody on holiday and somebody who lets it lie. */
import type { Desk } from './desk.ts';
import type { OrderFile } from './order-file.ts';
import type { Pace } from './pace.ts';
import type { RequisitionPlan } from './plan.ts';

const deputy = 'deputy';

export class Approver {
  readonly #desk: Desk;
  readonly #pace: Pace;

  constructor(desk: Desk, pace: Pace) {
    this.#desk = desk;
    this.#pace = pace;
  }

  /** Decides rung by rung within the plan's time, then calls `done`. */
  decide(file: OrderFile, requisition: string, plan: RequisitionPlan, done: () => void): void {
    const { requisitions } = this.#desk.procurement;
    const person = requisitions.waitingFor(requisition);
    if (person === undefined) return done();
    const first = requisitions.documents.get(requisition)?.approvals[0]?.decision === 'pending';
    // The first lets it lie as planned; those above share what is left of the time.
    const share = first ? plan.stall : (1 - plan.stall) / 2;
    const delayMs = Math.max(this.#desk.gapMs, this.#pace.ms(plan.leadDays * share));
    this.#desk.later(delayMs, { what: 'requisitions to approve', example: requisition }, () => {
      if (first && plan.delegated && person !== deputy) this.#delegate(file, requisition, person);
      else this.#approve(file, requisition, person);
      // Refused for good: nobody is asked again.
      if (requisitions.waitingFor(requisition) !== person)
        this.decide(file, requisition, plan, done);
    });
  }

  #delegate({ correlationId }: OrderFile, requisition: string, actor: string): void {
    const { requisitions } = this.#desk.procurement;
    const deed = {
      actor,
      action: 'delegate approval',
      system: 'procurement',
      subject: requisition,
      correlationId,
    } as const;
    this.#desk.act(deed, (context) => requisitions.delegate(requisition, deputy, context));
  }

  #approve({ correlationId }: OrderFile, requisition: string, actor: string): void {
    const { requisitions } = this.#desk.procurement;
    const deed = {
      actor,
      action: 'approve requisition',
      system: 'procurement',
      subject: requisition,
      correlationId,
    } as const;
    this.#desk.act(deed, (context) => requisitions.approve(requisition, context));
  }
}
