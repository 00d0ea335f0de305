/**
 * Message class and number for each rule of the core. `06/056`, `06/055`, `06/083` and the class of
 * goods movements (`M7`) and invoice verification (`M8`) are the vendor's; single numbers are from
 * general knowledge of the message catalogue and not verified against a system.
 */

const codes: Readonly<Record<string, string>> = {
  // Purchase orders.
  'unknown-order': '06/022',
  'unknown-supplier': '06/321',
  'supplier-blocked': '06/024',
  'unknown-material': 'M3/305',
  'material-deleted': 'M3/306',
  'unknown-plant': '06/055',
  'plant-company-mismatch': '06/041',
  'unknown-storage-location': 'M7/001',
  'unknown-company-code': 'F5/165',
  'unknown-currency': '06/051',
  'no-exchange-rate': 'SG/105',
  'unknown-payment-terms': '06/057',
  'unknown-tax-code': 'FS/212',
  'unknown-unit': '06/056',
  'no-unit-conversion': '06/264',
  'inexact-conversion': '06/265',
  'no-lines': '06/083',
  'price-not-positive': '06/215',
  'price-quantity-not-positive': '06/216',
  'quantity-not-positive': '06/018',
  'too-many-decimals': '06/058',
  'delivery-date-required': '06/083',
  'schedule-quantity-mismatch': '06/327',
  'account-assignment-required': '06/436',
  'material-or-account-required': '06/438',
  'line-number-invalid': '06/020',
  'duplicate-line': '06/021',
  'item-exists': '06/021',
  'unknown-order-line': '06/023',
  'external-reference-too-long': '06/059',
  'field-fixed': '06/060',
  'order-cancelled': '06/115',
  'below-received': '06/110',
  'line-in-use': '06/112',
  'price-of-invoiced-line': '06/113',
  'deletion-blocked': '06/115',
  'already-released': 'MEPO/820',
  'stale-version': '06/019',
  locked: 'ME/006',
  // Goods movements.
  'over-delivery': 'M7/022',
  'negative-stock': 'M7/021',
  'period-closed': 'M7/053',
  'delivery-completed': 'M7/024',
  'not-released': 'M7/135',
  'line-deleted': 'M7/136',
  'no-receipt-expected': 'M7/137',
  'material-mismatch': 'M7/360',
  'receipt-mismatch': 'M7/360',
  'unknown-material-document': 'M7/061',
  'unknown-line': 'M7/062',
  'unknown-receipt': 'M7/061',
  'already-reversed': 'M7/200',
  'not-reversible': 'M7/201',
  'receipt-invoiced': 'M7/122',
  'no-receipt-to-take-back': 'M7/051',
  'exceeds-receipt': 'M7/051',
  'not-blocked-stock': 'M7/052',
  'document-date-required': 'M8/082',
  'reversal-reason-required': 'M8/333',
  'document-date-in-future': 'M7/056',
  'movement-type-unknown': 'M7/001',
  'movement-code-mismatch': 'M7/018',
  'returns-item': 'M7/019',
  'several-company-codes': 'M7/020',
  'same-location': 'M7/023',
  'cost-center-required': 'M7/174',
  // Invoice verification.
  'duplicate-invoice': 'M8/462',
  'not-balanced': 'M8/534',
  'tax-mismatch': 'M8/538',
  'unknown-invoice': 'M8/388',
  'supplier-reference-required': 'M8/321',
  'supplier-reference-too-long': 'M8/322',
  'invoice-not-expected': 'M8/101',
  'no-receipt': 'M8/504',
  'receipt-reference-required': 'M8/504',
  'not-invoiced-yet': 'M8/107',
  'credit-exceeds-invoiced': 'M8/108',
  'amount-negative': 'M8/110',
  'amount-not-positive': 'M8/110',
  'account-required': 'M8/111',
  'order-required': 'M8/112',
  'already-paid': 'M8/286',
  'already-cancelled': 'M8/287',
  'not-parked': 'M8/290',
  'not-open': 'M8/291',
  'not-blocked': 'MRBR/010',
  // Master data.
  'supplier-exists': 'R1/220',
  'material-exists': 'M3/304',
  'material-valuated': 'M3/107',
};

/** Classes of rules that have no number of their own, by service. */
const fallbacks: Readonly<Record<string, string>> = {
  API_PURCHASEORDER_PROCESS_SRV: '06/099',
  API_MATERIAL_DOCUMENT_SRV: 'M7/099',
  API_SUPPLIERINVOICE_PROCESS_SRV: 'M8/099',
  API_BUSINESS_PARTNER: 'R1/099',
  API_PRODUCT_SRV: 'M3/099',
};

/** `<message class>/<number>` of a rule, as the service says it. */
export const messageCode = (rule: string, service: string): string =>
  (Object.hasOwn(codes, rule) ? codes[rule] : undefined) ?? fallbacks[service] ?? 'SY/002';

const components: Readonly<Record<string, string>> = {
  API_PURCHASEORDER_PROCESS_SRV: 'MM-PUR-PO-2CL',
  API_MATERIAL_DOCUMENT_SRV: 'MM-IM-GF-2CL',
  API_SUPPLIERINVOICE_PROCESS_SRV: 'MM-IV-LIV-2CL',
  API_BUSINESS_PARTNER: 'LO-MD-BP-2CL',
  API_PRODUCT_SRV: 'LO-MD-MM-2CL',
  API_MATERIAL_STOCK_SRV: 'MM-IM-GF-2CL',
  API_OPLACCTGDOCITEMCUBE_SRV: 'FI-GL-GL-2CL',
};

/** The application component that answers for a service. */
export const componentOf = (service: string): string => components[service] ?? 'OPU-GW-COR';

/** Where a field path of the core's input points to in the service's own words. */
export function targetOf(field: string | undefined): string {
  if (field === undefined) return '';
  const last = field.split('.').at(-1) ?? '';
  return propertyNames[last] ?? '';
}

const propertyNames: Readonly<Record<string, string>> = {
  supplier: 'Supplier',
  companyCode: 'CompanyCode',
  currency: 'DocumentCurrency',
  paymentTerms: 'PaymentTerms',
  externalReference: 'CorrespncExternalReference',
  material: 'Material',
  plant: 'Plant',
  storageLocation: 'StorageLocation',
  quantity: 'OrderQuantity',
  unit: 'PurchaseOrderQuantityUnit',
  netPrice: 'NetPriceAmount',
  priceQuantity: 'NetPriceQuantity',
  taxCode: 'TaxCode',
  purchaseOrder: 'PurchaseOrder',
  purchaseOrderLine: 'PurchaseOrderItem',
  postingDate: 'PostingDate',
  documentDate: 'DocumentDate',
  supplierReference: 'SupplierInvoiceIDByInvcgParty',
  grossAmount: 'InvoiceGrossAmount',
  amount: 'SupplierInvoiceItemAmount',
};
