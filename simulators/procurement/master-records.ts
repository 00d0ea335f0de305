/** Master data as the ERP handed it down; the suite owns none of it and takes the last word it hears. */
import { isCurrency } from '../../domain/currency.ts';
import { isNegative } from '../../domain/decimal.ts';
import type { Material, Supplier } from '../../domain/master-data.ts';
import { unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import { checkUnit } from './input-checks.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import { refusal } from './refusal.ts';

export class MasterRecords<T extends { readonly number: string }> {
  readonly documents: Collection<T>;
  readonly #store: Store;
  readonly #check: (data: T) => void;

  constructor(documents: Collection<T>, store: Store, check: (data: T) => void) {
    this.documents = documents;
    this.#store = store;
    this.#check = check;
  }

  /** Creates or replaces a record by its number; no event, for the ERP is where it comes from. */
  upsert(data: T, context: Context): T {
    if (data.number === '')
      throw refusal('invalid', 'number-required', 'The number is empty.', 'number');
    this.#check(data);
    return this.#store.transaction(context, () => this.documents.put(data.number, data).data);
  }
}

export const supplierRecords = (records: ProcurementRecords): MasterRecords<Supplier> =>
  new MasterRecords(records.suppliers, records.store, ({ currency, paymentTerms }) => {
    if (!isCurrency(currency)) {
      throw refusal('invalid', 'unknown-currency', `Currency ${currency} is unknown.`, 'currency');
    }
    records.paymentTerms(paymentTerms);
  });

export const materialRecords = (records: ProcurementRecords): MasterRecords<Material> =>
  new MasterRecords(records.materials, records.store, (material) => {
    if (!unitsOfMeasure.has(material.baseUnit)) {
      throw refusal('invalid', 'unknown-unit', `Unit ${material.baseUnit} is unknown.`, 'baseUnit');
    }
    checkUnit(material.orderUnit, material, 'orderUnit');
    if (isNegative(material.price)) {
      throw refusal(
        'invalid',
        'negative-amount',
        `Price ${material.price} is below zero.`,
        'price',
      );
    }
    records.taxCode(material.taxCode, 'taxCode');
  });
