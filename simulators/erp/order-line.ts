/** One line of a purchase order: defaults from master data, and the rules it must keep. */
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { type Decimal, isNegative, isPositive, one, sum, zero } from '../../domain/decimal.ts';
import { lineAmount } from '../../domain/line-amount.ts';
import type { Material, Plant } from '../../domain/master-data.ts';
import type { PurchaseOrderLine, ScheduleLine } from '../../domain/purchase-order.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import { checkAmount, checkLineNumber, checkQuantity } from './checks.ts';
import type { PurchaseOrderLineDraft } from './drafts.ts';
import type { ErpOrderLine } from './erp-documents.ts';
import type { MasterData } from './master-data.ts';
import { refuse } from './refuse.ts';

export interface LineSurroundings {
  readonly masterData: MasterData;
  readonly companyCode: string;
  readonly currency: string;
  readonly orderDate: CalendarDate;
}

/** The line with every default filled in. Refuses what master data does not know. */
export function orderLine(
  draft: PurchaseOrderLineDraft,
  index: number,
  around: LineSurroundings,
): PurchaseOrderLine {
  const path = `lines[${index}]`;
  const { masterData, orderDate } = around;
  const material = draft.material
    ? masterData.material(draft.material, `${path}.material`)
    : undefined;
  const plant = masterData.plant(draft.plant, `${path}.plant`);
  if (material?.deleted) {
    const message = `Material ${material.number} is flagged for deletion.`;
    refuse('invalid', 'material-deleted', message, `${path}.material`);
  }
  const line = withOptional(
    filledLine(draft, draft.line ?? String((index + 1) * 10), material, plant, orderDate),
    draft,
  );
  checkLine(line, path, material, plant, around);
  return line;
}

/** One literal of one shape: this runs for every line ever ordered. */
function filledLine(
  draft: PurchaseOrderLineDraft,
  line: string,
  material: Material | undefined,
  plant: Plant,
  orderDate: CalendarDate,
): PurchaseOrderLine {
  const category = draft.category ?? 'standard';
  const unit = draft.unit ?? material?.orderUnit ?? 'C62';
  return {
    line,
    category,
    material: draft.material ?? '',
    description: draft.description ?? material?.description ?? '',
    quantity: draft.quantity,
    unit,
    netPrice: draft.netPrice,
    priceQuantity: draft.priceQuantity ?? one,
    priceUnit: draft.priceUnit ?? unit,
    taxCode: draft.taxCode ?? material?.taxCode ?? 'V0',
    plant: draft.plant,
    storageLocation: draft.storageLocation ?? (plant.storageLocations[0] as string),
    scheduleLines: draft.scheduleLines ?? wholeSchedule(draft, orderDate),
    overdeliveryTolerancePercent: draft.overdeliveryTolerancePercent ?? zero,
    underdeliveryTolerancePercent: draft.underdeliveryTolerancePercent ?? zero,
    unlimitedOverdelivery: draft.unlimitedOverdelivery ?? false,
    goodsReceiptExpected: draft.goodsReceiptExpected ?? category !== 'limit',
    goodsReceiptNonValuated: draft.goodsReceiptNonValuated ?? category === 'consignment',
    invoiceExpected: draft.invoiceExpected ?? category !== 'consignment',
    goodsReceiptBasedInvoiceVerification: draft.goodsReceiptBasedInvoiceVerification ?? false,
    deliveryCompleted: draft.deliveryCompleted ?? false,
    finalInvoice: draft.finalInvoice ?? false,
    deleted: false,
  };
}

function withOptional(line: ErpOrderLine, draft: PurchaseOrderLineDraft): ErpOrderLine {
  const { accountAssignment, returnsItem } = draft;
  const assigned = accountAssignment === undefined ? line : { ...line, accountAssignment };
  return returnsItem ? { ...assigned, returnsItem: true } : assigned;
}

const wholeSchedule = (
  { deliveryDate, quantity }: PurchaseOrderLineDraft,
  orderDate: CalendarDate,
): readonly ScheduleLine[] => [
  { scheduleLine: '1', deliveryDate: deliveryDate ?? orderDate, quantity },
];

/** Checks a finished line, new or changed. */
export function checkLine(
  line: PurchaseOrderLine,
  path: string,
  material: Material | undefined,
  plant: Plant,
  around: LineSurroundings,
): void {
  checkLineNumber(line.line, `${path}.line`);
  checkQuantity(line.quantity, line.unit, `${path}.quantity`);
  checkPrice(line, path, around.currency);
  checkUnits(line, path, material);
  checkPlant(line, path, plant, around.companyCode);
  around.masterData.taxCode(line.taxCode, `${path}.taxCode`);
  checkCategory(line, path);
  checkSchedule(line, path);
}

function checkPrice(line: PurchaseOrderLine, path: string, currency: string): void {
  checkAmount(line.netPrice, currency, `${path}.netPrice`);
  // Goods on consignment have their price in the settlement, not in the order.
  if (!isPositive(line.netPrice) && line.category !== 'consignment') {
    refuse('invalid', 'price-not-positive', 'The net price is not above zero.', `${path}.netPrice`);
  }
  if (!isPositive(line.priceQuantity)) {
    const field = `${path}.priceQuantity`;
    refuse(
      'invalid',
      'price-quantity-not-positive',
      'The price quantity is not above zero.',
      field,
    );
  }
}

function checkUnits(line: PurchaseOrderLine, path: string, material: Material | undefined): void {
  if (!unitsOfMeasure.has(line.priceUnit)) {
    const message = `Unit of measure ${line.priceUnit} does not exist.`;
    refuse('invalid', 'unknown-unit', message, `${path}.priceUnit`);
  }
  const baseUnit = material?.baseUnit ?? line.unit;
  if (line.priceUnit === line.unit && baseUnit === line.unit) return;
  for (const to of [line.priceUnit, baseUnit]) {
    if (to === line.unit || convertQuantity(one, line.unit, to, material) !== undefined) continue;
    const message = `No conversion from ${line.unit} to ${to}.`;
    refuse('invalid', 'no-unit-conversion', message, `${path}.unit`);
  }
}

function checkPlant(
  line: PurchaseOrderLine,
  path: string,
  plant: Plant,
  companyCode: string,
): void {
  if (plant.companyCode !== companyCode) {
    const message = `Plant ${plant.code} belongs to company code ${plant.companyCode}, not ${companyCode}.`;
    refuse('invalid', 'plant-company-mismatch', message, `${path}.plant`);
  }
  checkStorageLocation(line.storageLocation, plant, `${path}.storageLocation`);
}

export function checkStorageLocation(code: string, plant: Plant, field: string): void {
  if (!plant.storageLocations.includes(code)) {
    const message = `Storage location ${code} does not exist in plant ${plant.code}.`;
    refuse('invalid', 'unknown-storage-location', message, field);
  }
}

function checkCategory(line: PurchaseOrderLine, path: string): void {
  const { category, accountAssignment, material } = line;
  const assigned = accountAssignment !== undefined;
  if (material === '' && !assigned && category !== 'limit') {
    const message = 'A line without a material needs an account assignment.';
    refuse('invalid', 'material-or-account-required', message, `${path}.material`);
  }
  if ((category === 'service' || category === 'thirdParty') && !assigned) {
    const message = `A ${category} line needs an account assignment.`;
    refuse('invalid', 'account-assignment-required', message, `${path}.accountAssignment`);
  }
  if (category === 'consignment' && assigned) {
    const message = 'Consignment goes to stock and takes no account assignment.';
    refuse('invalid', 'consignment-not-assigned', message, `${path}.accountAssignment`);
  }
  if (category === 'consignment' && line.invoiceExpected) {
    const message = 'Consignment is settled at withdrawal: no invoice is expected for the order.';
    refuse('invalid', 'consignment-no-invoice', message, `${path}.invoiceExpected`);
  }
  if (line.goodsReceiptNonValuated && !assigned && category !== 'consignment') {
    const message = 'Only account-assigned goods can have a non-valuated receipt.';
    refuse('invalid', 'non-valuated-needs-account', message, `${path}.goodsReceiptNonValuated`);
  }
  checkReceiptFlags(line, path);
}

function checkReceiptFlags(line: PurchaseOrderLine, path: string): void {
  if (line.category === 'limit' && line.goodsReceiptExpected) {
    const message = 'A limit line has no quantity to receive.';
    refuse('invalid', 'limit-without-receipt', message, `${path}.goodsReceiptExpected`);
  }
  if (line.goodsReceiptBasedInvoiceVerification && !line.goodsReceiptExpected) {
    const message = 'Invoice verification by receipts needs a goods receipt.';
    const field = `${path}.goodsReceiptBasedInvoiceVerification`;
    refuse('invalid', 'receipt-based-needs-receipt', message, field);
  }
  const { overdeliveryTolerancePercent: over, underdeliveryTolerancePercent: under } = line;
  if (isNegative(over) || isNegative(under)) {
    const message = 'A delivery tolerance is not negative.';
    refuse('invalid', 'tolerance-negative', message, `${path}.overdeliveryTolerancePercent`);
  }
}

function checkSchedule(line: PurchaseOrderLine, path: string): void {
  const { scheduleLines } = line;
  if (scheduleLines.length === 1 && scheduleLines[0]?.quantity === line.quantity) return;
  const total = sum(scheduleLines.map((each) => each.quantity));
  if (scheduleLines.length === 0 || total !== line.quantity) {
    const message = `The schedule lines add up to ${total}, the line has ${line.quantity}.`;
    refuse('invalid', 'schedule-quantity-mismatch', message, `${path}.scheduleLines`);
  }
}

/** One schedule line keeps its date; of several, those given must add up. */
export function rescheduled(line: PurchaseOrderLine, quantity: Decimal): readonly ScheduleLine[] {
  const [only, ...others] = line.scheduleLines;
  return only === undefined || others.length > 0 ? line.scheduleLines : [{ ...only, quantity }];
}

/** Net value of a quantity (in the order unit) of the line, in the order's currency. */
export function orderValue(
  line: PurchaseOrderLine,
  quantity: Decimal,
  currency: string,
  material: Material | undefined,
): Decimal {
  const priced = convertQuantity(quantity, line.unit, line.priceUnit, material) ?? quantity;
  return lineAmount(priced, line.netPrice, line.priceQuantity, currency);
}
