/** The lines that take a material document back: one counter-movement each, for what is left of it. */
import { isZero } from '../../domain/decimal.ts';
import type { GoodsMovementLineDraft } from './drafts.ts';
import type { MaterialDocument, MaterialDocumentLine } from './erp-documents.ts';
import type { OrderBalances } from './order-balances.ts';
import { refuse } from './refuse.ts';

/**
 * Refuses a document that is taken back already, and movements whose counter-movement this ERP does
 * not have (106, 123, 162, 202, 562): those are corrected by a movement of their own.
 */
export function reversalLines(
  document: MaterialDocument,
  balances: OrderBalances,
  reason: string | undefined,
): GoodsMovementLineDraft[] {
  const id = `${document.year}/${document.number}`;
  if (document.reversedBy !== undefined) alreadyReversed(id);
  const why = reason === undefined ? {} : { reason };
  const lines: GoodsMovementLineDraft[] = [];
  for (const line of document.lines) {
    const reference = `${id}/${line.line}`;
    if (line.movementType === '101' || line.movementType === '105') {
      const balance = balances.receipt(reference);
      if (balance === undefined || isZero(balance.received)) continue;
      lines.push({ movementType: '102', reversesLine: reference, ...why });
    } else {
      lines.push({ ...counterMovement(line, reference), ...why });
    }
  }
  if (lines.length === 0) alreadyReversed(id);
  return lines;
}

function counterMovement(line: MaterialDocumentLine, reference: string): GoodsMovementLineDraft {
  const { material, plant, storageLocation, quantity, unit, movementType } = line;
  const same = { material, quantity, unit };
  const place = { plant, storageLocation };
  if (movementType === '701') return { movementType: '702', ...same, ...place };
  if (movementType === '702') return { movementType: '701', ...same, ...place };
  if (movementType === '301' || movementType === '311') {
    return {
      movementType,
      ...same,
      plant: line.receivingPlant ?? plant,
      storageLocation: line.receivingStorageLocation ?? storageLocation,
      receivingPlant: plant,
      receivingStorageLocation: storageLocation,
    };
  }
  const message = `${reference} is a ${movementType}, which is not cancelled but corrected.`;
  return refuse('conflict', 'not-reversible', message);
}

function alreadyReversed(id: string): never {
  refuse(
    'conflict',
    'already-reversed',
    `Material document ${id} is taken back already.`,
    undefined,
    {
      id,
    },
  );
}
