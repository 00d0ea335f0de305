/**
 * API_SUPPLIERINVOICE_PROCESS_SRV: invoices posted at once, or parked and posted by `Post`; blocks
 * taken off by `Release`; cancelled by `Cancel`. A parked one can be deleted; none can be changed.
 * `AssignmentReference` carries the number of the invoice in the system that it came from.
 */
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import { type Decimal, percentOf } from '../../../../domain/decimal.ts';
import { roundAmount } from '../../../../domain/currency.ts';
import type { SupplierInvoice } from '../../../../domain/supplier-invoice.ts';
import { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import { literalMs } from '../../../odata/instants.ts';
import type { ServiceModel, Value } from '../../../odata/model.ts';
import { DocumentLog } from './document-log.ts';
import { Extensions, leftOver } from './extensions.ts';
import { type Surroundings, service, typeOf } from './s4-service.ts';
import { invoiceDraft, invoiceTaken, isParked } from './supplier-invoice-drafts.ts';
import {
  type InvoiceLineRow,
  type InvoiceRow,
  type TaxRow,
  accountLineFields,
  invoiceFields,
  invoiceOverrides,
  orderLineFields,
  taxFields,
  taxRows,
} from './supplier-invoice-rows.ts';

export const supplierInvoiceService = (model: ServiceModel, around: Surroundings): Service =>
  new SupplierInvoiceService(model, around).service();

const isOrderLine = ({ line }: InvoiceLineRow): boolean => line.purchaseOrder !== undefined;
const linesOf = (row: InvoiceRow): InvoiceLineRow[] =>
  row.invoice.lines.map((line) => ({ ...row, line }));
const orderLinesOf = (row: InvoiceRow): InvoiceLineRow[] => linesOf(row).filter(isOrderLine);
const accountLinesOf = (row: InvoiceRow): InvoiceLineRow[] =>
  linesOf(row).filter((each) => !isOrderLine(each));

class SupplierInvoiceService {
  readonly #model: ServiceModel;
  readonly #around: Surroundings;
  readonly #log: DocumentLog<SupplierInvoice>;
  readonly #extensions: Extensions;

  constructor(model: ServiceModel, around: Surroundings) {
    this.#model = model;
    this.#around = around;
    this.#log = new DocumentLog(
      around.core.invoices.documents,
      (invoice) => invoice.supplier,
      around.commits,
    );
    this.#extensions = new Extensions(around.store, 'SupplierInvoice');
  }

  service(): Service {
    const { core } = this.#around;
    const sets = [
      this.#headers(),
      this.#lines('A_SuplrInvcItemPurOrdRef', orderLineFields(core), orderLinesOf),
      this.#lines('A_SupplierInvoiceItemGLAcct', accountLineFields, accountLinesOf),
      this.#taxes(),
    ];
    return service(this.#model, sets, this.#functions(), this.#around.pageSize);
  }

  #row(invoice: SupplierInvoice): InvoiceRow {
    return { invoice, more: this.#extensions.get(`${invoice.year}/${invoice.number}`) };
  }

  #find(key: Readonly<Record<string, string>>): InvoiceRow | undefined {
    const id = `${key['FiscalYear']}/${key['SupplierInvoice']}`;
    const invoice = this.#around.core.invoices.documents.get(id);
    return invoice === undefined ? undefined : this.#row(invoice);
  }

  *#rows(hints: Hints): IterableIterator<InvoiceRow> {
    for (const invoice of this.#documents(hints)) yield this.#row(invoice);
  }

  #documents({ equals, from, fromText }: Hints): Iterable<SupplierInvoice> {
    const { invoices } = this.#around.core;
    const indexes = {
      SupplierInvoiceIDByInvcgParty: invoices.bySupplierReference,
      AssignmentReference: invoices.byExternalReference,
      PurchaseOrder: invoices.byPurchaseOrder,
    };
    const [numbers, years] = [equals.get('SupplierInvoice'), equals.get('FiscalYear')];
    if (numbers !== undefined && years !== undefined) {
      return years.flatMap((each) =>
        numbers.flatMap((one) => invoices.documents.get(`${each}/${one}`) ?? []),
      );
    }
    for (const [name, index] of Object.entries(indexes)) {
      const values = equals.get(name);
      if (values === undefined || values.includes('')) continue;
      return new Set(values.flatMap((each) => index.find(each)));
    }
    const suppliers = equals.get('InvoicingParty');
    if (suppliers?.length === 1) return this.#log.ofPartners(suppliers);
    const since = from.get('CreationDate') ?? changeTime(fromText.get('SuplrInvcLstChgDteTmeTxt'));
    return since === undefined ? this.#log.all() : this.#log.changedSince(since);
  }

  #headers(): EntitySet {
    const { core } = this.#around;
    return erased<InvoiceRow>({
      type: typeOf(this.#model, 'A_SupplierInvoice'),
      fields: invoiceFields(core),
      overrides: invoiceOverrides,
      navigations: {
        to_SuplrInvcItemPurOrdRef: orderLinesOf,
        to_SupplierInvoiceItemGLAcct: accountLinesOf,
        to_SupplierInvoiceTax: (row) => this.#taxRows(row),
      },
      find: (key) => this.#find(key),
      rows: (hints) => this.#rows(hints),
      create: (body, context) => this.#create(body, context),
      remove: ({ invoice }, context) => {
        if (invoice.status !== 'draft') {
          const message = `Document ${invoice.number} ${invoice.year} is posted and can only be cancelled`;
          throw new BusinessError({ refusal: 'conflict', rule: 'not-parked', message });
        }
        core.invoices.cancel(invoice.year, invoice.number, undefined, context);
      },
    });
  }

  #create(body: Body, context: Context): InvoiceRow {
    const { invoices } = this.#around.core;
    const draft = invoiceDraft(body);
    const invoice = isParked(body.values)
      ? invoices.park(draft, context)
      : invoices.post(draft, context);
    const id = `${invoice.year}/${invoice.number}`;
    const header = leftOver(body, invoiceTaken);
    this.#extensions.put(id, { header, lines: undefined, notes: undefined });
    const blocked = body.values['PaymentBlockingReason'];
    const isBlocked = blocked !== undefined && blocked !== '' && invoice.status === 'posted';
    return this.#row(
      isBlocked ? invoices.block(invoice.year, invoice.number, 'manual', context) : invoice,
    );
  }

  #lines(
    set: string,
    fields: EntitySet<InvoiceLineRow>['fields'],
    linesOfRow: (row: InvoiceRow) => InvoiceLineRow[],
  ): EntitySet {
    return erased<InvoiceLineRow>({
      type: typeOf(this.#model, set),
      fields,
      find: (key) => {
        const row = this.#find(key);
        const lines = row === undefined ? [] : linesOfRow(row);
        return lines.find(({ line }) => line.line === key['SupplierInvoiceItem']);
      },
      rows: (hints) => flat(this.#rows(hints), linesOfRow),
    });
  }

  #taxRows(row: InvoiceRow): TaxRow[] {
    const { masterData } = this.#around.core;
    return taxRows(row, (code, net) => {
      const rate = masterData.taxCodes.get(code)?.ratePercent ?? ('0' as Decimal);
      return roundAmount(percentOf(net, rate), row.invoice.currency);
    });
  }

  #taxes(): EntitySet {
    return erased<TaxRow>({
      type: typeOf(this.#model, 'A_SupplierInvoiceTax'),
      fields: taxFields,
      find: (key) => {
        const row = this.#find(key);
        const rows = row === undefined ? [] : this.#taxRows(row);
        return rows.find((each) => each.taxCode === key['TaxCode']);
      },
      rows: (hints) => flat(this.#rows(hints), (row) => this.#taxRows(row)),
    });
  }

  #functions(): Service['functions'] {
    const { invoices } = this.#around.core;
    type Parameters = Readonly<Record<string, Value>>;
    const keyOf = (parameters: Parameters): [year: string, number: string] => [
      String(parameters['FiscalYear'] ?? ''),
      String(parameters['SupplierInvoice'] ?? ''),
    ];
    return {
      Post: (parameters, context) => {
        invoices.post(keyOf(parameters).join('/'), context);
        return { complex: { Success: true } };
      },
      Release: (parameters, context) => {
        invoices.release(...keyOf(parameters), context);
        return { complex: { Success: true } };
      },
      Cancel: (parameters, context) => {
        checkReason(parameters['ReversalReason']);
        const on = (parameters['PostingDate'] ?? context.today) as CalendarDate;
        const reversal = invoices.cancel(...keyOf(parameters), on, context);
        return {
          complex: { ReverseDocument: reversal.number, FiscalYear: reversal.year, Success: true },
        };
      },
    };
  }
}

function checkReason(reason: Value): void {
  if (reason !== undefined && reason !== '') return;
  const message = 'Enter a reversal reason';
  throw new BusinessError({ refusal: 'invalid', rule: 'reversal-reason-required', message });
}

/** The lower bound of the last change, out of its text; digits only at the front. */
function changeTime(text: string | undefined): number | undefined {
  const [, y, m, d, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{2})?/.exec(text ?? '') ?? [];
  return y === undefined ? undefined : literalMs(`${y}-${m}-${d}T${hour}:${minute}:${second}`);
}

function* flat<A, B>(source: Iterable<A>, each: (one: A) => readonly B[]): IterableIterator<B> {
  for (const one of source) yield* each(one);
}
