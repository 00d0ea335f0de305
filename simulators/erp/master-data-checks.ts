/** What must be true of a supplier and a material before the ERP takes them in. */
import { isNegative, isPositive } from '../../domain/decimal.ts';
import type { Material, Supplier } from '../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import { one } from '../../domain/decimal.ts';
import { checkCurrency, checkLength } from './checks.ts';
import type { MasterData } from './master-data.ts';
import { refuse } from './refuse.ts';

type Lookups = Pick<MasterData, 'terms' | 'taxCode'>;

export function checkSupplier(supplier: Supplier, lookups: Lookups): void {
  checkKey(supplier.number, 10, 'supplier');
  checkCurrency(supplier.currency, 'currency');
  lookups.terms(supplier.paymentTerms);
}

export function checkMaterial(material: Material, lookups: Lookups): void {
  checkKey(material.number, 40, 'material');
  for (const field of ['baseUnit', 'orderUnit'] as const)
    checkUnit(material, material[field], field);
  for (const each of material.alternativeUnits) {
    if (!isPositive(each.numerator) || !isPositive(each.denominator)) {
      const message = `The conversion of ${each.unit} of material ${material.number} is not above zero.`;
      refuse('invalid', 'conversion-not-positive', message, 'alternativeUnits');
    }
  }
  if (convertQuantity(one, material.orderUnit, material.baseUnit, material) === undefined) {
    const message = `No conversion from ${material.orderUnit} to ${material.baseUnit}.`;
    refuse('invalid', 'no-unit-conversion', message, 'orderUnit');
  }
  if (isNegative(material.price)) {
    refuse('invalid', 'price-negative', `Price ${material.price} is negative.`, 'price');
  }
  lookups.taxCode(material.taxCode);
}

function checkKey(number: string, most: number, kind: string): void {
  if (number.length === 0 || number.includes('/')) {
    refuse('invalid', `${kind}-number-invalid`, `"${number}" is no number of a ${kind}.`, 'number');
  }
  checkLength(number, most, `${kind}-number-invalid`, 'number');
}

function checkUnit(material: Material, unit: string, field: string): void {
  if (!unitsOfMeasure.has(unit)) {
    const message = `Unit of measure ${unit} of material ${material.number} does not exist.`;
    refuse('invalid', 'unknown-unit', message, field);
  }
}
