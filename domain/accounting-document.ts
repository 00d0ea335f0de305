/** A balanced posting in the general ledger. */
import type { CalendarDate, Timestamp } from './calendar-date.ts';
import { type Decimal, isZero, sum } from './decimal.ts';

/** What a posting line means, by the transaction keys of SAP's account determination. */
export type PostingKey =
  /** Inventory. */
  | 'BSX'
  /** GR/IR clearing. */
  | 'WRX'
  /** Price differences. */
  | 'PRD'
  /** Consumption and offsetting entries of inventory. */
  | 'GBB'
  /** Input tax. */
  | 'VST'
  /** Vendor payables. */
  | 'KBS'
  /** Small differences in invoice verification. */
  | 'DIF'
  /** Cash discount received. */
  | 'SKE'
  /** Bank clearing and bank. */
  | 'BNK'
  /** Unplanned delivery costs. */
  | 'UPF'
  /** Exchange rate differences. */
  | 'KDM';

export interface AccountingDocument {
  readonly number: string;
  readonly year: string;
  readonly period: string;
  readonly companyCode: string;
  readonly currency: string;
  readonly documentType: 'WE' | 'WA' | 'WL' | 'RE' | 'KG' | 'ZP' | 'ZR' | 'SA' | 'WI' | 'ML';
  readonly documentDate: CalendarDate;
  readonly postingDate: CalendarDate;
  readonly createdAt: Timestamp;
  /** The document that caused the posting, as `kind number`. */
  readonly source: string;
  readonly reverses?: string;
  readonly lines: readonly PostingLine[];
}

export interface PostingLine {
  readonly line: string;
  readonly key: PostingKey;
  readonly account: string;
  /** Positive is a debit, negative a credit, in the document's currency. */
  readonly amount: Decimal;
  readonly supplier?: string;
  readonly material?: string;
  readonly plant?: string;
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
  readonly taxCode?: string;
  readonly costCenter?: string;
  /** Clearing document of an open item, once cleared. */
  readonly clearedBy?: string;
}

/** Debits minus credits; zero for a balanced document. */
export const balanceOf = (lines: Iterable<Pick<PostingLine, 'amount'>>): Decimal =>
  sum([...lines].map((line) => line.amount));

export const isBalanced = (lines: Iterable<Pick<PostingLine, 'amount'>>): boolean =>
  isZero(balanceOf(lines));
