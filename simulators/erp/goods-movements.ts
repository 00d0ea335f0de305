/**
 * Goods movements: each a material document, posted once, with its accounting document in the same
 * transaction. The ERP does not look whether an external reference was there before: a retry posts
 * the receipt again, unless the over-delivery tolerance stops it.
 */
import { type CalendarDate, timestamp } from '../../domain/calendar-date.ts';
import { isZero } from '../../domain/decimal.ts';
import type { MovementType } from '../../domain/goods-receipt.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { checkDocumentDate, checkLength } from './checks.ts';
import type { CancelOptions, GoodsMovementDraft, GoodsMovementLineDraft } from './drafts.ts';
import type { MaterialDocument, MaterialDocumentLine } from './erp-documents.ts';
import type { Foundation } from './foundation.ts';
import { MovementResolver } from './movement-resolver.ts';
import type { MovementRun, OrderMovement, ResolvedLine } from './movement-run.ts';
import { nextMaterialDocumentNumber } from './number-ranges.ts';
import { saveProgress } from './order-progress.ts';
import { postBlockedReceipt, postReceipt, postRelease } from './receipts.ts';
import { refuse } from './refuse.ts';
import { reversalLines } from './reversal-lines.ts';
import { postStockMovement } from './stock-movements.ts';
import { postTakeBack } from './takebacks.ts';

type OrderHandler = (run: MovementRun, movement: OrderMovement) => MaterialDocumentLine;

const orderHandlers: Readonly<Partial<Record<MovementType, OrderHandler>>> = {
  101: postReceipt,
  161: postReceipt,
  103: postBlockedReceipt,
  105: postRelease,
  102: postTakeBack,
  122: postTakeBack,
};

export class GoodsMovements {
  readonly documents: Collection<MaterialDocument>;
  readonly byExternalReference: Index<MaterialDocument>;
  readonly byPurchaseOrder: Index<MaterialDocument>;
  readonly #base: Foundation;
  readonly #resolver: MovementResolver;
  readonly #onReceipt: (order: PurchaseOrder) => void;

  /** `onReceipt` runs in the posting's transaction for each order whose receipts changed. */
  constructor(base: Foundation, onReceipt: (order: PurchaseOrder) => void) {
    this.#base = base;
    this.#onReceipt = onReceipt;
    this.documents = base.store.collection('MaterialDocument');
    this.byExternalReference = this.documents.index((document) => document.externalReference);
    this.byPurchaseOrder = this.documents.index((document) => {
      const orders = document.lines.flatMap((line) => line.purchaseOrder ?? []);
      return orders.length > 1 ? [...new Set(orders)] : orders;
    });
    this.#resolver = new MovementResolver(base, this.documents, this.byPurchaseOrder);
  }

  /** Posts all lines or none. Refuses closed periods, over-delivery, negative stock, ... by rule. */
  post(draft: GoodsMovementDraft, context: Context): MaterialDocument {
    return this.#base.store.transaction(context, () => this.#post(draft, context));
  }

  /** Takes a whole document back, at its original values; returns the reversing document. */
  cancel(
    year: string,
    number: string,
    postingDate: CalendarDate | undefined,
    context: Context,
    options: CancelOptions = {},
  ): MaterialDocument {
    return this.#base.store.transaction(context, () => {
      const original = this.get(`${year}/${number}`);
      const lines = reversalLines(original, this.#base.balances, options.reason);
      return this.#reverse(original, lines, postingDate, context, options);
    });
  }

  /** Takes one line of a document back. */
  cancelItem(
    year: string,
    number: string,
    line: string,
    postingDate: CalendarDate | undefined,
    context: Context,
    options: CancelOptions = {},
  ): MaterialDocument {
    return this.#base.store.transaction(context, () => {
      const original = this.get(`${year}/${number}`);
      const one = original.lines.filter((each) => each.line === line);
      if (one.length === 0) {
        refuse(
          'notFound',
          'unknown-line',
          `Material document ${year}/${number} has no line ${line}.`,
        );
      }
      const part = { ...original, lines: one };
      const lines = reversalLines(part, this.#base.balances, options.reason);
      return this.#reverse(original, lines, postingDate, context, options);
    });
  }

  /** The document by `year/number`, or a refusal. */
  get(id: string): MaterialDocument {
    const document = this.documents.get(id);
    const message = `Material document ${id} does not exist.`;
    return document ?? refuse('notFound', 'unknown-material-document', message, undefined, { id });
  }

  #reverse(
    original: MaterialDocument,
    lines: readonly GoodsMovementLineDraft[],
    postingDate: CalendarDate | undefined,
    context: Context,
    { externalReference }: CancelOptions,
  ): MaterialDocument {
    const id = `${original.year}/${original.number}`;
    const draft: GoodsMovementDraft = {
      lines,
      ...(postingDate === undefined ? {} : { postingDate }),
      ...(externalReference === undefined ? {} : { externalReference }),
    };
    return this.#post(draft, context, id);
  }

  #post(draft: GoodsMovementDraft, context: Context, reverses?: string): MaterialDocument {
    const { periods, store, masterData } = this.#base;
    checkHeader(draft);
    const postingDate = draft.postingDate ?? (context.today as CalendarDate);
    const documentDate = draft.documentDate ?? postingDate;
    checkDocumentDate(documentDate, postingDate, context.today);
    const resolved = this.#resolver.resolve(draft, context);
    const companyCode = (resolved[0] as ResolvedLine).plant.companyCode;
    const year = periods.yearOf(companyCode, postingDate);
    const number = nextMaterialDocumentNumber(store, year);
    const id = `${year}/${number}`;
    const { currency } = masterData.companyCode(companyCode);
    const about = { base: this.#base, context, id, companyCode, postingDate, currency };
    const run: MovementRun = { ...about, entries: [], touched: new Map() };
    const lines = resolved.map((each) => postLine(run, each));
    const accountingDocument = this.#account(run, lines, documentDate);
    const document: MaterialDocument = {
      number,
      year,
      ...(draft.externalReference === undefined
        ? {}
        : { externalReference: draft.externalReference }),
      ...(draft.deliveryNote === undefined ? {} : { deliveryNote: draft.deliveryNote }),
      documentDate,
      postingDate,
      createdAt: timestamp(context.at),
      createdBy: context.by,
      lines,
      ...(reverses === undefined ? {} : { reverses }),
      ...(accountingDocument === undefined ? {} : { accountingDocument }),
    };
    this.#save(run.id, document, 'goods-receipt.posted');
    this.#markReversed(run.id, document);
    for (const order of saveProgress(run)) this.#onReceipt(order);
    return document;
  }

  #account(
    run: MovementRun,
    lines: readonly MaterialDocumentLine[],
    documentDate: CalendarDate,
  ): string | undefined {
    const type = (lines[0] as MaterialDocumentLine).movementType;
    const count = type === '701' || type === '702';
    const { companyCode, currency, postingDate, entries, context } = run;
    return this.#base.ledger.post(
      {
        companyCode,
        currency,
        documentDate,
        postingDate,
        entries,
        documentType: count ? 'WI' : type in orderHandlers ? 'WE' : 'WA',
        source: `MaterialDocument ${run.id}`,
      },
      context,
    );
  }

  /** A document of which a reversal leaves nothing is marked; a return leaves it as it is. */
  #markReversed(reversedBy: string, reversal: MaterialDocument): void {
    const ids = new Set<string>();
    if (reversal.reverses !== undefined) ids.add(reversal.reverses);
    for (const line of reversal.lines) {
      if (line.movementType !== '102' || line.reversesLine === undefined) continue;
      ids.add(line.reversesLine.split('/').slice(0, 2).join('/'));
    }
    for (const id of ids) {
      const original = this.get(id);
      const left = original.lines.some((line) => {
        const balance = this.#base.balances.receipt(`${id}/${line.line}`);
        return balance !== undefined && !(isZero(balance.received) && isZero(balance.blocked));
      });
      if (!left) this.#save(id, { ...original, reversedBy }, 'goods-receipt.reversed');
    }
  }

  #save(id: string, document: MaterialDocument, type: string): void {
    const { version } = this.documents.put(id, document);
    const event = { type, document: 'MaterialDocument', key: id, version, data: document };
    this.#base.store.emit(event);
  }
}

function checkHeader(draft: GoodsMovementDraft): void {
  if (draft.lines.length === 0) {
    refuse('invalid', 'no-lines', 'A goods movement needs a line.', 'lines');
  }
  checkLength(draft.externalReference, 16, 'external-reference-too-long', 'externalReference');
}

function postLine(run: MovementRun, resolved: ResolvedLine): MaterialDocumentLine {
  const handler = orderHandlers[resolved.draft.movementType];
  return handler === undefined
    ? postStockMovement(run, resolved)
    : handler(run, resolved as OrderMovement);
}
