/**
 * The landscape's master data as actors find it: whom to buy what from, where it goes, what it costs.
 * Read once, when business begins; the plan's shares pick from it.
 */
import { currencyDecimals, roundAmount } from '../../../domain/currency.ts';
import {
  type Decimal,
  add,
  decimal,
  divide,
  isLess,
  isPositive,
  multiply,
  one,
  round,
} from '../../../domain/decimal.ts';
import type { Material, PaymentTerms, Plant, Supplier } from '../../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../../domain/unit-of-measure.ts';
import { SeatrialError } from '../../../harness/seatrial-error.ts';
import type { Desk } from './desk.ts';

export class Market {
  readonly suppliers: readonly Supplier[];
  readonly materials: readonly Material[];
  readonly plants: readonly Plant[];
  /** Shortest first. */
  readonly terms: readonly PaymentTerms[];
  readonly #desk: Desk;

  /** Throws `workload.no-master-data` when there is nobody to buy from, or nothing. */
  constructor(desk: Desk) {
    const { procurement } = desk;
    this.#desk = desk;
    this.suppliers = [...procurement.suppliers.documents.values()].filter((each) => !each.blocked);
    this.materials = [...procurement.materials.documents.values()].filter((each) => !each.deleted);
    this.plants = procurement.settings.plants;
    this.terms = procurement.settings.paymentTerms.toSorted((a, b) => a.netDays - b.netDays);
    for (const [what, list] of Object.entries({
      suppliers: this.suppliers,
      materials: this.materials,
      plants: this.plants,
    })) {
      if (list.length > 0) continue;
      throw new SeatrialError({
        code: 'workload.no-master-data',
        task: 'start procure-to-pay',
        reason: `the procurement suite has no ${what}`,
        hint: 'Give the systems master data, e.g. from landscapeData().',
      });
    }
  }

  supplier(rank: number): Supplier {
    return this.suppliers[Math.floor(rank * this.suppliers.length)] as Supplier;
  }

  material(share: number): Material {
    return this.materials[Math.floor(share * this.materials.length)] as Material;
  }

  materialOf(number: string): Material {
    return this.#desk.procurement.materials.documents.get(number) as Material;
  }

  plantOf(code: string): Plant | undefined {
    return this.plants.find((each) => each.code === code);
  }

  /** The supplier's currency where the ERP can convert it, else the company's. */
  orderCurrency(supplier: Supplier, plant: Plant): string {
    const local = this.#local(plant);
    return this.#rate(local, supplier.currency) === undefined ? local : supplier.currency;
  }

  /** What one order unit of a material costs, at least the smallest coin. */
  price(material: Material, factor: Decimal, currency: string, plant: Plant): Decimal {
    const rate = this.#rate(this.#local(plant), currency) ?? one;
    const inBase = convertQuantity(one, material.orderUnit, material.baseUnit, material) ?? one;
    return atLeastACoin(
      multiply(multiply(material.price, factor), multiply(rate, inBase)),
      currency,
    );
  }

  #local(plant: Plant): string {
    const { companyCodes } = this.#desk.procurement.settings;
    return companyCodes.find((each) => each.code === plant.companyCode)?.currency ?? 'EUR';
  }

  #rate(from: string, to: string): Decimal | undefined {
    if (from === to) return one;
    const { exchangeRates } = this.#desk.erp.settings;
    const direct = exchangeRates.find((each) => each.from === from && each.to === to);
    if (direct) return direct.rate;
    const inverse = exchangeRates.find((each) => each.from === to && each.to === from);
    return inverse && divide(one, inverse.rate);
  }
}

/** An amount in the currency, and not nothing. */
export function atLeastACoin(amount: Decimal, currency: string): Decimal {
  const rounded = roundAmount(amount, currency);
  return isPositive(rounded) ? rounded : decimal(10 ** -currencyDecimals(currency));
}

/** Decimal places of a quantity in the unit; a material's own units (boxes, pallets) are whole. */
export const unitDecimals = (unit: string): number => unitsOfMeasure.get(unit)?.decimals ?? 0;

/** `quantity` times `factor` in the unit's decimals; never nothing, and more when it should grow. */
export function scaled(quantity: Decimal, factor: Decimal, unit: string): Decimal {
  const exact = multiply(quantity, factor);
  const places = unitDecimals(unit);
  const rounded = round(exact, places);
  if (!isPositive(rounded)) return quantity;
  return isLess(one, factor) && !isLess(quantity, rounded) ? add(quantity, one) : rounded;
}
