/** Currencies and their minor units (ISO 4217). */
import { type Decimal, decimalPlaces, round } from './decimal.ts';

/** Currencies whose minor unit is not two decimals; ISO 4217, table A.1. */
const minorUnits: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  TND: 3,
  VND: 0,
};

const known = new Set(
  (
    'AED AUD BGN BHD BRL CAD CHF CLP CNY CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JOD JPY KRW KWD ' +
    'MXN MYR NOK NZD OMR PHP PLN RON SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR'
  ).split(' '),
);

export const isCurrency = (code: string): boolean => known.has(code);

/** Decimal places of the currency: 2 unless ISO 4217 says otherwise. */
export const currencyDecimals = (code: string): number => minorUnits[code] ?? 2;

/** Rounds an amount commercially to the currency's minor unit. */
export const roundAmount = (amount: Decimal, currency: string): Decimal =>
  round(amount, currencyDecimals(currency));

/** Whether the amount can be paid in this currency, that is, has no more decimals than it. */
export const fitsCurrency = (amount: Decimal, currency: string): boolean =>
  decimalPlaces(amount) <= currencyDecimals(currency);
