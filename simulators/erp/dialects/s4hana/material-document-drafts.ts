/** Bodies of the material document service as the core's drafts. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Decimal } from '../../../../domain/decimal.ts';
import { type MovementType, movementTypes } from '../../../../domain/goods-receipt.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { Value } from '../../../odata/model.ts';
import type { GoodsMovementDraft, GoodsMovementLineDraft } from '../../drafts.ts';
import { movementCodes } from './material-document-rows.ts';
import { domainUnit } from './units.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function movementDraft({ values, nested }: Body): GoodsMovementDraft {
  const code = String(values['GoodsMovementCode'] ?? '');
  const lines = (nested['to_MaterialDocumentItem'] ?? []).map((item) => movementLine(item, code));
  const draft: Writable<GoodsMovementDraft> = { lines };
  const reference = values['ReferenceDocument'];
  if (reference !== undefined && reference !== '') draft.externalReference = String(reference);
  const note = values['MaterialDocumentHeaderText'];
  if (note !== undefined && note !== '') draft.deliveryNote = String(note);
  const [documentDate, postingDate] = [values['DocumentDate'], values['PostingDate']];
  if (documentDate !== undefined) draft.documentDate = documentDate as CalendarDate;
  if (postingDate !== undefined) draft.postingDate = postingDate as CalendarDate;
  return draft;
}

const lineMembers: readonly (readonly [string, keyof GoodsMovementLineDraft])[] = [
  ['Material', 'material'],
  ['Plant', 'plant'],
  ['StorageLocation', 'storageLocation'],
  ['Batch', 'lot'],
  ['PurchaseOrder', 'purchaseOrder'],
  ['PurchaseOrderItem', 'purchaseOrderLine'],
  ['GoodsMovementReasonCode', 'reason'],
  ['CostCenter', 'costCenter'],
  ['IsCompletelyDelivered', 'deliveryCompleted'],
  ['IssuingOrReceivingPlant', 'receivingPlant'],
  ['IssuingOrReceivingStorageLoc', 'receivingStorageLocation'],
];

function movementLine({ values }: Body, code: string): GoodsMovementLineDraft {
  const draft: Writable<GoodsMovementLineDraft> = {
    movementType: movementTypeOf(values['GoodsMovementType'], code),
  };
  for (const [member, field] of lineMembers) {
    const value = values[member];
    if (value !== undefined && value !== '') (draft as Record<string, unknown>)[field] = value;
  }
  const quantity = values['QuantityInEntryUnit'];
  if (quantity !== undefined) draft.quantity = quantity as Decimal;
  const unit = values['EntryUnit'];
  if (unit !== undefined && unit !== '') draft.unit = domainUnit(String(unit));
  const amount = values['GdsMvtExtAmtInCoCodeCrcy'];
  if (amount !== undefined && amount !== '0') draft.amount = amount as Decimal;
  const original =
    reference(
      values,
      'ReversedMaterialDocumentYear',
      'ReversedMaterialDocument',
      'ReversedMaterialDocumentItem',
    ) ??
    reference(
      values,
      'ReferenceDocumentFiscalYear',
      'InvtryMgmtReferenceDocument',
      'InvtryMgmtRefDocumentItem',
    );
  if (original !== undefined) draft.reversesLine = original;
  return draft;
}

function reference(
  values: Readonly<Record<string, Value>>,
  year: string,
  number: string,
  item: string,
): string | undefined {
  const document = values[number];
  if (document === undefined || document === '') return undefined;
  const line = String(values[item] ?? '').replace(/^0+/, '') || '1';
  const fiscalYear = values[year];
  return fiscalYear === undefined || fiscalYear === ''
    ? `${String(document)}/${line}`
    : `${String(fiscalYear)}/${String(document)}/${line}`;
}

function movementTypeOf(type: Value, code: string): MovementType {
  const known = movementTypes.find((each) => each === type);
  if (known === undefined) {
    const message = `Movement type ${String(type ?? '')} is not defined`;
    throw new BusinessError({ refusal: 'invalid', rule: 'movement-type-unknown', message });
  }
  if (movementCodes[code]?.includes(known) !== true) {
    const message = `Movement type ${known} is not possible for goods movement code '${code}'`;
    throw new BusinessError({ refusal: 'invalid', rule: 'movement-code-mismatch', message });
  }
  return known;
}
