/** Tolerances with an absolute and a percentage limit, up and down, as invoice verification keys have. */
import { type Decimal, absolute, isGreater, isNegative, percentOf, subtract } from './decimal.ts';

/** One side of a tolerance. A missing limit does not check; a difference must keep every limit given. */
export interface ToleranceLimit {
  readonly absolute?: Decimal;
  readonly percent?: Decimal;
}

export interface Tolerance {
  readonly upper: ToleranceLimit;
  readonly lower: ToleranceLimit;
}

export const exact: Tolerance = {
  upper: { absolute: '0' as Decimal },
  lower: { absolute: '0' as Decimal },
};

/** Whether `actual` lies within the tolerance around `expected`; a difference on the limit is within. */
export function withinTolerance(expected: Decimal, actual: Decimal, tolerance: Tolerance): boolean {
  const difference = subtract(actual, expected);
  const limit = isNegative(difference) ? tolerance.lower : tolerance.upper;
  const size = absolute(difference);
  if (limit.absolute !== undefined && isGreater(size, limit.absolute)) return false;
  return (
    limit.percent === undefined || !isGreater(size, percentOf(absolute(expected), limit.percent))
  );
}
