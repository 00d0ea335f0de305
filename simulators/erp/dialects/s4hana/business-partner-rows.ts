/** What the sets of the business partner service show of a supplier, and what a body changes of one. */
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { Supplier } from '../../../../domain/master-data.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { Value } from '../../../odata/model.ts';
import type { SupplierChange } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';
import { timeOf } from './material-document-rows.ts';

export type Fields = Readonly<Record<string, (row: Supplier) => Value>>;

const number = ({ number }: Supplier): Value => number;

export const partnerFields = ({ masterData, random }: ErpCore): Fields => {
  const { suppliers } = masterData;
  const changedAt = ({ number }: Supplier): string => timestamp(suppliers.entry(number)?.at ?? 0);
  const createdAt = ({ number }: Supplier): string => {
    let entry = suppliers.entry(number);
    while (entry?.previous !== undefined) entry = entry.previous;
    return timestamp(entry?.at ?? 0);
  };
  return {
    BusinessPartner: ({ number }) => number,
    Supplier: ({ number }) => number,
    BusinessPartnerCategory: () => '2',
    BusinessPartnerFullName: ({ name }) => name.slice(0, 81),
    BusinessPartnerGrouping: () => 'BP02',
    BusinessPartnerName: ({ name }) => name.slice(0, 81),
    BusinessPartnerUUID: ({ number }) => random.uuid('business-partner', number),
    CorrespondenceLanguage: () => 'EN',
    CreationDate: (supplier) => createdAt(supplier).slice(0, 10),
    CreationTime: (supplier) => timeOf(createdAt(supplier)),
    Language: () => 'EN',
    LastChangeDate: (supplier) => changedAt(supplier).slice(0, 10),
    LastChangeTime: (supplier) => timeOf(changedAt(supplier)),
    OrganizationBPName1: ({ name }) => name.slice(0, 40),
    OrganizationBPName2: ({ name }) => name.slice(40, 80),
    SearchTerm1: ({ name }) => name.slice(0, 20).toUpperCase(),
    BusinessPartnerIsBlocked: ({ blocked }) => blocked,
    NameCountry: ({ country }) => country,
  };
};

export const supplierFields = ({ masterData: { suppliers } }: ErpCore): Fields => ({
  Supplier: ({ number }) => number,
  SupplierAccountGroup: () => 'SUPL',
  SupplierName: ({ name }) => name.slice(0, 80),
  SupplierFullName: ({ name }) => name,
  VATRegistration: ({ taxNumber }) => taxNumber.slice(0, 20),
  TaxNumber1: ({ taxNumber }) => taxNumber.slice(0, 16),
  PaymentIsBlockedForSupplier: ({ blocked }) => blocked,
  PostingIsBlocked: ({ blocked }) => blocked,
  PurchasingIsBlocked: ({ blocked }) => blocked,
  CreationDate: ({ number }) => timestamp(suppliers.entry(number)?.at ?? 0).slice(0, 10),
});

export const roleFields: Fields = {
  BusinessPartner: number,
  BusinessPartnerRole: () => 'FLVN01',
};

export const bankFields: Fields = {
  BusinessPartner: number,
  BankIdentification: () => '0001',
  BankCountryKey: ({ country }) => country,
  BankAccountHolderName: ({ name }) => name.slice(0, 60),
  IBAN: ({ bankAccount }) => (/^[A-Z]{2}\d{2}/.test(bankAccount) ? bankAccount.slice(0, 34) : ''),
  BankAccount: ({ bankAccount }) => bankAccount.slice(-18),
};

export const taxNumberFields: Fields = {
  BusinessPartner: number,
  BPTaxType: ({ country }) => `${country}0`,
  BPTaxNumber: ({ taxNumber }) => taxNumber.slice(0, 20),
};

export const emailFields: Fields = {
  AddressID: number,
  Person: () => '',
  OrdinalNumber: () => '1',
  IsDefaultEmailAddress: () => true,
  EmailAddress: ({ email }) => email,
  SearchEmailAddress: ({ email }) => email.slice(0, 20).toUpperCase(),
};

export const nameOf = (values: Body['values']): string =>
  `${String(values['OrganizationBPName1'] ?? '')}${String(values['OrganizationBPName2'] ?? '')}`;

export function partnerChange({ values }: Body): SupplierChange {
  const { OrganizationBPName1: name, BusinessPartnerIsBlocked: blocked } = values;
  return {
    ...(name === undefined ? {} : { name: nameOf(values) }),
    ...(blocked === undefined ? {} : { blocked: blocked === true }),
  };
}

export const addressFields: Fields = {
  BusinessPartner: ({ number }) => number,
  AddressID: ({ number }) => number,
  FullName: ({ name }) => name.slice(0, 80),
  CityName: ({ city }) => city.slice(0, 40),
  Country: ({ country }) => country,
  PostalCode: ({ postalCode }) => postalCode.slice(0, 10),
  StreetName: ({ street }) => street.slice(0, 60),
  Language: () => 'EN',
};

export function addressChange({ values }: Body): SupplierChange {
  const { CityName: city, Country: country, PostalCode: postalCode, StreetName: street } = values;
  const house = values['HouseNumber'];
  const houseNumber = house === undefined || house === '' ? '' : ` ${String(house)}`;
  return {
    ...(city === undefined ? {} : { city: String(city) }),
    ...(country === undefined ? {} : { country: String(country) }),
    ...(postalCode === undefined ? {} : { postalCode: String(postalCode) }),
    ...(street === undefined ? {} : { street: `${String(street)}${houseNumber}` }),
  };
}
