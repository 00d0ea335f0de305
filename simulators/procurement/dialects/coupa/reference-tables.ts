/** Records that others refer to: users, units, currencies, addresses, accounts, payment terms. */
import { isCurrency } from '../../../../domain/currency.ts';
import type { PaymentTerms, Plant } from '../../../../domain/master-data.ts';
import type { AccountAssignment } from '../../../../domain/purchase-order.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import {
  type Table,
  type View,
  boolean,
  decimalValue,
  integer,
  one,
  string,
} from './attributes.ts';
import { type CoupaEndpoint } from './endpoint.ts';
import { codeId } from './identities.ts';
import { type Resource, listOf, showOf } from './resource.ts';
import { quantityText } from './wire-text.ts';

export const currencyTable: Table<string> = {
  keys: ['id', 'code'],
  attributes: { id: integer(codeId), code: string((code) => code) },
};

export const uomTable: Table<string> = {
  keys: ['id', 'code'],
  attributes: {
    id: integer(codeId),
    code: string((code) => code),
    name: string((code) => unitsOfMeasure.get(code)?.name ?? code),
    active: boolean(() => true),
  },
};

export const userTable: Table<string> = {
  keys: ['id', 'login'],
  attributes: {
    id: integer(codeId),
    login: string((login) => login),
    fullname: string((login) => login),
    active: boolean(() => true),
  },
};

export const countryTable: Table<string> = {
  keys: ['id', 'code'],
  attributes: { id: integer(codeId), code: string((code) => code) },
};

export const addressTable: Table<Plant> = {
  keys: ['id', 'name', 'location-code'],
  attributes: {
    id: integer(({ code }) => codeId(code)),
    name: string(({ name }) => name),
    'location-code': string(({ code }) => code),
    country: one(
      () => countryTable,
      ({ country }) => country,
    ),
    active: boolean(() => true),
  },
};

export const paymentTermTable: Table<PaymentTerms> = {
  keys: ['id', 'code'],
  attributes: {
    id: integer(({ code }) => codeId(code)),
    code: string(({ code }) => code),
    description: string(({ description }) => description),
    'days-for-net-payment': integer(({ netDays }) => netDays),
    'days-for-discount-payment': integer(({ discountDays }) => discountDays),
    'discount-rate': decimalValue(({ discountPercent }) => quantityText(discountPercent)),
    active: boolean(() => true),
  },
};

/** The account of a line: the company code, and where the cost goes when it is not stock. */
export interface Account {
  readonly companyCode: string;
  readonly assignment?: AccountAssignment | undefined;
}

const accountCode = ({ companyCode, assignment }: Account): string =>
  assignment === undefined
    ? companyCode
    : `${companyCode}-${assignment.glAccount}-${assignment.object}`;

const accountTypeTable: Table<string> = {
  keys: ['id', 'name'],
  attributes: { id: integer(codeId), name: string((code) => code) },
};

export const accountTable: Table<Account> = {
  keys: ['id', 'code'],
  attributes: {
    id: integer((account) => codeId(accountCode(account))),
    code: string(accountCode),
    name: string(accountCode),
    'segment-1': string(({ companyCode }) => companyCode),
    'segment-2': string(({ assignment }) => assignment?.glAccount),
    'segment-3': string(({ assignment }) => assignment?.object),
    'segment-4': string(({ assignment }) => assignment?.category),
    'account-type': one(
      () => accountTypeTable,
      ({ companyCode }) => companyCode,
    ),
  },
};

export const plantOf = (code: string, { core }: View): Plant | undefined =>
  core.settings.plants.find((each) => each.code === code);

export const termsOf = (code: string, { core }: View): PaymentTerms | undefined =>
  core.settings.paymentTerms.find((each) => each.code === code);

const currencies = 'AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HUF INR JPY MXN NOK PLN SEK SGD USD ZAR'
  .split(' ')
  .filter(isCurrency);

function readOnly<D>(
  name: string,
  [singular, plural]: readonly [string, string],
  object: string,
  table: Table<D>,
  all: (view: View) => readonly D[],
): CoupaEndpoint[] {
  const idOf = (row: D, view: View): number => {
    const id = table.attributes['id'];
    return id === undefined || id.kind === 'association' ? 0 : (id.read(row, view) as number);
  };
  const resource: Resource<D> = {
    name,
    singular,
    plural,
    object,
    table,
    idOf,
    byId: (id, view) => all(view).find((row) => idOf(row, view) === id),
    all: (view) => all(view).toSorted((a, b) => idOf(a, view) - idOf(b, view)),
  };
  return [listOf(resource), showOf(resource)];
}

const units = ({ core }: View): string[] => {
  const own = [...core.materials.documents.values()].flatMap((material) =>
    material.alternativeUnits.map(({ unit }) => unit),
  );
  return [...new Set([...unitsOfMeasure.keys(), ...own])];
};

/** What is there to be read and nothing else. */
export const referenceEndpoints: readonly CoupaEndpoint[] = [
  ...readOnly('uoms', ['Uom', 'Uoms'], 'core.uom', uomTable, units),
  ...readOnly(
    'currencies',
    ['Currency', 'Currencies'],
    'core.common',
    currencyTable,
    () => currencies,
  ),
  ...readOnly(
    'payment_terms',
    ['PaymentTerm', 'PaymentTerms'],
    'core.common',
    paymentTermTable,
    ({ core }) => core.settings.paymentTerms,
  ),
  ...readOnly(
    'addresses',
    ['Address', 'Addresses'],
    'core.common',
    addressTable,
    ({ core }) => core.settings.plants,
  ),
  ...readOnly('users', ['User', 'Users'], 'core.user', userTable, ({ core }) =>
    core.settings.approvers.map(({ approver }) => approver),
  ),
];
