/** JSON text of single values, without building objects first: most of what is answered is constant. */
import { type Decimal, format } from '../../domain/decimal.ts';
import { dateJson, instantJson } from './instants.ts';
import type { EdmType, Property, Value } from './model.ts';

/** A string as JSON; the common case needs no escape. */
export function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Quote, backslash, control characters, and everything that may be half a surrogate pair.
    if (code < 32 || code === 34 || code === 92 || code > 126) return JSON.stringify(text);
  }
  return `"${text}"`;
}

/**
 * The same text, but no longer as the tree of what it was added up from, which would be walked again
 * with every answer that it becomes a part of.
 */
export const ofOnePiece = (text: string): string => Buffer.from(text).toString();

const noughts = '0'.repeat(20);

/** A decimal with exactly `places` decimals: `12` with 3 is `12.000`. */
export function fixed(value: string, places: number): string {
  const point = value.indexOf('.');
  if (point < 0) return places === 0 ? value : `${value}.${noughts.slice(0, places)}`;
  const missing = places - (value.length - point - 1);
  if (missing === 0) return value;
  return missing > 0 ? value + noughts.slice(0, missing) : format(value as Decimal, places);
}

const initial: Readonly<Record<EdmType, string>> = {
  'Edm.String': '""',
  'Edm.Boolean': 'false',
  'Edm.Decimal': '"0"',
  'Edm.DateTime': 'null',
  'Edm.DateTimeOffset': 'null',
  'Edm.Time': '"PT00H00M00S"',
  'Edm.Guid': '"00000000-0000-0000-0000-000000000000"',
  'Edm.Byte': '0',
  'Edm.Int16': '0',
  'Edm.Int32': '0',
  'Edm.Double': '"0.0000000000000000E+00"',
};

/** Decimals that an empty number is shown with: two for an amount, else the property's own. */
const initialPlaces = ({ name, scale = 0 }: Property): number =>
  scale === 3 && /Amount|Price/.test(name) ? 2 : scale;

/** What a property shows when nothing is stored for it. */
export const initialJson = (property: Property): string =>
  property.type === 'Edm.Decimal'
    ? `"${fixed('0', initialPlaces(property))}"`
    : initial[property.type];

/** What a filter compares when nothing is stored. */
export function initialValue(property: Property): Value {
  const { type } = property;
  if (type === 'Edm.DateTime' || type === 'Edm.DateTimeOffset') return undefined;
  const value: unknown = JSON.parse(initialJson(property));
  return value as Value;
}

/** How a property's value is written; takes values as documents hold them. */
export function jsonWriter(property: Property): (value: Value) => string {
  const empty = initialJson(property);
  const { type } = property;
  if (type === 'Edm.DateTime') {
    return (value) => (value === undefined || value === '' ? 'null' : dateJson(value as string));
  }
  if (type === 'Edm.DateTimeOffset') {
    return (value) => (value === undefined || value === '' ? 'null' : instantJson(value as string));
  }
  if (type === 'Edm.Boolean') return (value) => (value === true ? 'true' : 'false');
  if (type === 'Edm.Byte' || type === 'Edm.Int16' || type === 'Edm.Int32') {
    return (value) => (value === undefined ? empty : String(value));
  }
  return (value) => (value === undefined ? empty : quoted(String(value)));
}
