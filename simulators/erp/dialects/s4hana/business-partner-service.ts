/**
 * API_BUSINESS_PARTNER, the supplier side: partner, address, role, bank, tax number, and the supplier's
 * company code and purchasing organisation. All of them show one supplier of the core.
 */
import type { Supplier } from '../../../../domain/master-data.ts';
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import type { ServiceModel, Value } from '../../../odata/model.ts';
import type { SupplierChange } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';
import { businessPartnerFields } from './fields/business-partner-fields.ts';
import { timeOf } from './material-document-rows.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';

export const businessPartnerModel = (): ServiceModel =>
  serviceModel('API_BUSINESS_PARTNER', businessPartnerFields);

export const businessPartnerService = (model: ServiceModel, around: Surroundings): Service =>
  new BusinessPartnerService(model, around).service();

type Fields = Readonly<Record<string, (row: Supplier) => Value>>;

interface CompanyRow {
  readonly supplier: Supplier;
  readonly code: string;
}

const one = (supplier: Supplier): readonly Supplier[] => [supplier];

class BusinessPartnerService {
  readonly #model: ServiceModel;
  readonly #around: Surroundings;

  constructor(model: ServiceModel, around: Surroundings) {
    this.#model = model;
    this.#around = around;
  }

  service(): Service {
    const sets = [...this.#partners(), this.#suppliers(), ...this.#perCompany()];
    return service(this.#model, sets, {}, this.#around.pageSize);
  }

  get #core(): ErpCore {
    return this.#around.core;
  }

  #rows({ equals }: Hints, keyName: string): Iterable<Supplier> {
    const { suppliers } = this.#core.masterData;
    const numbers = equals.get(keyName) ?? equals.get('Supplier');
    return numbers?.toSorted().flatMap((each) => suppliers.get(each) ?? []) ?? suppliers.values();
  }

  /** Sets whose one row a supplier is the supplier itself. */
  #plain(
    set: string,
    keyName: string,
    fields: Fields,
    more: Partial<EntitySet<Supplier>> = {},
  ): EntitySet {
    const keys = typeOf(this.#model, set).keys.map(({ name }) => name);
    return erased<Supplier>({
      type: typeOf(this.#model, set),
      fields,
      find: (key) => {
        const supplier = this.#core.masterData.suppliers.get(key[keyName] ?? '');
        const isIt =
          supplier && keys.every((name) => String(fields[name]?.(supplier) ?? '') === key[name]);
        return isIt ? supplier : undefined;
      },
      rows: (hints) => this.#rows(hints, keyName),
      ...more,
    });
  }

  #partners(): EntitySet[] {
    const number = ({ number }: Supplier): Value => number;
    const change = (supplier: Supplier, values: SupplierChange, context: Context): void => {
      this.#core.masterData.changeSupplier(supplier.number, values, context);
    };
    return [
      this.#plain('A_BusinessPartner', 'BusinessPartner', this.#partnerFields(), {
        navigations: {
          to_BusinessPartnerAddress: one,
          to_BusinessPartnerRole: one,
          to_BusinessPartnerBank: one,
          to_BusinessPartnerTax: one,
          to_Supplier: one,
        },
        create: (body, context) => this.#create(body, context),
        update: (supplier, body, context) => change(supplier, partnerChange(body), context),
      }),
      this.#plain('A_BusinessPartnerAddress', 'BusinessPartner', addressFields, {
        navigations: { to_EmailAddress: one },
        update: (supplier, body, context) => change(supplier, addressChange(body), context),
      }),
      this.#plain('A_BusinessPartnerRole', 'BusinessPartner', {
        BusinessPartner: number,
        BusinessPartnerRole: () => 'FLVN01',
      }),
      this.#plain('A_BusinessPartnerBank', 'BusinessPartner', {
        BusinessPartner: number,
        BankIdentification: () => '0001',
        BankCountryKey: ({ country }) => country,
        BankAccountHolderName: ({ name }) => name.slice(0, 60),
        IBAN: ({ bankAccount }) =>
          /^[A-Z]{2}\d{2}/.test(bankAccount) ? bankAccount.slice(0, 34) : '',
        BankAccount: ({ bankAccount }) => bankAccount.slice(-18),
      }),
      this.#plain('A_BusinessPartnerTaxNumber', 'BusinessPartner', {
        BusinessPartner: number,
        BPTaxType: ({ country }) => `${country}0`,
        BPTaxNumber: ({ taxNumber }) => taxNumber.slice(0, 20),
      }),
      this.#plain('A_AddressEmailAddress', 'AddressID', {
        AddressID: number,
        Person: () => '',
        OrdinalNumber: () => '1',
        IsDefaultEmailAddress: () => true,
        EmailAddress: ({ email }) => email,
        SearchEmailAddress: ({ email }) => email.slice(0, 20).toUpperCase(),
      }),
    ];
  }

  #partnerFields(): Fields {
    const { suppliers } = this.#core.masterData;
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
      BusinessPartnerUUID: ({ number }) => this.#core.random.uuid('business-partner', number),
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
  }

  #suppliers(): EntitySet {
    const { suppliers } = this.#core.masterData;
    const fields: Fields = {
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
    };
    return this.#plain('A_Supplier', 'Supplier', fields, {
      navigations: {
        to_SupplierCompany: (supplier) => this.#companies(supplier),
        to_SupplierPurchasingOrg: (supplier) => this.#companies(supplier),
      },
      update: (supplier, { values }, context) => {
        const blocked =
          values['PurchasingIsBlocked'] ??
          values['PostingIsBlocked'] ??
          values['PaymentIsBlockedForSupplier'];
        const change = blocked === undefined ? {} : { blocked: blocked === true };
        this.#core.masterData.changeSupplier(supplier.number, change, context);
      },
    });
  }

  #companies(supplier: Supplier): CompanyRow[] {
    return [...this.#core.masterData.companyCodes.values()].map(({ code }) => ({ supplier, code }));
  }

  #perCompany(): EntitySet[] {
    const shared = {
      Supplier: ({ supplier }: CompanyRow) => supplier.number,
      PaymentTerms: ({ supplier }: CompanyRow) => supplier.paymentTerms,
      SupplierAccountGroup: () => 'SUPL',
    };
    const setOf = (
      set: string,
      codeName: string,
      fields: EntitySet<CompanyRow>['fields'],
    ): EntitySet => {
      const rowsOf = (suppliers: Iterable<Supplier>) =>
        [...suppliers].flatMap((each) => this.#companies(each));
      return erased<CompanyRow>({
        type: typeOf(this.#model, set),
        fields: { ...shared, ...fields },
        find: (key) => {
          const supplier = this.#core.masterData.suppliers.get(key['Supplier'] ?? '');
          const rows = supplier === undefined ? [] : this.#companies(supplier);
          return rows.find(({ code }) => code === key[codeName]);
        },
        rows: (hints) => rowsOf(this.#rows(hints, 'Supplier')),
        update: ({ supplier }, { values }, context) => {
          const terms = values['PaymentTerms'];
          const currency = values['PurchaseOrderCurrency'];
          const change = {
            ...(terms === undefined ? {} : { paymentTerms: String(terms) }),
            ...(currency === undefined ? {} : { currency: String(currency) }),
          };
          this.#core.masterData.changeSupplier(supplier.number, change, context);
        },
      });
    };
    return [
      setOf('A_SupplierCompany', 'CompanyCode', {
        CompanyCode: ({ code }) => code,
        CompanyCodeName: ({ code }) =>
          this.#core.masterData.companyCodes.get(code)?.name.slice(0, 25) ?? '',
        PaymentMethodsList: () => 'T',
        ReconciliationAccount: () => this.#core.settings.accounts.KBS,
        IsToBeCheckedForDuplicates: () => true,
      }),
      setOf('A_SupplierPurchasingOrg', 'PurchasingOrganization', {
        PurchasingOrganization: ({ code }) => code,
        PurchaseOrderCurrency: ({ supplier }) => supplier.currency,
        PurchasingIsBlockedForSupplier: ({ supplier }) => supplier.blocked,
      }),
    ];
  }

  /** A partner with its address, bank and tax number in one request; what is missing is empty. */
  #create(body: Body, context: Context): Supplier {
    const { nested, values } = body;
    const { masterData, store } = this.#core;
    const given = String(values['BusinessPartner'] ?? '');
    const number = given === '' ? String(store.nextNumber('BusinessPartner', 10_900_001)) : given;
    const text = (navigation: string, member: string): string =>
      String(nested[navigation]?.[0]?.values[member] ?? '');
    const address = nested['to_BusinessPartnerAddress']?.[0];
    const supplier = nested['to_Supplier']?.[0];
    const company = supplier?.nested['to_SupplierCompany']?.[0]?.values;
    const purchasing = supplier?.nested['to_SupplierPurchasingOrg']?.[0]?.values;
    return masterData.createSupplier(
      {
        number,
        name: nameOf(values),
        country: '',
        city: '',
        street: '',
        postalCode: '',
        ...(address === undefined ? {} : addressChange(address)),
        email: String(address?.nested['to_EmailAddress']?.[0]?.values['EmailAddress'] ?? ''),
        taxNumber: text('to_BusinessPartnerTax', 'BPTaxNumber'),
        currency: String(purchasing?.['PurchaseOrderCurrency'] ?? 'EUR'),
        paymentTerms: String(company?.['PaymentTerms'] ?? purchasing?.['PaymentTerms'] ?? 'NT30'),
        bankAccount:
          text('to_BusinessPartnerBank', 'IBAN') || text('to_BusinessPartnerBank', 'BankAccount'),
        blocked: values['BusinessPartnerIsBlocked'] === true,
      },
      context,
    );
  }
}

const nameOf = (values: Body['values']): string =>
  `${String(values['OrganizationBPName1'] ?? '')}${String(values['OrganizationBPName2'] ?? '')}`;

function partnerChange({ values }: Body): SupplierChange {
  const { OrganizationBPName1: name, BusinessPartnerIsBlocked: blocked } = values;
  return {
    ...(name === undefined ? {} : { name: nameOf(values) }),
    ...(blocked === undefined ? {} : { blocked: blocked === true }),
  };
}

const addressFields: Fields = {
  BusinessPartner: ({ number }) => number,
  AddressID: ({ number }) => number,
  FullName: ({ name }) => name.slice(0, 80),
  CityName: ({ city }) => city.slice(0, 40),
  Country: ({ country }) => country,
  PostalCode: ({ postalCode }) => postalCode.slice(0, 10),
  StreetName: ({ street }) => street.slice(0, 60),
  Language: () => 'EN',
};

function addressChange({ values }: Body): SupplierChange {
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
