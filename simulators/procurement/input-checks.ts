/** Checks that every command makes on quantities, prices, amounts and texts it is given. */
import { fitsCurrency, isCurrency } from '../../domain/currency.ts';
import { type Decimal, decimalPlaces, isNegative, isPositive } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import { refusal, required } from './refusal.ts';

/** Decimals of units that only a material knows, such as its own box. */
const ownUnitDecimals = 3;

/** A quantity above zero, in a unit the material has, with no more decimals than the unit. */
export function checkQuantity(
  quantity: Decimal,
  unit: string,
  material: Material,
  at: string,
): void {
  if (!isPositive(quantity)) {
    throw refusal(
      'invalid',
      'quantity-not-positive',
      `Quantity ${quantity} is not above zero.`,
      `${at}.quantity`,
    );
  }
  checkUnit(unit, material, `${at}.unit`);
  checkQuantityDecimals(quantity, unit, `${at}.quantity`);
}

export function checkUnit(unit: string, material: Material, field: string): void {
  if (convertQuantity('1' as Decimal, unit, material.baseUnit, material) === undefined) {
    const message = `Unit ${unit} is not one of material ${material.number}.`;
    throw refusal('invalid', 'unknown-unit', message, field);
  }
}

export function checkQuantityDecimals(quantity: Decimal, unit: string, field: string): void {
  const places = unitsOfMeasure.get(unit)?.decimals ?? ownUnitDecimals;
  if (decimalPlaces(quantity) > places) {
    const message = `Quantity ${quantity} has more than ${places} decimals of unit ${unit}.`;
    throw refusal('invalid', 'quantity-decimals', message, field);
  }
}

/** The quantity in another unit; refused when there is no conversion or nothing is left of it. */
export function converted(
  quantity: Decimal,
  from: string,
  to: string,
  material: Material,
  field: string,
): Decimal {
  const result = required(convertQuantity(quantity, from, to, material), () =>
    refusal('invalid', 'unknown-unit', `Unit ${from} does not convert to ${to}.`, field),
  );
  if (!isPositive(result)) {
    throw refusal(
      'invalid',
      'quantity-rounds-to-zero',
      `${quantity} ${from} is nothing in ${to}.`,
      field,
    );
  }
  return result;
}

/** An amount or price of zero or more that fits its currency. */
export function checkAmount(amount: Decimal, currency: string, field: string): void {
  if (isNegative(amount)) {
    throw refusal('invalid', 'negative-amount', `Amount ${amount} is below zero.`, field);
  }
  if (!fitsCurrency(amount, currency)) {
    const message = `Amount ${amount} has more decimals than ${currency}.`;
    throw refusal('invalid', 'amount-decimals', message, field);
  }
}

export function checkCurrency(currency: string): void {
  if (!isCurrency(currency)) {
    throw refusal('invalid', 'unknown-currency', `Currency ${currency} is unknown.`, 'currency');
  }
}

export function checkPercent(percent: Decimal, field: string): void {
  if (isNegative(percent)) {
    throw refusal('invalid', 'negative-tolerance', `Tolerance ${percent} is below zero.`, field);
  }
}

/** A divisor of prices. */
export function checkPriceQuantity(quantity: Decimal, field: string): void {
  if (!isPositive(quantity)) {
    const message = `Price quantity ${quantity} is not above zero.`;
    throw refusal('invalid', 'price-quantity-not-positive', message, field);
  }
}

/** References that other systems keep in 16 characters. */
const referenceLength = 16;

export function checkReference(reference: string, field: string): void {
  if (reference.length === 0 || reference.length > referenceLength) {
    const message = `Reference '${reference}' must have 1 to ${referenceLength} characters.`;
    throw refusal('invalid', 'reference-length', message, field);
  }
}

export function checkReason(reason: string): void {
  if (reason.trim() === '') {
    throw refusal('invalid', 'reason-required', 'A reason must be given.', 'reason');
  }
}

/** The lines with their numbers; refused when there are none or two share a number. */
export function numbered<T extends { readonly line?: string }>(
  drafts: readonly T[],
  taken: ReadonlySet<string> = new Set(),
  at = 'lines',
): { readonly draft: T; readonly line: string; readonly at: string }[] {
  if (drafts.length === 0) throw refusal('invalid', 'no-lines', 'There are no lines.', at);
  const used = new Set([
    ...taken,
    ...drafts.flatMap(({ line }) => (line === undefined ? [] : [line])),
  ]);
  const seen = new Set(taken);
  let next = 0;
  return drafts.map((draft, index) => {
    let line = draft.line;
    if (line === undefined) {
      do next++;
      while (used.has(String(next)));
      line = String(next);
    } else if (seen.has(line) || line === '') {
      const message = `Line number '${line}' is empty or used twice.`;
      throw refusal('invalid', 'duplicate-line', message, `${at}[${index}].line`);
    }
    seen.add(line);
    return { draft, line, at: `${at}[${index}]` };
  });
}
