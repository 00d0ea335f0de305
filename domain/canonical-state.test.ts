import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CanonicalState,
  canonicalStates,
  invoiceMoves,
  mayMove,
  orderMoves,
} from './canonical-state.ts';

const tables = [
  { name: 'orders', moves: orderMoves, first: 'draft', last: ['cancelled', 'rejected'] },
  { name: 'invoices', moves: invoiceMoves, first: 'draft', last: ['cancelled', 'rejected'] },
] as const;

/** States that can be reached from one, itself included. */
function reachable(moves: typeof orderMoves, from: CanonicalState): Set<CanonicalState> {
  const found = new Set([from]);
  for (const state of found) for (const next of moves[state] ?? []) found.add(next);
  return found;
}

describe.each(tables)('$name', ({ moves, first, last }) => {
  const used = reachable(moves, first);

  it('reach every state of their table from the first', () => {
    const named = new Set(Object.entries(moves).flatMap(([from, to]) => [from, ...to]));
    expect([...used].sort()).toEqual([...named].sort());
    for (const state of named) expect(canonicalStates).toContain(state);
  });

  it('never leave a final state', () => {
    for (const state of last) expect([...reachable(moves, state)]).toEqual([state]);
  });

  it('have no dead end that is not final', () => {
    for (const state of used) {
      const ends = moves[state] === undefined || moves[state].length === 0;
      expect(ends).toBe((last as readonly string[]).includes(state));
    }
  });

  it('never go back to before they were sent or entered', () => {
    const beginnings: readonly CanonicalState[] = ['draft', 'approved'];
    for (const state of used) {
      if (beginnings.includes(state)) continue;
      for (const next of reachable(moves, state)) expect(beginnings).not.toContain(next);
    }
  });

  it('name each move once, and none to the state itself', () => {
    for (const [from, to] of Object.entries(moves)) {
      expect(new Set(to).size).toBe(to.length);
      expect(to).not.toContain(from);
    }
  });

  it('may always stay, and move only by the table', () => {
    const states = fc.constantFrom(...canonicalStates);
    fc.assert(
      fc.property(states, states, (from, to) => {
        const listed = moves[from]?.includes(to) === true;
        expect(mayMove(moves, from, to)).toBe(from === to || listed);
      }),
    );
  });
});

it('lets an order go its usual way, and not around it', () => {
  const way: CanonicalState[] = [
    'draft',
    'approved',
    'transmitted',
    'acknowledged',
    'shipped',
    'partiallyReceived',
    'fullyReceived',
    'matched',
  ];
  for (const [index, state] of way.slice(1).entries()) {
    expect(mayMove(orderMoves, way[index] as CanonicalState, state)).toBe(true);
  }
  expect(mayMove(orderMoves, 'cancelled', 'transmitted')).toBe(false);
  expect(mayMove(orderMoves, 'draft', 'transmitted')).toBe(false);
  expect(mayMove(orderMoves, 'fullyReceived', 'cancelled')).toBe(false);
});

it('lets a rejected payment reopen an invoice, and a cancelled invoice never be paid', () => {
  expect(mayMove(invoiceMoves, 'paid', 'posted')).toBe(true);
  expect(mayMove(invoiceMoves, 'cancelled', 'paid')).toBe(false);
  expect(mayMove(invoiceMoves, 'draft', 'paid')).toBe(false);
});
