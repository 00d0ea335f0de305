/** API_MATERIAL_DOCUMENT_SRV: goods movements posted, read and cancelled; never changed or deleted. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Decimal } from '../../../../domain/decimal.ts';
import { type MovementType, movementTypes } from '../../../../domain/goods-receipt.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import type { FunctionImport, ServiceModel, Value } from '../../../odata/model.ts';
import type { GoodsMovementDraft, GoodsMovementLineDraft } from '../../drafts.ts';
import type { MaterialDocument } from '../../erp-documents.ts';
import { DocumentLog } from './document-log.ts';
import { Extensions } from './extensions.ts';
import { materialDocumentFields } from './fields/material-document-fields.ts';
import {
  type DocumentRow,
  type MovementRow,
  documentFields,
  movementCodes,
  movementFields,
} from './material-document-rows.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';
import { domainUnit } from './units.ts';

const text = (name: string, maxLength: number) => ({
  name,
  type: 'Edm.String' as const,
  maxLength,
});

const functions: readonly FunctionImport[] = [
  {
    name: 'Cancel',
    method: 'POST',
    parameters: [
      text('MaterialDocumentYear', 4),
      text('MaterialDocument', 10),
      { name: 'PostingDate', type: 'Edm.DateTime' },
    ],
    returns: { set: 'A_MaterialDocumentHeader' },
  },
  {
    name: 'CancelItem',
    method: 'POST',
    parameters: [
      text('MaterialDocumentYear', 4),
      text('MaterialDocument', 10),
      text('MaterialDocumentItem', 4),
      { name: 'PostingDate', type: 'Edm.DateTime' },
    ],
    returns: { set: 'A_MaterialDocumentItem' },
  },
];

export const materialDocumentModel = (): ServiceModel =>
  serviceModel('API_MATERIAL_DOCUMENT_SRV', materialDocumentFields, { functions });

const linesOf = (row: DocumentRow): MovementRow[] =>
  row.document.lines.map((line) => ({ ...row, line }));

export function materialDocumentService(model: ServiceModel, around: Surroundings): Service {
  const { core, store } = around;
  const { goodsMovements } = core;
  const extensions = new Extensions(store, 'MaterialDocument');
  const log = new DocumentLog(goodsMovements.documents, () => '', around);
  const rowOf = (document: MaterialDocument): DocumentRow => ({
    document,
    more: extensions.get(`${document.year}/${document.number}`)?.header,
  });
  const find = (year: Value, number: Value): DocumentRow | undefined => {
    const document = goodsMovements.documents.get(`${String(year)}/${String(number)}`);
    return document === undefined ? undefined : rowOf(document);
  };
  function documents({ equals, from }: Hints): Iterable<MaterialDocument> {
    const [years, numbers] = [equals.get('MaterialDocumentYear'), equals.get('MaterialDocument')];
    if (years !== undefined && numbers !== undefined) {
      return years.flatMap((year) =>
        numbers.flatMap((number) => goodsMovements.documents.get(`${year}/${number}`) ?? []),
      );
    }
    const references = equals.get('ReferenceDocument');
    if (references !== undefined && !references.includes('')) {
      return references.flatMap((each) => goodsMovements.byExternalReference.find(each));
    }
    const orders = equals.get('PurchaseOrder');
    if (orders !== undefined && !orders.includes('')) {
      return new Set(orders.flatMap((each) => goodsMovements.byPurchaseOrder.find(each)));
    }
    const since = from.get('CreationDate');
    return since === undefined ? log.all() : log.changedSince(since);
  }
  function* rows(hints: Hints): IterableIterator<DocumentRow> {
    for (const document of documents(hints)) yield rowOf(document);
  }
  const headers: EntitySet = erased<DocumentRow>({
    type: typeOf(model, 'A_MaterialDocumentHeader'),
    fields: documentFields,
    navigations: { to_MaterialDocumentItem: linesOf },
    find: (key) => find(key['MaterialDocumentYear'], key['MaterialDocument']),
    rows,
    create: (body: Body, context: Context) => {
      const document = goodsMovements.post(movementDraft(body), context);
      const code = body.values['GoodsMovementCode'];
      const header = { GoodsMovementCode: code };
      extensions.put(`${document.year}/${document.number}`, {
        header,
        lines: undefined,
        notes: undefined,
      });
      return { document, more: header };
    },
  });
  const items: EntitySet = erased<MovementRow>({
    type: typeOf(model, 'A_MaterialDocumentItem'),
    fields: movementFields(core),
    navigations: { to_MaterialDocumentHeader: (row) => [row] },
    find: (key) => {
      const row = find(key['MaterialDocumentYear'], key['MaterialDocument']);
      const lines = row === undefined ? [] : linesOf(row);
      return lines.find(({ line }) => line.line === key['MaterialDocumentItem']);
    },
    *rows(hints) {
      for (const row of rows(hints)) yield* linesOf(row);
    },
  });
  return service(model, [headers, items], cancellations(around, rowOf), around.pageSize);
}

function cancellations(
  { core }: Surroundings,
  rowOf: (document: MaterialDocument) => DocumentRow,
): Service['functions'] {
  const { goodsMovements } = core;
  type Parameters = Readonly<Record<string, Value>>;
  const on = (parameters: Parameters, context: Context): CalendarDate =>
    (parameters['PostingDate'] ?? context.today) as CalendarDate;
  const keyOf = (parameters: Parameters): [string, string] => [
    String(parameters['MaterialDocumentYear'] ?? ''),
    String(parameters['MaterialDocument'] ?? ''),
  ];
  return {
    Cancel: (parameters, context) => ({
      row: rowOf(goodsMovements.cancel(...keyOf(parameters), on(parameters, context), context)),
    }),
    CancelItem: (parameters, context) => {
      const item = String(parameters['MaterialDocumentItem'] ?? '');
      const date = on(parameters, context);
      const document = goodsMovements.cancelItem(...keyOf(parameters), item, date, context);
      return { row: linesOf(rowOf(document))[0] as MovementRow };
    },
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function movementDraft({ values, nested }: Body): GoodsMovementDraft {
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
