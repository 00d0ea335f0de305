/** Fixed exchange rates: from a document's currency into the currency of the ledger. */
import { currencyDecimals, roundAmount } from '../../domain/currency.ts';
import { type Decimal, divide, multiply } from '../../domain/decimal.ts';
import { refuse } from './refuse.ts';
import type { ExchangeRate } from './settings.ts';

export class Exchange {
  readonly #rates: ReadonlyMap<string, Decimal>;

  constructor(rates: readonly ExchangeRate[]) {
    this.#rates = new Map(rates.map(({ from, to, rate }) => [`${from}/${to}`, rate]));
  }

  /** Refuses when no rate leads from one currency to the other. */
  check(from: string, to: string, field = 'currency'): void {
    if (from === to || this.#rates.has(`${from}/${to}`) || this.#rates.has(`${to}/${from}`)) return;
    refuse('invalid', 'no-exchange-rate', `No exchange rate from ${from} to ${to}.`, field);
  }

  /** The amount in the other currency, rounded to its minor unit. */
  convert(amount: Decimal, from: string, to: string): Decimal {
    if (from === to) return amount;
    const direct = this.#rates.get(`${from}/${to}`);
    if (direct !== undefined) return roundAmount(multiply(amount, direct), to);
    const inverse = this.#rates.get(`${to}/${from}`);
    if (inverse !== undefined) return divide(amount, inverse, currencyDecimals(to));
    return refuse('invalid', 'no-exchange-rate', `No exchange rate from ${from} to ${to}.`);
  }
}
