/**
 * Number ranges. Unbuffered: a number is taken in the transaction that uses it and comes back when
 * that fails, so there are no gaps and no number is ever used twice. Ranges of documents whose key
 * has a year begin anew each year.
 */
import type { AccountingDocument } from '../../domain/accounting-document.ts';
import type { Store } from '../../harness/store.ts';

export const nextOrderNumber = (store: Store): string =>
  String(store.nextNumber('PurchaseOrder', 4_500_000_001));

export const nextMaterialDocumentNumber = (store: Store, year: string): string =>
  String(store.nextNumber(`MaterialDocument/${year}`, 5_000_000_001));

export const nextInvoiceNumber = (store: Store, year: string): string =>
  String(store.nextNumber(`SupplierInvoice/${year}`, 5_105_600_001));

export const nextPaymentNumber = (store: Store, year: string): string =>
  String(store.nextNumber(`Payment/${year}`, 3_000_000_001));

const accountingRanges: Readonly<Record<AccountingDocument['documentType'], [string, number]>> = {
  WE: ['WE', 5_000_000_001],
  WA: ['WA', 4_900_000_001],
  WL: ['WA', 4_900_000_001],
  WI: ['WA', 4_900_000_001],
  ML: ['WA', 4_900_000_001],
  RE: ['RE', 5_100_000_001],
  KG: ['RE', 5_100_000_001],
  ZP: ['ZP', 2_000_000_001],
  ZR: ['ZP', 2_000_000_001],
  SA: ['SA', 100_000_001],
};

export function nextAccountingNumber(
  store: Store,
  companyCode: string,
  year: string,
  documentType: AccountingDocument['documentType'],
): string {
  const [range, first] = accountingRanges[documentType];
  const number = store.nextNumber(`AccountingDocument/${companyCode}/${year}/${range}`, first);
  return String(number).padStart(10, '0');
}
