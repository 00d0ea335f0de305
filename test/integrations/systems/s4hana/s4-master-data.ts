/** Business partners and products as the rules know suppliers and materials. */
import type { Source } from '../../kit/ports.ts';
import type { S4Client } from './s4-client.ts';
import { isoOf, msOf, msOfBoth, plainDecimal, unitOf } from './s4-values.ts';

/** Messages bring master data as a rule; a list by day is long. */
const restMs = 15_000;

const partners = '/API_BUSINESS_PARTNER/A_BusinessPartner';
const partnerExpand =
  'to_BusinessPartnerAddress/to_EmailAddress,to_BusinessPartnerBank,to_BusinessPartnerTax,to_Supplier/to_SupplierCompany,to_Supplier/to_SupplierPurchasingOrg';

const first = (navigation: any): any => navigation?.results?.[0] ?? {};

const supplierOf = (partner: any): any => {
  const address = first(partner.to_BusinessPartnerAddress);
  const bank = first(partner.to_BusinessPartnerBank);
  return {
    number: partner.BusinessPartner,
    name: `${partner.OrganizationBPName1}${partner.OrganizationBPName2}`,
    country: address.Country,
    city: address.CityName,
    street: address.StreetName,
    postalCode: address.PostalCode,
    email: first(address.to_EmailAddress).EmailAddress,
    taxNumber: first(partner.to_BusinessPartnerTax).BPTaxNumber,
    currency: first(partner.to_Supplier?.to_SupplierPurchasingOrg).PurchaseOrderCurrency,
    paymentTerms: first(partner.to_Supplier?.to_SupplierCompany).PaymentTerms,
    bankAccount: bank.IBAN || bank.BankAccount,
    blocked: partner.BusinessPartnerIsBlocked,
  };
};

const partnerChange = (partner: any): number =>
  msOfBoth(partner.LastChangeDate, partner.LastChangeTime);

/** The vendor filters partners by day only; what is older on that day is left out here. */
export const s4Suppliers = (client: S4Client): Source => ({
  name: 'erp/A_BusinessPartner',
  read: async (number, call) => {
    const path = `${partners}('${number}')`;
    const partner = await client.entity(path, { $expand: partnerExpand }, call);
    return { body: supplierOf(partner), version: partnerChange(partner) };
  },
  async *changedSince(sinceMs) {
    const day = isoOf(sinceMs).slice(0, 10);
    const query = {
      $filter: `LastChangeDate ge datetime'${day}T00:00:00'`,
      $expand: partnerExpand,
    };
    const sinceSecond = Math.floor(sinceMs / 1000) * 1000;
    for await (const page of client.pages(partners, query)) {
      yield page.filter((each) => partnerChange(each) >= sinceSecond).map(supplierOf);
    }
  },
  keyOf: ({ number }) => number,
  restMs,
});

const products = '/API_PRODUCT_SRV/A_Product';
const productExpand = 'to_Description,to_ProductUnitsOfMeasure,to_Valuation';

const alternative = (unit: any): object => ({
  unit: unitOf(unit.AlternativeUnit),
  numerator: plainDecimal(unit.QuantityNumerator),
  denominator: plainDecimal(unit.QuantityDenominator),
});

const materialOf = (product: any): any => {
  const valuation = first(product.to_Valuation);
  const isStandard = valuation.InventoryValuationProcedure === 'S';
  const price = isStandard ? valuation.StandardPrice : valuation.MovingAveragePrice;
  return {
    number: product.Product,
    description: first(product.to_Description).ProductDescription,
    materialGroup: product.ProductGroup,
    baseUnit: unitOf(product.BaseUnit),
    orderUnit: unitOf(product.PurchaseOrderQuantityUnit || product.BaseUnit),
    alternativeUnits: (product.to_ProductUnitsOfMeasure?.results ?? [])
      .filter((each: any) => each.AlternativeUnit !== product.BaseUnit)
      .map(alternative),
    valuation: isStandard ? 'standard' : 'movingAverage',
    price: plainDecimal(price ?? '0'),
    // Not on the product: this company posts everything with the one code.
    taxCode: 'V1',
    batchManaged: product.IsBatchManagementRequired,
    deleted: product.IsMarkedForDeletion,
  };
};

export const s4Materials = (client: S4Client): Source => ({
  name: 'erp/A_Product',
  read: async (number, call) => {
    const path = `${products}('${encodeURIComponent(number)}')`;
    const product = await client.entity(path, { $expand: productExpand }, call);
    return { body: materialOf(product), version: msOf(product.LastChangeDateTime) };
  },
  async *changedSince(sinceMs) {
    const $filter = `LastChangeDateTime ge datetimeoffset'${isoOf(sinceMs)}'`;
    for await (const page of client.pages(products, { $filter, $expand: productExpand }))
      yield page.map(materialOf);
  },
  keyOf: ({ number }) => number,
  restMs,
});
