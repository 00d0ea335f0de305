/**
 * Quantities as the warehouse takes them: checked against the unit's decimals, converted into the
 * material's base unit by its fractions. Totals over several units convert each unit's exact sum
 * once, so that counting 5 and then 7 pieces of an ordered dozen makes a dozen.
 */
import {
  type Decimal,
  add,
  decimal,
  decimalPlaces,
  divide,
  isGreater,
  isNegative,
  isPositive,
  isZero,
  multiply,
  sum,
} from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import { conflict, invalid } from './refusals.ts';

const largest = decimal('999999999999');
const thousand = decimal(1000);

export interface Amount {
  readonly quantity: Decimal;
  readonly unit: string;
}

/**
 * Checks a quantity and gives it in base units. Rules: `unknown-unit`, `no-conversion`,
 * `quantity-not-positive`, `quantity-decimals`, `quantity-too-large`, `quantity-too-small`.
 */
export function toBaseUnit(amount: Amount, material: Material, path = ''): Decimal {
  if (!isPositive(amount.quantity)) {
    throw invalid('quantity-not-positive', 'The quantity must be above zero.', `${path}quantity`);
  }
  return signedToBaseUnit(amount, material, path);
}

/** As {@link toBaseUnit} for a quantity that may be negative or zero. */
export function signedToBaseUnit(amount: Amount, material: Material, path = ''): Decimal {
  const { quantity, unit } = amount;
  const size = isNegative(quantity) ? multiply(quantity, decimal(-1)) : quantity;
  checkUnit(unit, material, `${path}unit`);
  if (isGreater(size, largest)) {
    throw invalid(
      'quantity-too-large',
      `More than ${largest} ${unit} is no quantity.`,
      `${path}quantity`,
    );
  }
  const places = unitsOfMeasure.get(unit)?.decimals ?? 3;
  if (decimalPlaces(quantity) > places) {
    throw invalid(
      'quantity-decimals',
      `A quantity in ${unit} has at most ${places} decimal places.`,
      `${path}quantity`,
    );
  }
  const base = convertQuantity(quantity, unit, material.baseUnit, material) as Decimal;
  if (isZero(base) && !isZero(quantity)) {
    throw invalid(
      'quantity-too-small',
      `${quantity} ${unit} is nothing in ${material.baseUnit}.`,
      `${path}quantity`,
    );
  }
  return base;
}

function checkUnit(unit: string, material: Material, field: string): void {
  const own = material.alternativeUnits.some((each) => each.unit === unit);
  if (!own && unit !== material.baseUnit && !unitsOfMeasure.has(unit)) {
    throw invalid('unknown-unit', `Unit ${unit} is not known.`, field);
  }
  if (convertQuantity(decimal(1), unit, material.baseUnit, material) === undefined) {
    throw invalid(
      'no-conversion',
      `Material ${material.number} has no conversion from ${unit} to ${material.baseUnit}.`,
      field,
    );
  }
}

/** The sum of amounts in `unit`: exact for those in it already, three decimals (or the unit's) for others. */
export function totalIn(unit: string, amounts: Iterable<Amount>, material: Material): Decimal {
  const byUnit = new Map<string, Decimal>();
  for (const each of amounts) {
    const before = byUnit.get(each.unit);
    byUnit.set(each.unit, before === undefined ? each.quantity : add(before, each.quantity));
  }
  return sum(
    [...byUnit].map(([from, total]) =>
      from === unit ? total : finer(total, from, unit, material),
    ),
  );
}

/**
 * A conversion rounded at three decimals even into a unit that has none: 5 pieces are 0.417 dozen.
 * By the base unit where there is no direct way, as from a material's own box to dozens.
 */
function finer(quantity: Decimal, from: string, to: string, material: Material): Decimal {
  const direct = convertQuantity(multiply(quantity, thousand), from, to, material);
  if (direct !== undefined) return divide(direct, thousand);
  const base = convertQuantity(quantity, from, material.baseUnit, material);
  if (base !== undefined && from !== material.baseUnit) {
    return finer(base, material.baseUnit, to, material);
  }
  // The conversion was taken from the material since: better no answer than a wrong one.
  throw conflict(
    'no-conversion',
    `Material ${material.number} has no conversion from ${from} to ${to}.`,
  );
}
