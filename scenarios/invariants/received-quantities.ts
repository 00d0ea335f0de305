/**
 * Quantities that the warehouse counted beside those that other systems received, by material and
 * unit, so that systems which number their lines differently can still be compared; converted only
 * where a fraction is known.
 */
import { convertQuantity } from '../../domain/unit-of-measure.ts';
import { type Decimal, Total, asMillionths, fromMillionths } from './ledger-sums.ts';

/** Who says a quantity. */
export type Side = 'wms' | 'erp' | 'procurement';

/** In millionths. */
interface Entry extends Record<Side, number> {
  readonly material: string;
  readonly unit: string;
}

export class ReceivedQuantities {
  readonly #entries: Entry[] = [];

  add(side: Side, material: string, unit: string, quantity: Decimal, sign: 1 | -1): void {
    let entry = this.#find(material, unit);
    if (entry === undefined) {
      this.#entries.push((entry = { material, unit, wms: 0, erp: 0, procurement: 0 }));
    }
    entry[side] += sign * asMillionths(quantity);
  }

  /**
   * Materials on which a system differs from the warehouse, both in one unit. A material in units
   * that do not convert is left out: nothing can be said about it.
   */
  differences(side: Side): Difference[] {
    if (this.#entries.every((each) => each.wms === each[side])) return [];
    const materials = new Set(this.#entries.map(({ material }) => material));
    return [...materials].flatMap((material) => {
      const unit = this.#unitOf(material);
      const [counted, received] = [this.#in('wms', material, unit), this.#in(side, material, unit)];
      return counted === undefined || received === undefined || counted === received
        ? []
        : [{ material, unit, counted, received }];
    });
  }

  #find(material: string, unit: string): Entry | undefined {
    for (const each of this.#entries) {
      if (each.material === material && each.unit === unit) return each;
    }
    return undefined;
  }

  /** The unit that the warehouse counts the material in, if it counted it. */
  #unitOf(material: string): string {
    const entries = this.#entries.filter((each) => each.material === material);
    const counted = entries.find(({ wms }) => wms !== 0) ?? entries[0];
    return counted?.unit ?? '';
  }

  #in(side: Side, material: string, unit: string): Decimal | undefined {
    const total = new Total();
    for (const each of this.#entries) {
      if (each.material !== material) continue;
      const converted = convertQuantity(fromMillionths(each[side]), each.unit, unit);
      if (converted === undefined) return undefined;
      total.add(converted);
    }
    return total.value;
  }
}

export interface Difference {
  readonly material: string;
  readonly unit: string;
  readonly counted: Decimal;
  readonly received: Decimal;
}
