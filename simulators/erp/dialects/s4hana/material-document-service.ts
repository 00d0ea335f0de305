/** API_MATERIAL_DOCUMENT_SRV: goods movements posted, read and cancelled; never changed or deleted. */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import type { ServiceModel, Value } from '../../../odata/model.ts';
import type { MaterialDocument } from '../../erp-documents.ts';
import { DocumentLog } from './document-log.ts';
import { Extensions } from './extensions.ts';
import { movementDraft } from './material-document-drafts.ts';
import {
  type DocumentRow,
  type MovementRow,
  documentFields,
  movementFields,
} from './material-document-rows.ts';
import { type Surroundings, service, typeOf } from './s4-service.ts';

export const materialDocumentService = (model: ServiceModel, around: Surroundings): Service =>
  new MaterialDocumentService(model, around).service();

const linesOf = (row: DocumentRow): MovementRow[] =>
  row.document.lines.map((line) => ({ ...row, line }));

type Parameters = Readonly<Record<string, Value>>;

class MaterialDocumentService {
  readonly #model: ServiceModel;
  readonly #around: Surroundings;
  readonly #extensions: Extensions;
  readonly #log: DocumentLog<MaterialDocument>;

  constructor(model: ServiceModel, around: Surroundings) {
    this.#model = model;
    this.#around = around;
    this.#extensions = new Extensions(around.store, 'MaterialDocument');
    this.#log = new DocumentLog(around.core.goodsMovements.documents, undefined, around.commits);
  }

  service(): Service {
    const sets = [this.#headers(), this.#items()];
    return service(this.#model, sets, this.#functions(), this.#around.pageSize);
  }

  #row(document: MaterialDocument): DocumentRow {
    const id = `${document.year}/${document.number}`;
    return { document, more: this.#extensions.get(id)?.header };
  }

  #find(year: Value, number: Value): DocumentRow | undefined {
    const { documents } = this.#around.core.goodsMovements;
    const document = documents.get(`${String(year)}/${String(number)}`);
    return document === undefined ? undefined : this.#row(document);
  }

  #documents({ equals, from }: Hints): Iterable<MaterialDocument> {
    const { documents, byExternalReference, byPurchaseOrder } = this.#around.core.goodsMovements;
    const [years, numbers] = [equals.get('MaterialDocumentYear'), equals.get('MaterialDocument')];
    if (years !== undefined && numbers !== undefined) {
      return years.flatMap((year) =>
        numbers.flatMap((number) => documents.get(`${year}/${number}`) ?? []),
      );
    }
    const references = equals.get('ReferenceDocument');
    if (references !== undefined && !references.includes('')) {
      return references.flatMap((each) => byExternalReference.find(each));
    }
    const orders = equals.get('PurchaseOrder');
    if (orders !== undefined && !orders.includes('')) {
      return new Set(orders.flatMap((each) => byPurchaseOrder.find(each)));
    }
    const since = from.get('CreationDate');
    return since === undefined ? this.#log.all() : this.#log.changedSince(since);
  }

  *#rows(hints: Hints): IterableIterator<DocumentRow> {
    for (const document of this.#documents(hints)) yield this.#row(document);
  }

  *#lines(hints: Hints): IterableIterator<MovementRow> {
    for (const row of this.#rows(hints)) yield* linesOf(row);
  }

  #headers(): EntitySet {
    return erased<DocumentRow>({
      type: typeOf(this.#model, 'A_MaterialDocumentHeader'),
      fields: documentFields,
      navigations: { to_MaterialDocumentItem: linesOf },
      find: (key) => this.#find(key['MaterialDocumentYear'], key['MaterialDocument']),
      rows: (hints) => this.#rows(hints),
      create: (body, context) => this.#post(body, context),
    });
  }

  #post(body: Body, context: Context): DocumentRow {
    const document = this.#around.core.goodsMovements.post(movementDraft(body), context);
    const header = { GoodsMovementCode: body.values['GoodsMovementCode'] };
    const id = `${document.year}/${document.number}`;
    this.#extensions.put(id, { header, lines: undefined, notes: undefined });
    return { document, more: header };
  }

  #items(): EntitySet {
    return erased<MovementRow>({
      type: typeOf(this.#model, 'A_MaterialDocumentItem'),
      fields: movementFields(this.#around.core),
      navigations: { to_MaterialDocumentHeader: (row) => [row] },
      find: (key) => {
        const row = this.#find(key['MaterialDocumentYear'], key['MaterialDocument']);
        const lines = row === undefined ? [] : linesOf(row);
        return lines.find(({ line }) => line.line === key['MaterialDocumentItem']);
      },
      rows: (hints) => this.#lines(hints),
    });
  }

  #functions(): Service['functions'] {
    const { goodsMovements } = this.#around.core;
    const keyOf = (parameters: Parameters): [year: string, number: string] => [
      String(parameters['MaterialDocumentYear'] ?? ''),
      String(parameters['MaterialDocument'] ?? ''),
    ];
    const on = (parameters: Parameters, context: Context): CalendarDate =>
      (parameters['PostingDate'] ?? context.today) as CalendarDate;
    return {
      Cancel: (parameters, context) => ({
        row: this.#row(
          goodsMovements.cancel(...keyOf(parameters), on(parameters, context), context),
        ),
      }),
      CancelItem: (parameters, context) => {
        const item = String(parameters['MaterialDocumentItem'] ?? '');
        const date = on(parameters, context);
        const document = goodsMovements.cancelItem(...keyOf(parameters), item, date, context);
        return { row: linesOf(this.#row(document))[0] as MovementRow };
      },
    };
  }
}
