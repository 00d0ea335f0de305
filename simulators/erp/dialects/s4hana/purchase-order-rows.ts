/** What the sets of the purchase order service show of an order of the core. */
import type {
  AccountAssignment,
  PurchaseOrder,
  ScheduleLine,
} from '../../../../domain/purchase-order.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import { lineAmount } from '../../../../domain/line-amount.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { Value } from '../../../odata/model.ts';
import type { ErpCore } from '../../erp-core.ts';
import type { ErpOrderLine } from '../../erp-documents.ts';
import type { Extension, Values } from './extensions.ts';
import { vendorUnit } from './units.ts';

export interface OrderRow {
  readonly order: PurchaseOrder;
  readonly more: Extension | undefined;
}

export interface ItemRow extends OrderRow {
  readonly line: ErpOrderLine;
}

export interface ScheduleRow extends ItemRow {
  readonly schedule: ScheduleLine;
}

export interface AccountRow extends ItemRow {
  readonly account: AccountAssignment;
}

type Fields<Row> = Readonly<Record<string, (row: Row) => Value>>;

/** Values that have a getter of their own although the core does not keep them. */
const shownExtras = new Set([
  'PurchaseOrderType',
  'PurchasingOrganization',
  'PurchasingGroup',
  'Language',
  'MaterialGroup',
]);

/** What an order shows that was given nothing else. */
export const usualHeader = {
  PurchaseOrderType: 'NB',
  Language: 'EN',
  PurchasingGroup: '001',
} as const;

const extra = ({ more }: OrderRow, name: string): Value => more?.header?.[name];

/** The whole number in "our reference" is the revision: an integration has nowhere else to keep it. */
const ourReference = ({ order, more }: OrderRow): Value => {
  const kept = more?.header?.['CorrespncInternalReference'];
  return typeof kept === 'string' && isRevision(kept) ? String(order.revision) : kept;
};

export const isRevision = (text: string): boolean => /^[1-9]\d{0,5}$/.test(text);

const isDeleted = (order: PurchaseOrder): boolean => order.status === 'cancelled';

export const orderFields = ({ masterData }: ErpCore): Fields<OrderRow> => ({
  PurchaseOrder: ({ order }) => order.number,
  CompanyCode: ({ order }) => order.companyCode,
  PurchaseOrderType: (row) => extra(row, 'PurchaseOrderType') ?? usualHeader.PurchaseOrderType,
  PurchasingDocumentDeletionCode: ({ order }) => (isDeleted(order) ? 'L' : ''),
  PurchasingProcessingStatus: ({ order }) => (order.released ? '02' : '03'),
  CreatedByUser: ({ order }) => order.buyer.slice(0, 12).toUpperCase(),
  CreationDate: ({ order }) => order.createdAt.slice(0, 10),
  LastChangeDateTime: ({ order }) => order.changedAt,
  Supplier: ({ order }) => order.supplier,
  Language: (row) => extra(row, 'Language') ?? usualHeader.Language,
  PaymentTerms: ({ order }) => order.paymentTerms,
  NetPaymentDays: ({ order }) =>
    String(masterData.paymentTerms.get(order.paymentTerms)?.netDays ?? 0),
  PurchasingOrganization: (row) => extra(row, 'PurchasingOrganization') ?? row.order.companyCode,
  PurchasingDocumentOrigin: () => '9',
  PurchasingGroup: (row) => extra(row, 'PurchasingGroup') ?? usualHeader.PurchasingGroup,
  PurchaseOrderDate: ({ order }) => order.orderDate,
  DocumentCurrency: ({ order }) => order.currency,
  ExchangeRate: () => '1.00000',
  SupplierQuotationExternalID: ({ order }) => order.acknowledgement ?? '',
  CorrespncExternalReference: ({ order }) => order.externalReference ?? '',
  CorrespncInternalReference: ourReference,
  InvoicingParty: ({ order }) => order.supplier,
  ReleaseIsNotCompleted: ({ order }) => !order.released,
  PurchasingCompletenessStatus: () => false,
});

/** The values that stand over the core's: none on most orders. */
function overridesOf(values: Values | undefined): Values | undefined {
  if (values === undefined) return undefined;
  for (const name in values) {
    if (!shownExtras.has(name) && name !== 'CorrespncInternalReference') return values;
  }
  return undefined;
}

export const headerOverrides = ({ order, more }: OrderRow): Values | undefined => {
  const overrides = overridesOf(more?.header);
  if (overrides === undefined) return undefined;
  const reference = ourReference({ order, more });
  return reference === undefined
    ? overrides
    : { ...overrides, CorrespncInternalReference: reference };
};

export const itemOverrides = ({ line, more }: ItemRow): Values | undefined =>
  overridesOf(more?.lines?.[line.line]);

const inUnit = (quantity: string, unit: string): string =>
  fixed(quantity, unitsOfMeasure.get(unit)?.decimals ?? 3);

const itemCategories: Readonly<Record<ErpOrderLine['category'], string>> = {
  standard: '0',
  limit: '1',
  consignment: '2',
  subcontracting: '3',
  thirdParty: '5',
  service: '9',
};

const accountCategories: Readonly<Record<AccountAssignment['category'], string>> = {
  costCenter: 'K',
  order: 'F',
  asset: 'A',
  project: 'P',
};

export const itemFields = ({ masterData }: ErpCore): Fields<ItemRow> => ({
  PurchaseOrder: ({ order }) => order.number,
  PurchaseOrderItem: ({ line }) => line.line,
  PurchasingDocumentDeletionCode: ({ line }) => (line.deleted ? 'L' : ''),
  PurchaseOrderItemText: ({ line }) => line.description.slice(0, 40),
  Plant: ({ line }) => line.plant,
  StorageLocation: ({ line }) => line.storageLocation,
  MaterialGroup: ({ line, more }) =>
    more?.lines?.[line.line]?.['MaterialGroup'] ??
    masterData.materials.get(line.material)?.materialGroup.slice(0, 9) ??
    '',
  OrderQuantity: ({ line }) => inUnit(line.quantity, line.unit),
  PurchaseOrderQuantityUnit: ({ line }) => vendorUnit(line.unit),
  OrderPriceUnit: ({ line }) => vendorUnit(line.priceUnit),
  OrderPriceUnitToOrderUnitNmrtr: () => '1',
  OrdPriceUnitToOrderUnitDnmntr: () => '1',
  DocumentCurrency: ({ order }) => order.currency,
  NetPriceAmount: ({ order, line }) => fixed(line.netPrice, currencyDecimals(order.currency)),
  NetPriceQuantity: ({ line }) => line.priceQuantity,
  TaxCode: ({ line }) => line.taxCode,
  OverdelivTolrtdLmtRatioInPct: ({ line }) => fixed(line.overdeliveryTolerancePercent, 1),
  UnlimitedOverdeliveryIsAllowed: ({ line }) => line.unlimitedOverdelivery,
  UnderdelivTolrtdLmtRatioInPct: ({ line }) => fixed(line.underdeliveryTolerancePercent, 1),
  IsCompletelyDelivered: ({ line }) => line.deliveryCompleted,
  IsFinallyInvoiced: ({ line }) => line.finalInvoice,
  PurchaseOrderItemCategory: ({ line }) => itemCategories[line.category],
  AccountAssignmentCategory: ({ line }) =>
    line.accountAssignment === undefined ? '' : accountCategories[line.accountAssignment.category],
  GoodsReceiptIsExpected: ({ line }) => line.goodsReceiptExpected,
  GoodsReceiptIsNonValuated: ({ line }) => line.goodsReceiptNonValuated,
  InvoiceIsExpected: ({ line }) => line.invoiceExpected,
  InvoiceIsGoodsReceiptBased: ({ line }) => line.goodsReceiptBasedInvoiceVerification,
  PurchaseRequisition: ({ order }) => order.requisition?.slice(0, 10) ?? '',
  IsReturnsItem: ({ line }) => line.returnsItem === true,
  Material: ({ line }) => line.material,
  ProductType: () => '1',
});

export const scheduleFields: Fields<ScheduleRow> = {
  PurchasingDocument: ({ order }) => order.number,
  PurchasingDocumentItem: ({ line }) => line.line,
  ScheduleLine: ({ schedule }) => schedule.scheduleLine,
  DelivDateCategory: () => '1',
  ScheduleLineDeliveryDate: ({ schedule }) => schedule.deliveryDate,
  PurchaseOrderQuantityUnit: ({ line }) => vendorUnit(line.unit),
  ScheduleLineOrderQuantity: ({ schedule, line }) => inUnit(schedule.quantity, line.unit),
  SchedLineStscDeliveryDate: ({ schedule }) => schedule.confirmedDate ?? schedule.deliveryDate,
  ScheduleLineCommittedQuantity: ({ schedule, line }) =>
    inUnit(schedule.confirmedQuantity ?? '0', line.unit),
};

const objectOf =
  (category: AccountAssignment['category']) =>
  (row: AccountRow): Value =>
    row.account.category === category ? row.account.object : '';

export const accountFields: Fields<AccountRow> = {
  PurchaseOrder: ({ order }) => order.number,
  PurchaseOrderItem: ({ line }) => line.line,
  AccountAssignmentNumber: () => '1',
  PurchaseOrderQuantityUnit: ({ line }) => vendorUnit(line.unit),
  Quantity: ({ line }) => inUnit(line.quantity, line.unit),
  DocumentCurrency: ({ order }) => order.currency,
  PurgDocNetAmount: ({ order, line }) =>
    fixed(
      lineAmount(line.quantity, line.netPrice, line.priceQuantity, order.currency),
      currencyDecimals(order.currency),
    ),
  GLAccount: ({ account }) => account.glAccount,
  CostCenter: objectOf('costCenter'),
  OrderID: objectOf('order'),
  MasterFixedAsset: objectOf('asset'),
  WBSElementExternalID: objectOf('project'),
  WBSElement: objectOf('project'),
};

/** The price of a line as the one pricing element that there is. */
export const pricingFields: Fields<ItemRow> = {
  PurchaseOrder: ({ order }) => order.number,
  PurchaseOrderItem: ({ line }) => line.line,
  PricingDocument: ({ order }) => order.number,
  PricingDocumentItem: ({ line }) => line.line,
  PricingProcedureStep: () => '1',
  PricingProcedureCounter: () => '1',
  ConditionType: () => 'PMP0',
  ConditionRateValue: ({ line }) => fixed(line.netPrice, 9),
  ConditionCurrency: ({ order }) => order.currency,
  TransactionCurrency: ({ order }) => order.currency,
  ConditionAmount: ({ order, line }) =>
    fixed(
      lineAmount(line.quantity, line.netPrice, line.priceQuantity, order.currency),
      currencyDecimals(order.currency),
    ),
  ConditionQuantity: ({ line }) => line.priceQuantity,
  ConditionQuantityUnit: ({ line }) => vendorUnit(line.priceUnit),
  ConditionApplication: () => 'M',
};
