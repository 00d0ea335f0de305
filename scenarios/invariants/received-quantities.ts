/**
 * Quantities by material and unit, so that systems which number their lines differently can still be
 * compared, converted only where a fraction is known.
 */
import { convertQuantity } from '../../domain/unit-of-measure.ts';
import { type Decimal, Total, asMillionths, fromMillionths } from './ledger-sums.ts';

interface Entry {
  readonly material: string;
  readonly unit: string;
  millionths: number;
}

export class ReceivedQuantities {
  readonly #entries: Entry[] = [];

  add(material: string, unit: string, quantity: Decimal, sign: 1 | -1): void {
    const part = sign * asMillionths(quantity);
    const entry = this.#find(material, unit);
    if (entry === undefined) this.#entries.push({ material, unit, millionths: part });
    else entry.millionths += part;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /**
   * Materials on which two sides differ, with both quantities in the first side's unit. A material
   * in units that do not convert is left out: nothing can be said about it.
   */
  static differences(one: ReceivedQuantities, other: ReceivedQuantities): Difference[] {
    if (one.#contains(other) && other.#contains(one)) return [];
    const materials = new Set([...one.#entries, ...other.#entries].map(({ material }) => material));
    return [...materials].flatMap((material) => {
      const unit = (one.#ofMaterial(material) ?? other.#ofMaterial(material))?.unit ?? '';
      const [a, b] = [one.#in(material, unit), other.#in(material, unit)];
      return a === undefined || b === undefined || a === b
        ? []
        : [{ material, unit, one: a, other: b }];
    });
  }

  #find(material: string, unit: string): Entry | undefined {
    for (const each of this.#entries) {
      if (each.material === material && each.unit === unit) return each;
    }
    return undefined;
  }

  #ofMaterial(material: string): Entry | undefined {
    return this.#entries.find((each) => each.material === material);
  }

  /** Whether it has the same of everything that the other has. */
  #contains(other: ReceivedQuantities): boolean {
    for (const { material, unit, millionths } of other.#entries) {
      if (millionths !== (this.#find(material, unit)?.millionths ?? 0)) return false;
    }
    return true;
  }

  #in(material: string, unit: string): Decimal | undefined {
    const total = new Total();
    for (const each of this.#entries) {
      if (each.material !== material) continue;
      const converted = convertQuantity(fromMillionths(each.millionths), each.unit, unit);
      if (converted === undefined) return undefined;
      total.add(converted);
    }
    return total.value;
  }
}

export interface Difference {
  readonly material: string;
  readonly unit: string;
  readonly one: Decimal;
  readonly other: Decimal;
}
