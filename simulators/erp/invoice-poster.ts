/** Posting a resolved invoice, and turning a posted one round: balances, stock and ledger together. */
import { type Decimal, negate } from '../../domain/decimal.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import { postedOrderLine } from './posted-order-line.ts';
import type { Foundation } from './foundation.ts';
import type { ResolvedInvoice } from './invoice-document.ts';
import {
  type InvoicePosting,
  type LinePoster,
  type PostedInvoiceLine,
  postOrderLine,
  roundingEntry,
  signOf,
  undoOrderLine,
} from './invoice-posting.ts';
import type { Entry } from './ledger.ts';

export class InvoicePoster {
  readonly #base: Foundation;
  readonly #postings: Collection<InvoicePosting>;

  constructor(base: Foundation) {
    this.#base = base;
    this.#postings = base.store.collection('InvoicePosting', { recorded: false });
  }

  /** What an invoice (`year/number`) did to its order lines. */
  linesOf(id: string): readonly PostedInvoiceLine[] {
    return this.#postings.get(id)?.lines ?? [];
  }

  /** Posts the invoice and returns its accounting document's id. */
  post(id: string, resolved: ResolvedInvoice, context: Context): string | undefined {
    const { companyCode, currency, kind, lines } = resolved;
    const local = this.#base.masterData.companyCode(companyCode).currency;
    const toLocal = (amount: Decimal): Decimal =>
      this.#base.exchange.convert(amount, currency, local);
    const poster: LinePoster = { base: this.#base, kind, currency: local, entries: [] };
    const posted: PostedInvoiceLine[] = [];
    for (const line of lines) {
      if (line.against === undefined) continue;
      posted.push(postOrderLine(poster, line, line.against, toLocal(line.document.amount)));
    }
    const fixed = fixedEntries(resolved, toLocal);
    this.#postings.put(id, { lines: posted, fixed });
    const { documentDate } = resolved.draft;
    return this.#account(id, poster, fixed, { ...resolved, documentDate }, context);
  }

  /** Turns the posting of `original` round under the id of its cancellation. */
  undo(
    id: string,
    original: SupplierInvoice,
    postingDate: CalendarDate,
    context: Context,
  ): string | undefined {
    const { companyCode, kind } = original;
    const local = this.#base.masterData.companyCode(companyCode).currency;
    const poster: LinePoster = { base: this.#base, kind, currency: local, entries: [] };
    const posting = this.#postings.get(`${original.year}/${original.number}`);
    const lines = (posting?.lines ?? []).map((each) =>
      undoOrderLine(poster, this.#against(each), each),
    );
    const fixed = (posting?.fixed ?? []).map((each) => ({ ...each, amount: negate(each.amount) }));
    this.#postings.put(id, { lines, fixed });
    const header = { companyCode, kind: opposite[kind], documentDate: postingDate, postingDate };
    return this.#account(id, poster, fixed, header, context, original.accountingDocument);
  }

  #against(line: PostedInvoiceLine) {
    const orders = this.#base.store.collection<PurchaseOrder>('PurchaseOrder');
    const { order, orderLine } = postedOrderLine(
      orders,
      line.purchaseOrder,
      line.purchaseOrderLine,
    );
    const material = this.#base.masterData.materials.get(orderLine.material);
    const size = line.quantity.replace('-', '') as Decimal;
    const against = { order, orderLine, material, quantity: size };
    return line.receipt === undefined ? against : { ...against, receipt: line.receipt };
  }

  #account(
    id: string,
    poster: LinePoster,
    fixed: readonly Entry[],
    header: Pick<SupplierInvoice, 'companyCode' | 'kind' | 'documentDate' | 'postingDate'>,
    context: Context,
    reverses?: string,
  ): string | undefined {
    const entries = [...poster.entries, ...fixed];
    const { companyCode, documentDate, postingDate } = header;
    return this.#base.ledger.post(
      {
        companyCode,
        currency: poster.currency,
        documentDate,
        postingDate,
        documentType: signOf(header.kind) === 1 ? 'RE' : 'KG',
        source: `SupplierInvoice ${id}`,
        ...(reverses === undefined ? {} : { reverses }),
        entries: [...entries, roundingEntry(entries)],
      },
      context,
    );
  }
}

/** The kind of a cancellation: it does the opposite. */
export const opposite = {
  invoice: 'creditMemo',
  creditMemo: 'invoice',
  subsequentDebit: 'subsequentCredit',
  subsequentCredit: 'subsequentDebit',
} as const;

function fixedEntries(resolved: ResolvedInvoice, toLocal: (amount: Decimal) => Decimal): Entry[] {
  const { kind, draft, lines, amounts } = resolved;
  const { supplier } = draft;
  const signed = (amount: Decimal): Decimal =>
    signOf(kind) === 1 ? toLocal(amount) : negate(toLocal(amount));
  const entries: Entry[] = [
    { key: 'KBS', amount: negate(signed(draft.grossAmount)), supplier },
    { key: 'DIF', amount: signed(amounts.difference), supplier },
  ];
  for (const [taxCode, tax] of amounts.taxByCode) {
    entries.push({ key: 'VST', amount: signed(tax), taxCode });
  }
  for (const { document, against } of lines) {
    if (against !== undefined) continue;
    const { glAccount = '', amount, taxCode } = document;
    entries.push({ key: 'GBB', amount: signed(amount), account: glAccount, taxCode, supplier });
  }
  return entries;
}
