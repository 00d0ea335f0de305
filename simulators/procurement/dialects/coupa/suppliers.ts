/** Suppliers: the ERP's, as the suite shows them and takes them in. */
import type { Supplier } from '../../../../domain/master-data.ts';
import {
  type Table,
  type View,
  createdAt,
  datetime,
  integer,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { type Body, given } from './body.ts';
import { invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { countryTable, currencyTable, paymentTermTable, termsOf } from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { timeText } from './wire-text.ts';

const contactTable: Table<Supplier> = {
  keys: ['email'],
  attributes: { email: string(({ email }) => email) },
};

const addressTable: Table<Supplier> = {
  keys: ['street1', 'city', 'postal-code'],
  attributes: {
    street1: string(({ street }) => street),
    city: string(({ city }) => city),
    'postal-code': string(({ postalCode }) => postalCode),
    country: one(
      () => countryTable,
      ({ country }) => country,
    ),
  },
};

const customFields: Table<Supplier> = {
  keys: [],
  attributes: { 'bank-account': string(({ bankAccount }) => bankAccount) },
};

const idOf = ({ number }: Supplier, { ids }: View): number => ids.idOf('Supplier', number);

export const supplierTable: Table<Supplier> = {
  keys: ['id', 'name', 'number'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ number }, { core }) =>
      timeText(createdAt(core.suppliers.documents, number)),
    ),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.suppliers.documents, number)),
    ),
    name: string(({ name }) => name),
    'display-name': string(({ name }) => name),
    number: string(({ number }) => number),
    status: string(({ blocked }) => (blocked ? 'inactive' : 'active')),
    'tax-id': string(({ taxNumber }) => taxNumber),
    'primary-contact': one(
      () => contactTable,
      (supplier) => supplier,
    ),
    'primary-address': one(
      () => addressTable,
      (supplier) => supplier,
    ),
    'payment-term': one(
      () => paymentTermTable,
      ({ paymentTerms }, view) => termsOf(paymentTerms, view),
    ),
    currency: one(
      () => currencyTable,
      ({ currency }) => currency,
    ),
    'custom-fields': one(
      () => customFields,
      (supplier) => supplier,
    ),
  },
};

const rows = (number: string, { core }: View): Supplier[] => {
  const supplier = core.suppliers.documents.get(number);
  return supplier === undefined ? [] : [supplier];
};

const suppliers: Resource<Supplier> = {
  name: 'suppliers',
  singular: 'Supplier',
  plural: 'Suppliers',
  object: 'core.supplier',
  table: supplierTable,
  idOf,
  byId: (id, view) => rows(view.ids.numberOf('Supplier', id) ?? '', view)[0],
  all: (view) => rowsOfAll('Supplier', rows, view),
  documents: { kind: 'Supplier', rows },
  indexed: { number: rows },
  keyOf: ({ number }) => number,
  keyFilters: ['number'],
};

/** The supplier that an association names by number, id or name. Throws 400 when there is none. */
export function supplierIn(
  body: Body,
  name: string,
  { view, core }: Pick<Call, 'view' | 'core'>,
): Supplier | undefined {
  const named = body.object(name);
  if (named === undefined) return undefined;
  const keys = given({
    id: named.integer('id')?.toString(),
    number: named.text('number'),
    name: named.text('name'),
  });
  const { documents } = core.suppliers;
  const number =
    keys.number ??
    (keys.id === undefined ? undefined : view.ids.numberOf('Supplier', Number(keys.id)));
  const found =
    number === undefined
      ? keys.name === undefined
        ? undefined
        : [...documents.values()].find((each) => each.name === keys.name)
      : documents.get(number);
  if (found !== undefined) return found;
  throw noAssociation('Supplier', body.at(name), keys as Record<string, string>, [
    'id',
    'name',
    'number',
  ]);
}

/** The attributes that a body names, in the core's words. */
function changes(body: Body): Partial<Supplier> {
  const address = body.object('primary-address');
  const status = body.text('status', 40);
  if (status !== undefined && status !== 'active' && status !== 'inactive') {
    throw invalid('invalid-status', 'must be one of active, inactive', body.at('status'));
  }
  const country = address?.object('country')?.text('code', 2);
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw invalid('invalid-country', 'is not a country code', 'primary-address.country');
  }
  return given({
    name: body.text('name', 120),
    blocked: status === undefined ? undefined : status === 'inactive',
    country,
    street: address?.text('street1', 120),
    city: address?.text('city', 80),
    postalCode: address?.text('postal-code', 20),
    email: body.object('primary-contact')?.text('email', 254),
    taxNumber: body.text('tax-id', 40),
    currency: body.object('currency')?.text('code', 3),
    paymentTerms: body.object('payment-term')?.key('code', 8),
    bankAccount: body.object('custom-fields')?.text('bank-account', 40),
  });
}

function create({ body, core, context }: Call): Supplier {
  const number = body.required('number', body.key('number', 10));
  const name = body.required('name', body.text('name', 120));
  if (core.suppliers.documents.has(number)) {
    throw invalid('duplicate', 'has already been taken', 'number');
  }
  const [company] = core.settings.companyCodes;
  const [terms] = core.settings.paymentTerms;
  const usual = {
    country: company?.country ?? 'DE',
    currency: company?.currency ?? 'EUR',
    paymentTerms: terms?.code ?? '',
    blocked: false,
  };
  const blank = { city: '', street: '', postalCode: '', email: '', taxNumber: '', bankAccount: '' };
  return core.suppliers.upsert({ ...blank, ...usual, ...changes(body), number, name }, context);
}

export const supplierEndpoints: readonly CoupaEndpoint[] = [
  listOf(suppliers),
  showOf(suppliers),
  createOf(suppliers, {
    operation: 'createSupplier',
    key: ({ text }) => text('number'),
    run: create,
  }),
  changeOf(suppliers, {
    operation: 'updateSupplier',
    run: (supplier, { body, core, context }) => {
      const changed = { ...supplier, ...changes(body) };
      // Saying what is so already makes no version.
      if (JSON.stringify(changed) === JSON.stringify(supplier)) return supplier;
      return core.suppliers.upsert(changed, context);
    },
  }),
];
