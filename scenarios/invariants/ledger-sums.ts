/**
 * Sums over many posting lines, exactly and fast: amounts of up to six decimals add up as whole
 * numbers of millionths while they fit, and as decimals when they do not.
 */
import { type Decimal, add, decimal, isZero, sum, zero } from '../../domain/decimal.ts';

/** Beyond this, whole numbers of millionths are not exact any more. */
const limit = Number.MAX_SAFE_INTEGER / 16;

/** The decimal in millionths; `undefined` when it has more decimals or digits than fit. */
function millionths(value: Decimal): number | undefined {
  const point = value.indexOf('.');
  if (point < 0) return value.length > 8 ? undefined : Number(value) * 1_000_000;
  const decimals = value.length - point - 1;
  if (decimals > 6 || point > 8) return undefined;
  return Math.round(Number(value) * 1_000_000);
}

/** Debits minus credits of posting lines. */
export function balanceOf(lines: readonly { readonly amount: Decimal }[]): Decimal {
  let total = 0;
  for (const { amount } of lines) {
    const part = millionths(amount);
    if (part === undefined) return sum(lines.map((line) => line.amount));
    total += part;
  }
  if (total === 0) return zero;
  return Math.abs(total) < limit ? fromMillionths(total) : sum(lines.map((line) => line.amount));
}

/** The decimal of so many millionths. */
export function fromMillionths(value: number): Decimal {
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value)).padStart(7, '0');
  return decimal(`${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`);
}

/** A quantity as a number of millionths, for sums and comparisons of what people can count. */
export const asMillionths = (value: Decimal): number =>
  millionths(value) ?? Math.round(Number(value) * 1_000_000);

/** A running total that is cheap to add to. */
export class Total {
  #millionths = 0;
  #rest: Decimal = zero;

  add(value: Decimal, sign: 1 | -1 = 1): void {
    const part = millionths(value);
    if (part === undefined) this.#rest = add(this.#rest, signed(value, sign));
    else if (Math.abs(this.#millionths) > limit) {
      this.#rest = add(this.#rest, fromMillionths(this.#millionths));
      this.#millionths = part * sign;
    } else this.#millionths += part * sign;
  }

  get value(): Decimal {
    const whole = fromMillionths(this.#millionths);
    return isZero(this.#rest) ? whole : add(whole, this.#rest);
  }

  get isZero(): boolean {
    return this.#millionths === 0 ? isZero(this.#rest) : isZero(this.value);
  }
}

const signed = (value: Decimal, sign: 1 | -1): Decimal => {
  if (sign === 1) return value;
  return value.startsWith('-') ? (value.slice(1) as Decimal) : (`-${value}` as Decimal);
};

export { add, isZero, zero };
export type { Decimal };
