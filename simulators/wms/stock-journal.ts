/**
 * Stock by material, plant, location, lot and status, and the journal it is the sum of: nothing
 * changes a quant but a movement written with it, and no quant goes below zero.
 */
import { timestamp } from '../../domain/calendar-date.ts';
import { type Decimal, add, isNegative, isZero, zero } from '../../domain/decimal.ts';
import type { StockMovement, StockQuant } from '../../domain/warehouse.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { StockPlace } from './drafts.ts';
import { conflict, invalid } from './refusals.ts';

/** A movement to be written: signed, in the material's base unit. */
export interface Posting {
  readonly reason: StockMovement['reason'];
  readonly place: Required<StockPlace>;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly reference: string;
  /** Field to blame when there is not enough. */
  readonly field?: string;
}

export class StockJournal {
  readonly quants: Collection<StockQuant>;
  readonly movements: Collection<StockMovement>;
  /** Stock of a material that is not empty. */
  readonly byMaterial: Index<StockQuant>;
  /** Stock at a location that is not empty; the value is `plant/location`. */
  readonly byLocation: Index<StockQuant>;
  /** Stock of a lot that is not empty; the value is `material/lot`. */
  readonly byLot: Index<StockQuant>;
  /** Movements by the confirmation, count, adjustment or put-away that caused them. */
  readonly movementsByReference: Index<StockMovement>;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.quants = store.collection('StockQuant');
    this.movements = store.collection('StockMovement');
    const unlessEmpty = (value: (quant: StockQuant) => string) => (quant: StockQuant) =>
      isZero(quant.quantity) ? undefined : value(quant);
    this.byMaterial = this.quants.index(unlessEmpty((each) => each.material));
    this.byLocation = this.quants.index(unlessEmpty((each) => `${each.plant}/${each.location}`));
    this.byLot = this.quants.index(unlessEmpty((each) => `${each.material}/${each.lot}`));
    this.movementsByReference = this.movements.index((each) => each.reference);
  }

  /** What the books say lies there, in the base unit. */
  quantity(place: StockPlace): Decimal {
    return this.quants.get(quantId(completePlace(place)))?.quantity ?? zero;
  }

  /** Writes a movement and the quant it changes. In a transaction. Rule: `insufficient-stock`. */
  post(
    { reason, place, quantity, unit, reference, field }: Posting,
    context: Context,
  ): StockMovement {
    const id = quantId(place);
    const after = add(this.quants.get(id)?.quantity ?? zero, quantity);
    const { material, plant, location, lot, status } = place;
    if (isNegative(after)) {
      throw conflict(
        'insufficient-stock',
        `${location} in ${plant} has too little ${status} ${material}${lot === '' ? '' : ` of lot ${lot}`}.`,
        field,
      );
    }
    const number = `MV-${String(this.#store.nextNumber('StockMovement')).padStart(9, '0')}`;
    const at = timestamp(context.at);
    const by = context.by;
    const movement: StockMovement = { number, reason, ...place, quantity, unit, at, by, reference };
    this.movements.put(number, movement);
    this.quants.put(id, { ...place, quantity: after, unit });
    return movement;
  }
}

/** The key of a quant; locations and lots hold no slash, so it is unambiguous. */
export const quantId = ({ material, plant, location, lot, status }: Required<StockPlace>): string =>
  `${material}/${plant}/${location}/${lot}/${status}`;

/** A place with its defaults: no lot, available; nothing else of what was handed in. */
export const completePlace = ({
  material,
  plant,
  location,
  lot = '',
  status = 'available',
}: StockPlace): Required<StockPlace> => ({ material, plant, location, lot, status });

const name = /^[\w.-]{1,20}$/;

/** Refuses with `invalid-location`. Bins are not set up: any well-formed name is one. */
export function checkLocation(location: string, field: string): void {
  if (!name.test(location)) throw invalid('invalid-location', `${location} is no location.`, field);
}

/** Refuses with `lot-required`, `lot-not-managed` or `invalid-lot`. */
export function checkLot(
  lot: string,
  material: { readonly number: string; readonly batchManaged: boolean },
  field: string,
): void {
  if (!material.batchManaged) {
    if (lot === '') return;
    throw invalid('lot-not-managed', `Material ${material.number} is not managed in lots.`, field);
  }
  if (lot === '')
    throw invalid('lot-required', `Material ${material.number} is managed in lots.`, field);
  if (!name.test(lot)) throw invalid('invalid-lot', `${lot} is no lot.`, field);
}
