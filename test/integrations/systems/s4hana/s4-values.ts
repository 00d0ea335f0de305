/** The vendor's values and the rules': epoch dates, fixed decimals, units of its own. */

const toVendor: Readonly<Record<string, string>> = {
  C62: 'PC',
  DZN: 'DZ',
  KGM: 'KG',
  GRM: 'G',
  TNE: 'TO',
  LBR: 'LB',
  LTR: 'L',
  MLT: 'ML',
  MTR: 'M',
  YRD: 'YD',
  MTK: 'M2',
  HUR: 'H',
};
const fromVendor = new Map(Object.entries(toVendor).map(([ours, theirs]) => [theirs, ours]));

export const vendorUnit = (unit: string): string => toVendor[unit] ?? unit;
export const unitOf = (unit: string): string => fromVendor.get(unit) ?? unit;

/** `10.000` -> `10` */
export const plainDecimal = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;

/** Milliseconds of `/Date(1795219200000)/`, with or without an offset. */
export const msOf = (date: string | null): number =>
  Number(/\d+/.exec(date ?? '')?.[0] ?? Number.NaN);

/** Of a date and a time `PT13H52M33S`. */
export function msOfBoth(date: string | null, time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = (time.match(/\d+/g) ?? []).map(Number);
  return msOf(date) + ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Of `20261121101500.1230000`. */
export function msOfText(text: string): number {
  const [, y, month, d, h, m, s, ms] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{3})/.exec(text) ?? [];
  return Date.parse(`${y}-${month}-${d}T${h}:${m}:${s}.${ms}Z`);
}

/** The same the other way, to filter by. */
export const textOfMs = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}.0000000`;

export const dateTime = (date: string): string => `${date}T00:00:00`;

/** The date of `/Date(1795219200000)/`. */
export const dateOf = (date: string | null): string => isoOf(msOf(date)).slice(0, 10);

export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** Leaves out what is not there. */
export const present = (fields: Record<string, unknown>): Record<string, any> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
