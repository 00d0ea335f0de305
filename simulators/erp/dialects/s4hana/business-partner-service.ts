/**
 * API_BUSINESS_PARTNER, the supplier side: partner, address, role, bank, tax number, and the supplier's
 * company code and purchasing organisation. All of them show one supplier of the core.
 */
import type { Supplier } from '../../../../domain/master-data.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { SupplierChange } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';
import { businessPartnerFields } from './fields/business-partner-fields.ts';
import {
  type Fields,
  addressChange,
  addressFields,
  bankFields,
  emailFields,
  nameOf,
  partnerChange,
  partnerFields,
  roleFields,
  supplierFields,
  taxNumberFields,
} from './business-partner-rows.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';

export const businessPartnerModel = (): ServiceModel =>
  serviceModel('API_BUSINESS_PARTNER', businessPartnerFields);

export const businessPartnerService = (model: ServiceModel, around: Surroundings): Service =>
  new BusinessPartnerService(model, around).service();

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
    const change = (supplier: Supplier, values: SupplierChange, context: Context): void => {
      this.#core.masterData.changeSupplier(supplier.number, values, context);
    };
    return [
      this.#plain('A_BusinessPartner', 'BusinessPartner', partnerFields(this.#core), {
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
      this.#plain('A_BusinessPartnerRole', 'BusinessPartner', roleFields),
      this.#plain('A_BusinessPartnerBank', 'BusinessPartner', bankFields),
      this.#plain('A_BusinessPartnerTaxNumber', 'BusinessPartner', taxNumberFields),
      this.#plain('A_AddressEmailAddress', 'AddressID', emailFields),
    ];
  }

  #suppliers(): EntitySet {
    return this.#plain('A_Supplier', 'Supplier', supplierFields(this.#core), {
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
    const { masterData, settings } = this.#core;
    return [
      this.#company('A_SupplierCompany', 'CompanyCode', {
        CompanyCode: ({ code }) => code,
        CompanyCodeName: ({ code }) => masterData.companyCodes.get(code)?.name.slice(0, 25) ?? '',
        PaymentMethodsList: () => 'T',
        ReconciliationAccount: () => settings.accounts.KBS,
        IsToBeCheckedForDuplicates: () => true,
      }),
      this.#company('A_SupplierPurchasingOrg', 'PurchasingOrganization', {
        PurchasingOrganization: ({ code }) => code,
        PurchaseOrderCurrency: ({ supplier }) => supplier.currency,
        PurchasingIsBlockedForSupplier: ({ supplier }) => supplier.blocked,
      }),
    ];
  }

  #company(set: string, codeName: string, fields: EntitySet<CompanyRow>['fields']): EntitySet {
    const { masterData } = this.#core;
    return erased<CompanyRow>({
      type: typeOf(this.#model, set),
      fields: {
        Supplier: ({ supplier }) => supplier.number,
        PaymentTerms: ({ supplier }) => supplier.paymentTerms,
        SupplierAccountGroup: () => 'SUPL',
        ...fields,
      },
      find: (key) => {
        const supplier = masterData.suppliers.get(key['Supplier'] ?? '');
        const rows = supplier === undefined ? [] : this.#companies(supplier);
        return rows.find(({ code }) => code === key[codeName]);
      },
      rows: (hints) => [...this.#rows(hints, 'Supplier')].flatMap((each) => this.#companies(each)),
      update: ({ supplier }, { values }, context) => {
        const { PaymentTerms: terms, PurchaseOrderCurrency: currency } = values;
        const change = {
          ...(terms === undefined ? {} : { paymentTerms: String(terms) }),
          ...(currency === undefined ? {} : { currency: String(currency) }),
        };
        masterData.changeSupplier(supplier.number, change, context);
      },
    });
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
