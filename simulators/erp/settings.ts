/**
 * How one ERP is customized: organisation, chart of accounts, exchange rates, tolerances. Immutable;
 * what changes while it runs lives in the store.
 */
import type { Decimal } from '../../domain/decimal.ts';
import type { PostingKey } from '../../domain/accounting-document.ts';
import type { CompanyCode, PaymentTerms, Plant, TaxCode } from '../../domain/master-data.ts';
import type { Tolerance } from '../../domain/tolerance.ts';

/** Organisation that exists without being seeded; `masterData.seed` adds to it or replaces entries. */
export interface Organisation {
  readonly companyCodes: readonly CompanyCode[];
  readonly plants: readonly Plant[];
  readonly taxCodes: readonly TaxCode[];
  readonly paymentTerms: readonly PaymentTerms[];
}

export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  /** How many `to` one `from` is. */
  readonly rate: Decimal;
}

export interface InvoiceTolerances {
  /** Price: the line's amount against quantity at order price. */
  readonly PP: Tolerance;
  /** Quantity above what was received and not yet invoiced, valued at order price. */
  readonly DQ: Tolerance;
  /** Quantity while nothing at all was received, valued at order price. Left out, it is not checked. */
  readonly DW?: Tolerance;
  /** Total of a limit line above its limit. */
  readonly LA: Tolerance;
  /** Amount of a line without an order. Left out, it is not checked. */
  readonly AN?: Decimal;
  /** Small differences between gross and lines plus tax, absorbed when posting. */
  readonly BD: Decimal;
}

export type Accounts = Readonly<
  Record<PostingKey | 'consumption' | 'initialBalance' | 'countDifference' | 'bank', string>
>;

export interface ErpSettings {
  readonly organisation: Organisation;
  readonly accounts: Accounts;
  readonly houseBanks: readonly string[];
  /**
   * Fixed rates. The ledger of a company code is kept in its currency: a document in another one is
   * converted line by line at these rates, and what rounding leaves over is an exchange rate
   * difference (KDM). A direction that is not listed is the inverse of the one that is.
   */
  readonly exchangeRates: readonly ExchangeRate[];
  readonly tolerances: InvoiceTolerances;
  readonly duplicateInvoiceCheck: 'error' | 'warning' | 'off';
  /** Whether a period nobody opened or closed counts as open; default of the defaults: `true`. */
  readonly periodsOpenByDefault: boolean;
  /** Orders of at least this net value (company currency) need a release; left out, none does. */
  readonly releaseFrom?: Decimal;
}

const d = (text: string): Decimal => text as Decimal;

const limit = (absolute: string, percent?: string): Tolerance['upper'] => ({
  absolute: d(absolute),
  ...(percent === undefined ? {} : { percent: d(percent) }),
});

/** The same everywhere, so that a document of one system makes sense in the next. */
export const defaultOrganisation: Organisation = {
  companyCodes: [
    { code: '1000', name: 'Meridian Coatings SE', currency: 'EUR', country: 'DE' },
    { code: '2000', name: 'Meridian Coatings Inc', currency: 'USD', country: 'US' },
  ],
  plants: [
    plant('1010', 'Hamburg', '1000', 'DE'),
    plant('1020', 'Mannheim', '1000', 'DE'),
    plant('2010', 'Cleveland', '2000', 'US'),
  ],
  taxCodes: [
    { code: 'V0', description: 'Input tax 0 %', ratePercent: d('0') },
    { code: 'V1', description: 'Input tax 19 %', ratePercent: d('19') },
    { code: 'V2', description: 'Input tax 7 %', ratePercent: d('7') },
  ],
  paymentTerms: [
    terms('0001', 'Due immediately', 0, 0, '0'),
    terms('NT30', '30 days net', 30, 0, '0'),
    terms('NT60', '60 days net', 60, 0, '0'),
    terms('ZB14', '14 days 2 %, 30 net', 30, 14, '2'),
  ],
};

function plant(code: string, name: string, companyCode: string, country: string): Plant {
  const storageLocations = ['0001', '0002'];
  return { code, name, companyCode, country, storageLocations, negativeStockAllowed: false };
}

function terms(
  code: string,
  description: string,
  netDays: number,
  discountDays: number,
  discountPercent: string,
): PaymentTerms {
  return { code, description, netDays, discountDays, discountPercent: d(discountPercent) };
}

export const defaultErpSettings: ErpSettings = {
  organisation: defaultOrganisation,
  accounts: {
    BSX: '300000',
    WRX: '191100',
    PRD: '281000',
    GBB: '400000',
    VST: '154000',
    KBS: '160000',
    DIF: '282000',
    SKE: '276000',
    BNK: '113105',
    UPF: '231000',
    KDM: '230000',
    consumption: '400000',
    initialBalance: '399999',
    countDifference: '701000',
    bank: '113100',
  },
  houseBanks: ['BANK1', 'BANK2'],
  exchangeRates: [
    { from: 'EUR', to: 'USD', rate: d('1.08') },
    { from: 'EUR', to: 'GBP', rate: d('0.85') },
    { from: 'EUR', to: 'CHF', rate: d('0.95') },
    { from: 'EUR', to: 'JPY', rate: d('165') },
    { from: 'EUR', to: 'KWD', rate: d('0.33') },
    { from: 'EUR', to: 'PLN', rate: d('4.3') },
    { from: 'EUR', to: 'CZK', rate: d('25') },
    { from: 'EUR', to: 'SEK', rate: d('11.4') },
    { from: 'EUR', to: 'DKK', rate: d('7.46') },
    { from: 'USD', to: 'GBP', rate: d('0.79') },
    { from: 'USD', to: 'CHF', rate: d('0.88') },
    { from: 'USD', to: 'JPY', rate: d('152') },
    { from: 'USD', to: 'PLN', rate: d('3.98') },
  ],
  tolerances: {
    PP: { upper: limit('100', '2'), lower: limit('1000', '10') },
    DQ: { upper: limit('100', '2'), lower: limit('1000000') },
    DW: { upper: limit('0'), lower: limit('1000000') },
    LA: { upper: limit('0'), lower: limit('1000000') },
    BD: d('1'),
  },
  duplicateInvoiceCheck: 'error',
  periodsOpenByDefault: true,
};
