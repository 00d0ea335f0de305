/**
 * Records as XML, which Coupa speaks unless it is told otherwise: elements by the names of the
 * attributes, lists with `type="array"`, values with their type, nothing as `nil="true"`.
 */
import { xmlText } from '../../../xml/xml-text.ts';

/** What a record is called in XML where that is not the path's own word. */
const records: Readonly<Record<string, string>> = {
  purchase_orders: 'order-header',
  purchase_order_lines: 'order-line',
  purchase_order_changes: 'order-header-change',
  requisitions: 'requisition-header',
  invoices: 'invoice-header',
  receiving_transactions: 'inventory-transaction',
  inventory_transactions: 'inventory-transaction',
  'asn/headers': 'asn-header',
  'asn/lines': 'asn-line',
};

/** The name of a record of a resource, `order-header` for `purchase_orders`. */
export function recordName(resource: string): string {
  const first = resource.split('/')[0] ?? '';
  return records[resource] ?? records[first] ?? singular(first.replaceAll('_', '-'));
}

/** `order-line` of `order-lines`, `address` of `addresses`, `currency` of `currencies`. */
export function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`;
  if (/(?:ss|x|ch)es$/.test(name)) return name.slice(0, -2);
  return name.endsWith('s') && !name.endsWith('ss') ? name.slice(0, -1) : name;
}

export const plural = (name: string): string => {
  if (name.endsWith('y')) return `${name.slice(0, -1)}ies`;
  return /(?:ss|x|ch)$/.test(name) ? `${name}es` : `${name}s`;
};

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A record, or a list of records, of that name. */
export const xmlDocument = (value: unknown, name: string): string =>
  head + element(Array.isArray(value) ? plural(name) : name, value);

/** Refusals: what is wrong with each attribute, in words. */
export const xmlErrors = (errors: Readonly<Record<string, readonly string[]>>): string => {
  const messages = Object.entries(errors).flatMap(([field, all]) =>
    all.map((message) => (field === 'base' ? message : `${field}: ${message}`)),
  );
  return `${head}<errors>${messages.map((each) => `<error>${xmlText(each)}</error>`).join('')}</errors>`;
};

const datetime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;
const decimal = /^-?\d+\.\d+$/;

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return `<${name} nil="true"/>`;
  if (Array.isArray(value)) {
    const each = singular(name);
    return `<${name} type="array">${value.map((one) => element(each, one)).join('')}</${name}>`;
  }
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, inner]) => element(key, inner));
    return `<${name}>${members.join('')}</${name}>`;
  }
  const text = typeof value === 'string' ? value : String(value as number | boolean);
  const type = typeOf(value);
  if (text === '') return `<${name}/>`;
  return `<${name}${type === undefined ? '' : ` type="${type}"`}>${xmlText(text)}</${name}>`;
}

function typeOf(value: unknown): string | undefined {
  if (typeof value === 'number') return 'integer';
  if (typeof value === 'boolean') return 'boolean';
  if (datetime.test(String(value))) return 'datetime';
  return decimal.test(String(value)) ? 'decimal' : undefined;
}
