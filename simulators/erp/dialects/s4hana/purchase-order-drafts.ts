/** Bodies of the purchase order service as the core's drafts and changes. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Decimal } from '../../../../domain/decimal.ts';
import type {
  AccountAssignment,
  ItemCategory,
  ScheduleLine,
} from '../../../../domain/purchase-order.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { Value } from '../../../odata/model.ts';
import type { PurchaseOrderDraft, PurchaseOrderLineDraft } from '../../drafts.ts';
import { isRevision } from './purchase-order-rows.ts';
import { domainUnit } from './units.ts';

type Members = Readonly<Record<string, Value>>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Header members that the core keeps itself. */
export const headerTaken = new Set([
  'PurchaseOrder',
  'CompanyCode',
  'Supplier',
  'DocumentCurrency',
  'PaymentTerms',
  'PurchaseOrderDate',
  'CorrespncExternalReference',
  'SupplierQuotationExternalID',
]);

/** Item members that the core keeps itself. */
export const itemTaken = new Set([
  'PurchaseOrder',
  'PurchaseOrderItem',
  'Material',
  'PurchaseOrderItemText',
  'Plant',
  'StorageLocation',
  'OrderQuantity',
  'PurchaseOrderQuantityUnit',
  'OrderPriceUnit',
  'NetPriceAmount',
  'NetPriceQuantity',
  'TaxCode',
  'OverdelivTolrtdLmtRatioInPct',
  'UnderdelivTolrtdLmtRatioInPct',
  'UnlimitedOverdeliveryIsAllowed',
  'IsCompletelyDelivered',
  'IsFinallyInvoiced',
  'PurchaseOrderItemCategory',
  'AccountAssignmentCategory',
  'GoodsReceiptIsExpected',
  'GoodsReceiptIsNonValuated',
  'InvoiceIsExpected',
  'InvoiceIsGoodsReceiptBased',
  'IsReturnsItem',
  'DocumentCurrency',
  'PurchaseRequisition',
]);

const text = (value: Value): string | undefined =>
  value === undefined || value === '' ? undefined : String(value);

export function orderDraft({ values, nested }: Body): PurchaseOrderDraft {
  const items = nested['to_PurchaseOrderItem'] ?? [];
  const lines: PurchaseOrderLineDraft[] = [];
  for (const item of items) lines.push(lineDraft(item) as PurchaseOrderLineDraft);
  const draft: Writable<PurchaseOrderDraft> = {
    companyCode: String(values['CompanyCode'] ?? ''),
    supplier: String(values['Supplier'] ?? ''),
    lines,
  };
  const currency = text(values['DocumentCurrency']);
  if (currency !== undefined) draft.currency = currency;
  const paymentTerms = text(values['PaymentTerms']);
  if (paymentTerms !== undefined) draft.paymentTerms = paymentTerms;
  const orderDate = text(values['PurchaseOrderDate']);
  if (orderDate !== undefined) draft.orderDate = orderDate as CalendarDate;
  const reference = text(values['CorrespncExternalReference']);
  if (reference !== undefined) draft.externalReference = reference;
  const revision = revisionOf(values);
  if (revision !== undefined) draft.revision = revision;
  const requisition = text(items[0]?.values['PurchaseRequisition']);
  if (requisition !== undefined) draft.requisition = requisition;
  return draft;
}

export function revisionOf(values: Members): number | undefined {
  const reference = values['CorrespncInternalReference'];
  return typeof reference === 'string' && isRevision(reference) ? Number(reference) : undefined;
}

/** A line, new or changed: only what the body says. A new one without quantity or price has none. */
export function lineDraft(body: Body, isNew = true): Partial<PurchaseOrderLineDraft> {
  const { values } = body;
  const draft: Writable<Partial<PurchaseOrderLineDraft>> = isNew
    ? { quantity: '0' as Decimal, netPrice: '0' as Decimal, plant: '' }
    : {};
  for (const member in values) {
    const field = lineMembers.get(member);
    if (field === undefined) continue;
    const value = values[member];
    if (value === '' && isNew) continue;
    const isUnit = field === 'unit' || field === 'priceUnit';
    (draft as Record<string, unknown>)[field] = isUnit ? domainUnit(String(value)) : value;
  }
  const category = values['PurchaseOrderItemCategory'];
  if (category !== undefined) draft.category = categoryOf(String(category));
  const schedule = body.nested['to_ScheduleLine'];
  if (schedule !== undefined && schedule.length > 0) applySchedule(draft, schedule);
  const account = body.nested['to_AccountAssignment']?.[0];
  const assignment =
    account === undefined
      ? undefined
      : accountOf(account.values, values['AccountAssignmentCategory']);
  if (assignment !== undefined) draft.accountAssignment = assignment;
  return draft;
}

const lineMembers: ReadonlyMap<string, keyof PurchaseOrderLineDraft> = new Map([
  ['PurchaseOrderItem', 'line'],
  ['Material', 'material'],
  ['PurchaseOrderItemText', 'description'],
  ['Plant', 'plant'],
  ['StorageLocation', 'storageLocation'],
  ['OrderQuantity', 'quantity'],
  ['PurchaseOrderQuantityUnit', 'unit'],
  ['OrderPriceUnit', 'priceUnit'],
  ['NetPriceAmount', 'netPrice'],
  ['NetPriceQuantity', 'priceQuantity'],
  ['TaxCode', 'taxCode'],
  ['OverdelivTolrtdLmtRatioInPct', 'overdeliveryTolerancePercent'],
  ['UnderdelivTolrtdLmtRatioInPct', 'underdeliveryTolerancePercent'],
  ['UnlimitedOverdeliveryIsAllowed', 'unlimitedOverdelivery'],
  ['IsCompletelyDelivered', 'deliveryCompleted'],
  ['IsFinallyInvoiced', 'finalInvoice'],
  ['GoodsReceiptIsExpected', 'goodsReceiptExpected'],
  ['GoodsReceiptIsNonValuated', 'goodsReceiptNonValuated'],
  ['InvoiceIsExpected', 'invoiceExpected'],
  ['InvoiceIsGoodsReceiptBased', 'goodsReceiptBasedInvoiceVerification'],
  ['IsReturnsItem', 'returnsItem'],
]);

const categories: Readonly<Record<string, ItemCategory>> = {
  '1': 'limit',
  B: 'limit',
  '2': 'consignment',
  K: 'consignment',
  '3': 'subcontracting',
  L: 'subcontracting',
  '5': 'thirdParty',
  S: 'thirdParty',
  '9': 'service',
  D: 'service',
};

const categoryOf = (code: string): ItemCategory => categories[code] ?? 'standard';

function applySchedule(
  draft: Writable<Partial<PurchaseOrderLineDraft>>,
  bodies: readonly Body[],
): void {
  const [first] = bodies;
  const quantityOf = ({ values }: Body): Decimal | undefined =>
    values['ScheduleLineOrderQuantity'] as Decimal | undefined;
  if (bodies.length === 1 && first !== undefined) {
    const date = text(first.values['ScheduleLineDeliveryDate']);
    if (date !== undefined) draft.deliveryDate = date as CalendarDate;
    const quantity = quantityOf(first);
    // The schedule line is the quantity of an item that does not say one itself.
    if (quantity !== undefined && (draft.quantity === undefined || draft.quantity === '0')) {
      draft.quantity = quantity;
    }
    if (quantity === undefined || quantity === draft.quantity) return;
  }
  draft.scheduleLines = bodies.map(({ values }, index): ScheduleLine => ({
    scheduleLine: text(values['ScheduleLine']) ?? String(index + 1),
    deliveryDate: dateOf(values),
    quantity: (values['ScheduleLineOrderQuantity'] ?? '0') as Decimal,
  }));
}

function dateOf(values: Members): CalendarDate {
  const date = text(values['ScheduleLineDeliveryDate']);
  if (date !== undefined) return date as CalendarDate;
  const message = 'Enter a delivery date for the schedule line';
  throw new BusinessError({ refusal: 'invalid', rule: 'delivery-date-required', message });
}

const accountObjects: readonly (readonly [string, AccountAssignment['category']])[] = [
  ['CostCenter', 'costCenter'],
  ['OrderID', 'order'],
  ['MasterFixedAsset', 'asset'],
  ['WBSElementExternalID', 'project'],
  ['WBSElement', 'project'],
];

const accountLetters: Readonly<Record<string, AccountAssignment['category']>> = {
  K: 'costCenter',
  F: 'order',
  A: 'asset',
  P: 'project',
};

function accountOf(values: Members, letter: Value): AccountAssignment | undefined {
  const found = accountObjects.find(([member]) => text(values[member]) !== undefined);
  const glAccount = String(values['GLAccount'] ?? '');
  if (found === undefined && glAccount === '') return undefined;
  const category = found?.[1] ?? accountLetters[String(letter)] ?? 'costCenter';
  return { category, object: found === undefined ? '' : String(values[found[0]]), glAccount };
}
