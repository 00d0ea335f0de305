/**
 * Stock by storage location and its valuation by plant. Own stock is valuated; consignment and
 * goods-receipt blocked stock are quantities only.
 */
import { type Decimal, add, isNegative, subtract, zero } from '../../domain/decimal.ts';
import type { Material, Plant } from '../../domain/master-data.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Store } from '../../harness/store.ts';
import type { MaterialValuation, StockBalance } from './erp-documents.ts';
import type { MasterData } from './master-data.ts';
import { refuse } from './refuse.ts';
import { type Valued, moveStock, revalue } from './valuation.ts';

/** Own unrestricted stock, supplier-owned stock, or goods-receipt blocked stock. */
export type StockKind = 'own' | 'consignment' | 'blocked';

export interface StockPlace {
  readonly material: Material;
  readonly plant: Plant;
  readonly storageLocation: string;
}

export class Stock {
  readonly balances: Collection<StockBalance>;
  readonly valuations: Collection<MaterialValuation>;
  readonly #masterData: MasterData;

  constructor(store: Store, masterData: MasterData) {
    this.#masterData = masterData;
    this.balances = store.collection('StockBalance');
    this.valuations = store.collection('MaterialValuation');
  }

  balance(material: string, plant: string, storageLocation: string): StockBalance | undefined {
    return this.balances.get(`${material}/${plant}/${storageLocation}`);
  }

  valuation(material: string, plant: string): MaterialValuation | undefined {
    return this.valuations.get(`${material}/${plant}`);
  }

  /** Adds a signed quantity; refuses stock below zero where the plant does not allow it. */
  change(place: StockPlace, kind: StockKind, quantity: Decimal, field?: string): void {
    const { material, plant, storageLocation } = place;
    const id = `${material.number}/${plant.code}/${storageLocation}`;
    const before = this.balances.get(id) ?? emptyBalance(place);
    const after = applied(before, kind, quantity);
    const left = kind === 'own' ? subtract(after.quantity, after.consignment) : after[kind];
    const mayFall = kind === 'own' && plant.negativeStockAllowed;
    if (isNegative(quantity) && isNegative(left) && !mayFall) {
      const message = `Deficit of ${left.slice(1)} ${after.unit} of ${material.number} in ${plant.code} ${storageLocation}.`;
      refuse('invalid', 'negative-stock', message, field, { material: material.number });
    }
    this.balances.put(id, after);
  }

  /** Changes own stock in quantity and value; see {@link moveStock} for `value`. */
  move(place: StockPlace, quantity: Decimal, value?: Decimal, field?: string): Valued {
    this.change(place, 'own', quantity, field);
    const valued = moveStock(this.#valuationOf(place.material, place.plant), quantity, value);
    this.#put(valued.valuation);
    return valued;
  }

  /** Puts a price difference on stock as far as it covers `quantity`. */
  revalue(material: Material, plant: Plant, difference: Decimal, quantity: Decimal): Valued {
    const valued = revalue(this.#valuationOf(material, plant), difference, quantity);
    if (valued.stock !== zero) this.#put(valued.valuation);
    return valued;
  }

  /** The value that stock of this quantity has at the material's price in the plant, unrounded. */
  price(material: Material, plant: Plant): Decimal {
    return this.#valuationOf(material, plant).movingAverage;
  }

  #put(valuation: MaterialValuation): void {
    this.valuations.put(`${valuation.material}/${valuation.plant}`, valuation);
  }

  #valuationOf(material: Material, plant: Plant): MaterialValuation {
    const known = this.valuations.get(`${material.number}/${plant.code}`);
    return (
      known ?? {
        material: material.number,
        plant: plant.code,
        currency: this.#masterData.currencyOfPlant(plant),
        control: material.valuation,
        quantity: zero,
        value: zero,
        movingAverage: material.price,
      }
    );
  }
}

const emptyBalance = ({ material, plant, storageLocation }: StockPlace): StockBalance => ({
  material: material.number,
  plant: plant.code,
  storageLocation,
  unit: material.baseUnit,
  quantity: zero,
  consignment: zero,
  blocked: zero,
});

function applied(before: StockBalance, kind: StockKind, quantity: Decimal): StockBalance {
  if (kind === 'blocked') return { ...before, blocked: add(before.blocked, quantity) };
  const after = { ...before, quantity: add(before.quantity, quantity) };
  return kind === 'own' ? after : { ...after, consignment: add(before.consignment, quantity) };
}
