/** The approval ladder: how high an amount climbs, who decides, and whom a stall waits for. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BusinessError } from '../../harness/business-error.ts';
import { type Fixture, day, dec, fixture } from './procurement-fixture.ts';

const asked = ({ core, as }: Fixture, price: number): string => {
  const draft = {
    companyCode: '1000',
    supplier: 'S1',
    currency: 'EUR',
    lines: [
      {
        material: 'M1',
        quantity: dec(100),
        estimatedPrice: dec(price),
        plant: 'P1',
        requiredOn: day('2026-12-01'),
      },
    ],
  };
  const { number } = core.requisitions.create(draft, as('requester'));
  return core.requisitions.submit(number, as('requester')).number;
};

describe('Requisitions', () => {
  test('climb until a limit covers the amount, the limit itself included', () => {
    const chain = (price: number): string[] => {
      const f = fixture();
      const { approvals = [] } = f.core.requisitions.documents.get(asked(f, price)) ?? {};
      return approvals.map(({ approver }) => approver);
    };
    expect(chain(50)).toEqual(['team-lead']);
    expect(chain(51)).toEqual(['team-lead', 'department-head']);
    expect(chain(501)).toEqual(['team-lead', 'department-head', 'cfo']);
  });

  test('are approved at once within the automatic limit', () => {
    const f = fixture({ autoApproveUpTo: dec(1000) });
    expect(f.core.requisitions.documents.get(asked(f, 10))?.status).toBe('approved');
    expect(f.core.requisitions.documents.get(asked(f, 11))?.status).toBe('pendingApproval');
  });

  test('wait for the approver, then for the delegate, who may decide', () => {
    const f = fixture();
    const number = asked(f, 60);
    const { requisitions } = f.core;
    expect(requisitions.waitingFor(number)).toBe('team-lead');
    requisitions.delegate(number, 'deputy', f.as('team-lead'));
    expect(requisitions.waitingFor(number)).toBe('deputy');
    expect(requisitions.waitingOn('team-lead')).toEqual([]);
    expect(requisitions.waitingOn('deputy').map((each) => each.number)).toEqual([number]);
    requisitions.approve(number, f.as('deputy'));
    expect(requisitions.waitingFor(number)).toBe('department-head');
    expect(requisitions.approve(number, f.as('department-head'))).toMatchObject({
      status: 'approved',
      approvals: [{ approver: 'team-lead', decidedBy: 'deputy' }, { decidedBy: 'department-head' }],
    });
    expect(requisitions.waitingFor(number)).toBeUndefined();
    expect(f.events.map(({ type }) => type)).toEqual([
      'requisition.submitted',
      'requisition.approved',
    ]);
  });

  test('end with a rejection at any step, with its reason', () => {
    const f = fixture();
    const number = asked(f, 60);
    f.core.requisitions.approve(number, f.as('team-lead'));
    const rejected = f.core.requisitions.reject(number, 'no budget', f.as('department-head'));
    expect(rejected).toMatchObject({ status: 'rejected', rejectionReason: 'no budget' });
    expect(f.events.at(-1)).toMatchObject({ type: 'requisition.rejected', key: number });
  });

  test('may be withdrawn until they are decided, and wait for nobody then', () => {
    const f = fixture();
    const number = asked(f, 60);
    expect(f.core.requisitions.withdraw(number, f.as('requester')).status).toBe('withdrawn');
    expect(f.core.requisitions.waitingFor(number)).toBeUndefined();
  });

  test('become one order, with its lines and its number', () => {
    const f = fixture();
    const number = asked(f, 5);
    f.core.requisitions.approve(number, f.as('team-lead'));
    const order = f.core.orders.issue(number, f.as('buyer'));
    expect(order).toMatchObject({
      number: 'PO-0000001',
      requisition: number,
      status: 'transmitted',
      lines: [
        {
          material: 'M1',
          quantity: '100',
          netPrice: '5',
          scheduleLines: [{ deliveryDate: '2026-12-01' }],
        },
      ],
    });
    expect(f.core.requisitions.documents.get(number)).toMatchObject({
      status: 'ordered',
      purchaseOrder: order.number,
    });
    expect(() => f.core.orders.issue(number, f.as('buyer'))).toThrow(BusinessError);
    expect(f.core.orders.byRequisition.find(number)).toHaveLength(1);
  });

  test('are approved only when everybody of the chain said yes, whoever tries what', () => {
    const people = ['team-lead', 'department-head', 'cfo', 'deputy', 'requester'];
    const act = fc.tuple(
      fc.constantFrom('approve', 'delegate', 'reject', 'withdraw'),
      fc.constantFrom(...people),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 900 }),
        fc.array(act, { maxLength: 12 }),
        (price, acts) => {
          const f = fixture();
          const number = asked(f, price);
          for (const [kind, by] of acts) {
            const before = f.history.length;
            try {
              if (kind === 'approve') f.core.requisitions.approve(number, f.as(by));
              else if (kind === 'delegate')
                f.core.requisitions.delegate(number, 'deputy', f.as(by));
              else if (kind === 'reject') f.core.requisitions.reject(number, 'no', f.as(by));
              else if (by === 'requester') f.core.requisitions.withdraw(number, f.as(by));
            } catch (error) {
              expect(error).toBeInstanceOf(BusinessError);
              expect(f.history.length).toBe(before);
            }
          }
          const requisition = f.core.requisitions.documents.get(number);
          const { approvals = [], status } = requisition ?? {};
          if (status === 'approved')
            expect(approvals.every((each) => each.decision === 'approved')).toBe(true);
          if (status === 'pendingApproval')
            expect(f.core.requisitions.waitingFor(number)).toBeDefined();
          for (const { approver, delegate, decidedBy } of approvals) {
            if (decidedBy !== undefined) expect([approver, delegate]).toContain(decidedBy);
          }
          const undecided = approvals.findIndex(({ decision }) => decision === 'pending');
          const later = undecided < 0 ? [] : approvals.slice(undecided);
          expect(later.every(({ decision }) => decision === 'pending')).toBe(true);
        },
      ),
    );
  });
});
