/** Master data of procure-to-pay: who supplies what, where it goes, and on which terms. */
import type { Decimal } from './decimal.ts';
import type { AlternativeUnit } from './unit-of-measure.ts';

/** A supplier (vendor, business partner in the role of a supplier). */
export interface Supplier {
  readonly number: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly street: string;
  readonly postalCode: string;
  readonly email: string;
  readonly taxNumber: string;
  readonly currency: string;
  readonly paymentTerms: string;
  readonly bankAccount: string;
  /** Set centrally: no new order, no invoice posting, no payment. */
  readonly blocked: boolean;
}

/** A material (item, product, SKU). */
export interface Material {
  readonly number: string;
  readonly description: string;
  readonly materialGroup: string;
  readonly baseUnit: string;
  /** Unit orders are placed in unless the line says otherwise. */
  readonly orderUnit: string;
  readonly alternativeUnits: readonly AlternativeUnit[];
  readonly valuation: 'movingAverage' | 'standard';
  /** Price per base unit in company currency: the standard price, or the moving average at the start. */
  readonly price: Decimal;
  readonly taxCode: string;
  readonly batchManaged: boolean;
  readonly shelfLifeDays?: number;
  readonly deleted: boolean;
}

/** A plant (site, facility) of a company code, with its storage locations. */
export interface Plant {
  readonly code: string;
  readonly name: string;
  readonly companyCode: string;
  readonly country: string;
  readonly storageLocations: readonly string[];
  readonly negativeStockAllowed: boolean;
}

/** A company code: the unit that keeps a balanced ledger in one currency. */
export interface CompanyCode {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
}

/** An input-tax code. */
export interface TaxCode {
  readonly code: string;
  readonly description: string;
  readonly ratePercent: Decimal;
}

/** Payment terms: due in net days, with up to one discount for paying early. */
export interface PaymentTerms {
  readonly code: string;
  readonly description: string;
  readonly netDays: number;
  readonly discountDays: number;
  readonly discountPercent: Decimal;
}
