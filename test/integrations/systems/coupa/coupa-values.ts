/** Coupa's values and the rules': dates without midnights, decimals without trailing zeros. */

/** `10.50` -> `10.5`, `10.0` -> `10`. */
export const plainDecimal = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;

/** Credit notes count below zero in Coupa, and above it everywhere else. */
export const unsigned = (text: string): string => plainDecimal(text.replace(/^-/, ''));

/** The date of a midnight. */
export const dateOf = (text: string | null | undefined): string | undefined => text?.slice(0, 10);

/** `2026-11-21T09:00:00+00:00` -> `2026-11-21T09:00:00Z`. */
export const instantOf = (text: string): string => text.replace('+00:00', 'Z');

/** Leaves out what is not there. */
export const present = (fields: Record<string, unknown>): Record<string, any> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );

/** Whether a record says all that is wanted of it, decimals by value. */
export function covers(known: any, wanted: any): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(known) &&
      known.length === wanted.length &&
      wanted.every((each, index) => covers(known[index], each))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return Object.entries(wanted).every(([name, value]) => covers(known?.[name], value));
  }
  if (known === wanted) return true;
  const isDecimal = /^-?\d+(\.\d+)?$/;
  return (
    typeof known === 'string' &&
    typeof wanted === 'string' &&
    isDecimal.test(known) &&
    isDecimal.test(wanted) &&
    plainDecimal(known) === plainDecimal(wanted)
  );
}
