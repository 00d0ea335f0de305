/** The making of order lines: what a draft leaves open comes from the material, the plant and the category. */
import { one, sum, zero } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  ScheduleLine,
} from '../../domain/purchase-order.ts';
import type { OrderLineDraft } from './drafts.ts';
import {
  checkAmount,
  checkPercent,
  checkPriceQuantity,
  checkQuantity,
  checkUnit,
  converted,
  numbered,
} from './input-checks.ts';
import type { ProcurementRecords } from './procurement-records.ts';
import type { Requisition } from './documents.ts';
import { refusal } from './refusal.ts';

type Header = Pick<PurchaseOrder, 'companyCode' | 'currency'>;

/** The lines of an order, checked and complete. */
export const orderLines = (
  drafts: readonly OrderLineDraft[],
  header: Header,
  records: ProcurementRecords,
  taken?: ReadonlySet<string>,
  at?: string,
): PurchaseOrderLine[] =>
  numbered(drafts, taken, at).map((each) =>
    orderLine(each.draft, each.line, each.at, header, records),
  );

function orderLine(
  draft: OrderLineDraft,
  line: string,
  at: string,
  header: Header,
  records: ProcurementRecords,
): PurchaseOrderLine {
  const material = orderableMaterial(draft.material, `${at}.material`, records);
  const unit = draft.unit ?? material.orderUnit;
  checkQuantity(draft.quantity, unit, material, at);
  const taxCode = draft.taxCode ?? material.taxCode;
  records.taxCode(taxCode, `${at}.taxCode`);
  return {
    line,
    material: material.number,
    description: draft.description ?? material.description,
    quantity: draft.quantity,
    unit,
    ...priced(draft, unit, material, at, header.currency),
    taxCode,
    ...placed(draft, at, header, records),
    scheduleLines: scheduleLines(draft, unit, material, at),
    ...(draft.accountAssignment === undefined
      ? {}
      : { accountAssignment: draft.accountAssignment }),
    ...tolerances(draft, at),
    ...controls(draft),
    deliveryCompleted: false,
    finalInvoice: false,
    deleted: false,
  };
}

function orderableMaterial(number: string, field: string, records: ProcurementRecords): Material {
  const material = records.material(number, field);
  if (material.deleted) {
    throw refusal(
      'invalid',
      'material-deleted',
      `Material ${number} is flagged for deletion.`,
      field,
    );
  }
  return material;
}

function priced(
  draft: OrderLineDraft,
  unit: string,
  material: Material,
  at: string,
  currency: string,
) {
  const priceQuantity = draft.priceQuantity ?? one;
  const priceUnit = draft.priceUnit ?? unit;
  checkAmount(draft.netPrice, currency, `${at}.netPrice`);
  checkPriceQuantity(priceQuantity, `${at}.priceQuantity`);
  checkUnit(priceUnit, material, `${at}.priceUnit`);
  if (priceUnit !== unit) converted(draft.quantity, unit, priceUnit, material, `${at}.priceUnit`);
  return { netPrice: draft.netPrice, priceQuantity, priceUnit };
}

function placed(draft: OrderLineDraft, at: string, header: Header, records: ProcurementRecords) {
  const plant = records.plant(draft.plant, header.companyCode, `${at}.plant`);
  const storageLocation = draft.storageLocation ?? plant.storageLocations[0] ?? '';
  checkStorageLocation(storageLocation, plant, `${at}.storageLocation`);
  return { plant: plant.code, storageLocation };
}

export function checkStorageLocation(
  storageLocation: string,
  plant: { readonly code: string; readonly storageLocations: readonly string[] },
  field: string,
): void {
  if (!plant.storageLocations.includes(storageLocation)) {
    const message = `Plant ${plant.code} has no storage location ${storageLocation}.`;
    throw refusal('invalid', 'unknown-storage-location', message, field);
  }
}

function scheduleLines(
  draft: OrderLineDraft,
  unit: string,
  material: Material,
  at: string,
): ScheduleLine[] {
  const { deliveryDate, quantity } = draft;
  const schedule = draft.schedule ?? [{ deliveryDate, quantity }];
  for (const [index, each] of schedule.entries()) {
    checkQuantity(each.quantity, unit, material, `${at}.schedule[${index}]`);
  }
  if (sum(schedule.map((each) => each.quantity)) !== quantity) {
    const message = `The schedule does not add up to ${quantity}.`;
    throw refusal('invalid', 'schedule-quantity', message, `${at}.schedule`);
  }
  return schedule.map((each, index) => ({ scheduleLine: String(index + 1), ...each }));
}

function tolerances(draft: OrderLineDraft, at: string) {
  const overdeliveryTolerancePercent = draft.overdeliveryTolerancePercent ?? zero;
  const underdeliveryTolerancePercent = draft.underdeliveryTolerancePercent ?? zero;
  checkPercent(overdeliveryTolerancePercent, `${at}.overdeliveryTolerancePercent`);
  checkPercent(underdeliveryTolerancePercent, `${at}.underdeliveryTolerancePercent`);
  const unlimitedOverdelivery = draft.unlimitedOverdelivery ?? false;
  return { overdeliveryTolerancePercent, underdeliveryTolerancePercent, unlimitedOverdelivery };
}

function controls(draft: OrderLineDraft) {
  const category = draft.category ?? 'standard';
  return {
    category,
    goodsReceiptExpected: draft.goodsReceiptExpected ?? category !== 'limit',
    goodsReceiptNonValuated: draft.goodsReceiptNonValuated ?? false,
    invoiceExpected: draft.invoiceExpected ?? category !== 'consignment',
    goodsReceiptBasedInvoiceVerification: draft.goodsReceiptBasedInvoiceVerification ?? false,
  };
}

/** The order lines that a requisition asks for, at its estimated prices. */
export const requestedLines = (requisition: Requisition): OrderLineDraft[] =>
  requisition.lines.map(({ estimatedPrice, requiredOn, ...line }) => ({
    ...line,
    netPrice: estimatedPrice,
    deliveryDate: requiredOn,
  }));
