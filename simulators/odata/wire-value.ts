/** Values of a body and of URL literals, read by the type of their property. */
import { parseDecimal } from '../../domain/decimal.ts';
import { readDate, readInstant } from './instants.ts';
import type { Property, Value } from './model.ts';
import { invalidValue } from './odata-refusal.ts';

const paddedNumber = /^0+(?=\d+$)/;

/** `00010` and `10` are one key; what is not a number stays. */
export const unpadded = (text: string): string =>
  text.charCodeAt(0) === 48 ? text.replace(paddedNumber, '') : text;

/** Reads a member of a JSON body. Throws 400 when it is no value of the property's type. */
export function readValue(property: Property, raw: unknown): Value {
  if (raw === null || raw === undefined) {
    if (property.isKey && raw === null) throw invalidValue(property.name, 'null');
    return undefined;
  }
  const value = readers[property.type](property, raw);
  if (value === undefined) throw invalidValue(property.name, textOf(raw));
  return value;
}

const textOf = (raw: unknown): string =>
  (typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '')).toWellFormed();

type Reader = (property: Property, raw: unknown) => Value;

const integer =
  (least: number, most: number): Reader =>
  (_property, raw) => {
    const value = typeof raw === 'string' && /^-?\d{1,10}$/.test(raw) ? Number(raw) : raw;
    if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
    return value >= least && value <= most ? value : undefined;
  };

const readers: Readonly<Record<Property['type'], Reader>> = {
  'Edm.String': ({ maxLength, alpha }, raw) => {
    if (typeof raw !== 'string') return undefined;
    const text = alpha ? unpadded(raw) : raw;
    return maxLength !== undefined && text.length > maxLength ? undefined : text;
  },
  'Edm.Boolean': (_property, raw) => (typeof raw === 'boolean' ? raw : undefined),
  'Edm.Decimal': readDecimal,
  'Edm.DateTime': (_property, raw) => (typeof raw === 'string' ? readDate(raw) : undefined),
  'Edm.DateTimeOffset': (_property, raw) =>
    typeof raw === 'string' ? readInstant(raw) : undefined,
  'Edm.Time': (_property, raw) =>
    typeof raw === 'string' && /^PT(?:\d{1,2}H)?(?:\d{1,2}M)?(?:\d{1,2}(?:\.\d{1,7})?S)?$/.test(raw)
      ? raw
      : undefined,
  'Edm.Guid': (_property, raw) =>
    typeof raw === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(raw)
      ? raw.toLowerCase()
      : undefined,
  'Edm.Byte': integer(0, 255),
  'Edm.Int16': integer(-32_768, 32_767),
  'Edm.Int32': integer(-2_147_483_648, 2_147_483_647),
  'Edm.Double': (_property, raw) => {
    const text = typeof raw === 'number' ? String(raw) : raw;
    return typeof text === 'string' && /^-?\d{1,17}(?:\.\d{1,17})?(?:[eE][+-]?\d{1,3})?$/.test(text)
      ? text
      : undefined;
  },
};

function readDecimal({ precision = 13, scale = 3 }: Property, raw: unknown): Value {
  const value = parseDecimal(typeof raw === 'string' && raw.startsWith('+') ? raw.slice(1) : raw);
  if (value === undefined) return undefined;
  const point = value.indexOf('.');
  const whole = (point < 0 ? value.length : point) - (value.startsWith('-') ? 1 : 0);
  const decimals = point < 0 ? 0 : value.length - point - 1;
  return decimals > scale || whole > precision - scale ? undefined : value;
}
