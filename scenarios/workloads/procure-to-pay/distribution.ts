/**
 * Distributions by their quantile functions: a uniform draw goes in, a value comes out. Monotone, so
 * that whatever caps the draw caps the value, and shaped by the quantiles that were published.
 */

/** A share in [0, 1] and the value that this share of the draws stays below. */
export type Anchor = readonly [share: number, value: number];

/**
 * The quantile function through the anchors (ascending, first share 0, last 1): geometric between
 * positive values, straight where one is not.
 */
export function quantileFunction(anchors: readonly Anchor[]): (draw: number) => number {
  return (draw) => {
    let i = 1;
    while (i < anchors.length - 1 && draw >= (anchors[i] as Anchor)[0]) i++;
    const [from, low] = anchors[i - 1] as Anchor;
    const [to, high] = anchors[i] as Anchor;
    const part = (draw - from) / (to - from);
    return low > 0 ? low * (high / low) ** part : low + (high - low) * part;
  };
}

/** Whole numbers from 1 with P(n or more) = n^-exponent, none above `most`. */
export const zetaTail = (draw: number, exponent: number, most: number): number =>
  Math.min(most, Math.floor((1 - draw) ** (-1 / exponent)));

/**
 * A rank in [0, 1) by Zipf and Mandelbrot's law, whose shape does not depend on how many ranks there
 * are: density proportional to (rank + flatness)^-steepness.
 */
export function mandelbrotRank(draw: number, steepness: number, flatness: number): number {
  const power = 1 - steepness;
  const head = flatness ** power;
  const whole = head - (1 + flatness) ** power;
  return (head - draw * whole) ** (1 / power) - flatness;
}
