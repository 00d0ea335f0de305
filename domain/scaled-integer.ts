/**
 * Decimals as integers of a smaller unit, for as long as a double holds them exactly. The short way
 * of decimal.ts: most amounts have few digits, and whole numbers are added in no time.
 */

/** 10^0 to 10^22, each of which a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, places) => Number(`1e${places}`));

/** `text` × 10^`places`, which must be a whole number; `NaN` when a double does not hold it exactly. */
export function scaledInteger(text: string, places: number): number {
  const point = text.indexOf('.');
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
  const missing = point < 0 ? places : places - (text.length - point - 1);
  const integer = Number(digits) * (powers[missing] ?? Number.NaN);
  // Nothing beyond 2^53 is rounded to below it, so what is safe here is what was written.
  return Number.isSafeInteger(integer) ? integer : Number.NaN;
}

/** Canonical text of `integer` / 10^`places`; `undefined` when the integer is not an exact one. */
export function scaledText(integer: number, places: number): string | undefined {
  if (!Number.isSafeInteger(integer)) return undefined;
  if (places === 0 || integer === 0) return String(integer);
  const digits = String(Math.abs(integer)).padStart(places + 1, '0');
  const point = digits.length - places;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === zeroDigit) end--;
  const fraction = end > point ? `.${digits.slice(point, end)}` : '';
  return `${integer < 0 ? '-' : ''}${digits.slice(0, point)}${fraction}`;
}

const zeroDigit = '0'.charCodeAt(0);

/** `integer` / 10^`places`, rounded half away from zero to a whole number. */
export function scaledRound(integer: number, places: number): number {
  const unit = powers[places] ?? Number.NaN;
  const rest = integer % unit;
  const whole = (integer - rest) / unit;
  return 2 * Math.abs(rest) < unit ? whole : whole + Math.sign(rest);
}
