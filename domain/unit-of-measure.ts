/**
 * Units of measure (UN/ECE Recommendation 20 codes) and conversions. A conversion is a fraction,
 * never a float: rounding 4 yards into 4.01 is bug class 28.
 */
import { type Decimal, divide, multiply } from './decimal.ts';

export interface UnitOfMeasure {
  /** UN/ECE Rec 20 common code, e.g. `C62` (one), `KGM`, `MTR`. */
  readonly code: string;
  readonly name: string;
  /** What it measures; units of one dimension convert by `numerator / denominator`. */
  readonly dimension: 'count' | 'mass' | 'length' | 'volume' | 'area' | 'time';
  /** How many reference units of the dimension one of this unit is, as a fraction. */
  readonly numerator: Decimal;
  readonly denominator: Decimal;
  /** Decimal places that a quantity in this unit may have. */
  readonly decimals: number;
}

const unit = (
  code: string,
  name: string,
  dimension: UnitOfMeasure['dimension'],
  numerator: string,
  denominator: string,
  decimals: number,
): UnitOfMeasure => ({
  code,
  name,
  dimension,
  numerator: numerator as Decimal,
  denominator: denominator as Decimal,
  decimals,
});

export const unitsOfMeasure: ReadonlyMap<string, UnitOfMeasure> = new Map(
  [
    unit('C62', 'piece', 'count', '1', '1', 0),
    unit('DZN', 'dozen', 'count', '12', '1', 0),
    unit('KGM', 'kilogram', 'mass', '1', '1', 3),
    unit('GRM', 'gram', 'mass', '1', '1000', 0),
    unit('TNE', 'tonne', 'mass', '1000', '1', 3),
    unit('LBR', 'pound', 'mass', '45359237', '100000000', 3),
    unit('LTR', 'litre', 'volume', '1', '1', 3),
    unit('MLT', 'millilitre', 'volume', '1', '1000', 0),
    unit('MTR', 'metre', 'length', '1', '1', 3),
    unit('YRD', 'yard', 'length', '9144', '10000', 3),
    unit('MTK', 'square metre', 'area', '1', '1', 3),
    unit('HUR', 'hour', 'time', '1', '1', 2),
  ].map((each) => [each.code, each]),
);

/** A material's own conversion, e.g. 1 box = 24 pieces: numerator base units per denominator units. */
export interface AlternativeUnit {
  readonly unit: string;
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/**
 * Converts a quantity between units: by the material's own fractions where it has them, else
 * within one dimension. Rounds once, to the target unit's decimals. `undefined` when there is no
 * conversion.
 */
export function convertQuantity(
  quantity: Decimal,
  from: string,
  to: string,
  material?: { baseUnit: string; alternativeUnits: readonly AlternativeUnit[] },
): Decimal | undefined {
  if (from === to) return quantity;
  const source = fractionOf(from, to, material);
  if (source === undefined) return undefined;
  const decimals = unitsOfMeasure.get(to)?.decimals ?? 3;
  return divide(multiply(quantity, source.numerator), source.denominator, decimals);
}

interface Fraction {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

function fractionOf(
  from: string,
  to: string,
  material?: { baseUnit: string; alternativeUnits: readonly AlternativeUnit[] },
): Fraction | undefined {
  const toBase = (code: string): Fraction | undefined =>
    code === material?.baseUnit
      ? { numerator: '1' as Decimal, denominator: '1' as Decimal }
      : material?.alternativeUnits.find((each) => each.unit === code);
  const [a, b] = [toBase(from), toBase(to)];
  if (a && b) return ratio(a, b);
  const [x, y] = [unitsOfMeasure.get(from), unitsOfMeasure.get(to)];
  return x && y && x.dimension === y.dimension ? ratio(x, y) : undefined;
}

const ratio = (a: Fraction, b: Fraction): Fraction => ({
  numerator: multiply(a.numerator, b.denominator),
  denominator: multiply(a.denominator, b.numerator),
});
