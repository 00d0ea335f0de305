/** Documents move along their state machine and nowhere else. */
import type { CanonicalState } from '../../domain/canonical-state.ts';
import { invoiceMoves, orderMoves } from '../../domain/canonical-state.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { DocumentStates } from '../../harness/workload.ts';
import { judged, untouched } from './finding.ts';
import { called } from './wording.ts';

type Moves = Readonly<Partial<Record<string, readonly string[]>>>;

interface State {
  status: string | undefined;
  position: number;
  moves: number;
  violations: Violation[] | undefined;
}

interface Machine {
  readonly system: string;
  readonly document: string;
  readonly moves: Moves;
}

const requisitionMoves: Moves = {
  draft: ['pendingApproval', 'approved', 'withdrawn'],
  pendingApproval: ['approved', 'rejected', 'withdrawn', 'draft'],
  approved: ['ordered', 'withdrawn'],
  rejected: ['draft', 'pendingApproval'],
};

const expectedReceiptMoves: Moves = {
  open: ['receiving', 'received', 'closed', 'cancelled'],
  receiving: ['open', 'received', 'closed', 'cancelled'],
  received: ['open', 'receiving', 'closed', 'cancelled'],
};

const paymentMoves: Moves = { issued: ['cleared', 'rejected'], cleared: ['rejected'] };

const machines: readonly Machine[] = [
  { system: 'procurement', document: 'Requisition', moves: requisitionMoves },
  { system: 'procurement', document: 'PurchaseOrder', moves: orderMoves },
  { system: 'procurement', document: 'Invoice', moves: invoiceMoves },
  { system: 'erp', document: 'PurchaseOrder', moves: orderMoves },
  { system: 'erp', document: 'SupplierInvoice', moves: invoiceMoves },
  { system: 'erp', document: 'Payment', moves: paymentMoves },
  { system: 'wms', document: 'ExpectedReceipt', moves: expectedReceiptMoves },
];

const invoiceKinds = new Set(['Invoice', 'SupplierInvoice']);

function statusMovesOf({ system, document, moves }: Machine): Invariant {
  return defineInvariant<State>({
    name: `${system}/${document}/status-moves`,
    promise: `A ${document} in ${called(system)} moves only along its states.`,
    family: 'M',
    interests: [{ type: 'commit', system, document }],
    keysOf: (record) => (record.type === 'commit' ? record.id : undefined),
    begin: () => ({ status: undefined, position: -1, moves: 0, violations: undefined }),
    step(state, record) {
      if (record.type !== 'commit') return state;
      const { status } = record.data as { readonly status: CanonicalState };
      if (state.status !== undefined && status !== state.status) {
        state.moves++;
        if (moves[state.status]?.includes(status) !== true) {
          (state.violations ??= []).push({
            keys: [record.id],
            positions: [state.position, record.position],
            sentence: `${invoiceKinds.has(document) ? 'Invoice ' : ''}${record.id} in ${called(system)} went from ${state.status} to ${status}, which is no move it may make.`,
            expected: moves[state.status] ?? [],
            actual: status,
          });
        }
      }
      state.status = status;
      state.position = record.position;
      return state;
    },
    end: ({ moves, violations = [] }) => (moves === 0 ? untouched : judged(violations)),
  });
}

/** The states of each kind that has a machine, from the beginning of its life to the end. */
export const documentStates = (): DocumentStates[] =>
  machines.map(({ system, document, moves }) => ({
    system,
    document,
    states: [
      ...new Set([...Object.keys(moves), ...Object.values(moves).flatMap((to) => to ?? [])]),
    ],
  }));

/** One invariant for each kind of document that has a state machine. */
export const statusMoves = (): Invariant[] => machines.map(statusMovesOf);
