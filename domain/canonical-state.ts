/**
 * The canonical states of procure-to-pay documents and the moves between them. Dialects map their
 * vendor's words to and from these; invariants ask here whether a move is one.
 */

export const canonicalStates = [
  'draft',
  'approved',
  'transmitted',
  'acknowledged',
  'shipped',
  'partiallyReceived',
  'fullyReceived',
  'matched',
  'disputed',
  'posted',
  'paid',
  'cancelled',
  'rejected',
] as const;

export type CanonicalState = (typeof canonicalStates)[number];

type Moves = Readonly<Partial<Record<CanonicalState, readonly CanonicalState[]>>>;

/**
 * Moves of a purchase order. A change order sends it back to `transmitted`; a reversed receipt sends
 * it back along the receiving states; `cancelled` and `rejected` are final.
 */
export const orderMoves: Moves = {
  draft: ['approved', 'cancelled', 'rejected'],
  approved: ['transmitted', 'cancelled'],
  transmitted: [
    'acknowledged',
    'shipped',
    'partiallyReceived',
    'fullyReceived',
    'cancelled',
    'rejected',
  ],
  acknowledged: ['transmitted', 'shipped', 'partiallyReceived', 'fullyReceived', 'cancelled'],
  shipped: ['transmitted', 'acknowledged', 'partiallyReceived', 'fullyReceived', 'cancelled'],
  partiallyReceived: ['transmitted', 'acknowledged', 'shipped', 'fullyReceived', 'cancelled'],
  fullyReceived: ['partiallyReceived', 'acknowledged', 'shipped', 'transmitted', 'matched'],
  matched: ['fullyReceived', 'partiallyReceived', 'shipped', 'acknowledged', 'transmitted'],
};

/**
 * Moves of a supplier invoice. `posted` may carry payment blocks; a rejected payment reopens a paid
 * invoice; `cancelled` and `rejected` are final.
 */
export const invoiceMoves: Moves = {
  draft: ['matched', 'disputed', 'posted', 'rejected', 'cancelled'],
  matched: ['posted', 'disputed', 'paid', 'cancelled', 'rejected'],
  disputed: ['matched', 'posted', 'rejected', 'cancelled'],
  posted: ['paid', 'disputed', 'matched', 'cancelled'],
  paid: ['posted'],
};

/** Whether a document may go from one state to another; staying where it is always may. */
export const mayMove = (moves: Moves, from: CanonicalState, to: CanonicalState): boolean =>
  from === to || (moves[from]?.includes(to) ?? false);
