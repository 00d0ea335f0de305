/** Checks that several documents share: units, decimals, lengths, dates. */
import { fitsCurrency, isCurrency } from '../../domain/currency.ts';
import { type Decimal, decimalPlaces, isNegative, isPositive } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import { refuse } from './refuse.ts';

/** A number of a line: one to five digits. */
const lineNumber = /^\d{1,5}$/;

export function checkLineNumber(line: string, field: string): void {
  if (!lineNumber.test(line)) {
    refuse(
      'invalid',
      'line-number-invalid',
      `Line number ${line} is not one to five digits.`,
      field,
    );
  }
}

export function checkLength(
  value: string | undefined,
  most: number,
  rule: string,
  field: string,
): void {
  if (value !== undefined && value.length > most) {
    refuse('invalid', rule, `${value} is longer than ${most} characters.`, field);
  }
}

export function checkCurrency(currency: string, field: string): void {
  if (!isCurrency(currency)) {
    refuse('invalid', 'unknown-currency', `Currency ${currency} does not exist.`, field);
  }
}

/** Refuses what is not above zero, an unknown unit, or more decimals than the unit has. */
export function checkQuantity(quantity: Decimal, unit: string, field: string): void {
  const known = unitsOfMeasure.get(unit);
  if (known === undefined) {
    refuse('invalid', 'unknown-unit', `Unit of measure ${unit} does not exist.`, unitField(field));
  }
  if (!isPositive(quantity)) {
    refuse('invalid', 'quantity-not-positive', `Quantity ${quantity} is not above zero.`, field);
  }
  if (decimalPlaces(quantity) > known.decimals) {
    const message = `Quantity ${quantity} has more than ${known.decimals} decimals of ${unit}.`;
    refuse('invalid', 'too-many-decimals', message, field);
  }
}

const unitField = (field: string): string => field.replace(/quantity$/i, 'unit');

/** Refuses a negative amount, and one with more decimals than its currency. */
export function checkAmount(amount: Decimal, currency: string, field: string): void {
  if (isNegative(amount)) {
    refuse('invalid', 'amount-negative', `Amount ${amount} is negative.`, field);
  }
  if (!fitsCurrency(amount, currency)) {
    const message = `Amount ${amount} has more decimals than ${currency}.`;
    refuse('invalid', 'too-many-decimals', message, field);
  }
}

/** The quantity in another unit; refuses when there is no conversion. */
export function convert(
  quantity: Decimal,
  from: string,
  to: string,
  material: Material | undefined,
  field: string,
): Decimal {
  const converted = convertQuantity(quantity, from, to, material);
  if (converted === undefined) {
    const message = `No conversion from ${from} to ${to}${material ? ` for material ${material.number}` : ''}.`;
    refuse('invalid', 'no-unit-conversion', message, field);
  }
  // Half a dozen pieces is no dozen: countable units are never rounded into each other.
  const countable = unitsOfMeasure.get(to)?.dimension === 'count';
  if (countable && convertQuantity(converted, to, from, material) !== quantity) {
    const message = `${quantity} ${from} is no whole number of ${to}.`;
    refuse('invalid', 'inexact-conversion', message, field);
  }
  return converted;
}

/** The document date may not lie in the future, unless the posting date does too. */
export function checkDocumentDate(documentDate: string, postingDate: string, today: string): void {
  if (documentDate > today && documentDate > postingDate) {
    const message = `Document date ${documentDate} is in the future.`;
    refuse('invalid', 'document-date-in-future', message, 'documentDate');
  }
}
