/** How a client learns on this wire what was paid: the supplier's items and what cleared them. */
import { expect, test } from 'vitest';
import type { CalendarDate } from '../../../../domain/calendar-date.ts';
import type { ErpCore } from '../../erp-core.ts';
import { S4Bench, invoiceBody, orderBody, receiptBody, services } from './testing/s4hana-bench.ts';

const items =
  '/sap/opu/odata/sap/API_OPLACCTGDOCITEMCUBE_SRV/A_OperationalAcctgDocItemCube?$filter=';

interface Item {
  readonly [name: string]: string;
}

/** An invoice that was paid, and the payment. */
function paid(): { bench: S4Bench; core: ErpCore; number: string; payment: string } {
  const bench = new S4Bench();
  const core = bench.bench.system.core as ErpCore;
  const order = bench.post(`${services.order}/A_PurchaseOrder`, orderBody());
  const { PurchaseOrder } = order.d;
  bench.post(`${services.receipt}/A_MaterialDocumentHeader`, receiptBody(PurchaseOrder));
  const invoice = bench.post(`${services.invoice}/A_SupplierInvoice`, invoiceBody(PurchaseOrder));
  const number: string = invoice.d.SupplierInvoice;
  const draft = {
    companyCode: '1000',
    runDate: '2027-06-30' as CalendarDate,
    houseBank: core.settings.houseBanks[0] as string,
  };
  const [payment] = core.payments.run(draft, bench.bench.context());
  return { bench, core, number, payment: payment?.accountingDocument ?? '' };
}

const find = (bench: S4Bench, filter: string): Item[] =>
  bench.get(`${items}${encodeURIComponent(filter)}`).d.results;

const ofInvoice = (number: string): string =>
  `OriginalReferenceDocument eq '${number}2026' and FinancialAccountType eq 'K'`;

const ofPayment = (payment: string): string => {
  const [company, year, document] = payment.split('/');
  return `CompanyCode eq '${company}' and FiscalYear eq '${year}' and AccountingDocument eq '${document}' and FinancialAccountType eq 'K'`;
};

test("an invoice's item names what cleared it, and the payment's item the invoice", () => {
  const { bench, number, payment } = paid();
  const [, year, document] = payment.split('/');
  const [open] = find(bench, ofInvoice(number));
  expect(open).toMatchObject({
    ClearingAccountingDocument: document,
    ClearingDocFiscalYear: year,
    ReferenceDocumentType: 'RMRP',
    DebitCreditCode: 'H',
    AmountInCompanyCodeCurrency: '-178.50',
    DocumentReferenceID: 'INV-1',
    AssignmentReference: 'IN-INV-1',
  });
  const [paying] = find(bench, ofPayment(payment));
  expect(paying).toMatchObject({
    InvoiceReference: open?.['AccountingDocument'],
    InvoiceReferenceFiscalYear: open?.['FiscalYear'],
    ReferenceDocumentType: 'BKPF',
    DebitCreditCode: 'S',
  });
});

test('a payment that the bank rejects leaves the item open again', () => {
  const { bench, core, number } = paid();
  const [payment] = core.payments.documents.values();
  core.payments.reject(
    `${payment?.year}/${payment?.number}`,
    'account closed',
    bench.bench.context(),
  );
  expect(find(bench, ofInvoice(number))[0]).toMatchObject({
    ClearingAccountingDocument: '',
    ClearingDate: null,
  });
});

test('an event about a payment carries the keys of its accounting document', () => {
  const { bench, payment } = paid();
  const [CompanyCode, FiscalYear, AccountingDocument] = payment.split('/');
  const told = bench.bench.system.feed
    .read(0, 1000)
    .events.find(({ type }) => type === 'payment.issued');
  expect(told).toBeDefined();
  if (told === undefined) return;
  const { data } = JSON.parse(bench.bench.system.renderEvent(told).body);
  expect(data).toEqual({ CompanyCode, FiscalYear, AccountingDocument });
});
