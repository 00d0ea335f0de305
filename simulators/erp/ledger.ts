/**
 * The general ledger of each company code, in its currency. Every posting is one balanced accounting
 * document; running totals per account make the trial balance cheap.
 */
import assert from 'node:assert';
import {
  type AccountingDocument,
  balanceOf,
  isBalanced,
} from '../../domain/accounting-document.ts';
import type { PostingLine } from '../../domain/accounting-document.ts';
import { type CalendarDate, postingPeriodOf, timestamp } from '../../domain/calendar-date.ts';
import {
  type Decimal,
  add,
  isNegative,
  isZero,
  negate,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import { nextAccountingNumber } from './number-ranges.ts';
import type { Accounts } from './settings.ts';

/** A posting line before the ledger gave it its number. */
export type Entry = Omit<PostingLine, 'line' | 'account'> & { readonly account?: string };

export interface Posting {
  readonly companyCode: string;
  readonly currency: string;
  readonly documentType: AccountingDocument['documentType'];
  readonly documentDate: CalendarDate;
  readonly postingDate: CalendarDate;
  /** `kind number` of the document that causes it. */
  readonly source: string;
  readonly reverses?: string;
  readonly entries: readonly Entry[];
}

/** Totals of one account; debit and credit both positive. */
export interface AccountTotal {
  readonly companyCode: string;
  readonly account: string;
  readonly debit: Decimal;
  readonly credit: Decimal;
}

export interface TrialBalance {
  readonly accounts: readonly {
    account: string;
    debit: Decimal;
    credit: Decimal;
    balance: Decimal;
  }[];
  /** Debits minus credits over all accounts: always zero. */
  readonly total: Decimal;
}

export class Ledger {
  readonly documents: Collection<AccountingDocument>;
  /** By `purchase order/line`. */
  readonly byOrderLine: Index<AccountingDocument>;
  readonly #store: Store;
  readonly #accounts: Accounts;
  readonly #totals: Collection<AccountTotal>;
  readonly #totalsByCompany: Index<AccountTotal>;

  constructor(store: Store, accounts: Accounts) {
    this.#store = store;
    this.#accounts = accounts;
    this.documents = store.collection('AccountingDocument');
    this.byOrderLine = this.documents.index(orderLinesOf);
    this.#totals = store.collection('AccountTotal', { recorded: false });
    this.#totalsByCompany = this.#totals.index((total) => total.companyCode);
  }

  /**
   * Posts one balanced document and returns its id; `undefined` when every amount is zero, for then
   * there is nothing to post. Needs a transaction. A posting that does not balance is a bug.
   */
  post(posting: Posting, context: Context): string | undefined {
    const entries = posting.entries.filter((entry) => !isZero(entry.amount));
    if (entries.length === 0) return undefined;
    assert(isBalanced(entries), `${posting.source} is out of balance by ${balanceOf(entries)}`);
    const { companyCode, documentType } = posting;
    const { year, period } = postingPeriodOf(posting.postingDate);
    const number = nextAccountingNumber(this.#store, companyCode, year, documentType);
    const id = `${companyCode}/${year}/${number}`;
    const { documentDate, postingDate, currency, source, reverses } = posting;
    this.documents.put(id, {
      number,
      year,
      period,
      companyCode,
      currency,
      documentType,
      documentDate,
      postingDate,
      createdAt: timestamp(context.at),
      source,
      ...(reverses === undefined ? {} : { reverses }),
      lines: entries.map((entry, index) => this.#line(entry, index)),
    });
    for (const entry of entries) this.#count(companyCode, entry);
    return id;
  }

  /** Marks open vendor items of a document as cleared, or (with `undefined`) as open again. */
  clear(id: string, clearedBy: string | undefined): void {
    const document = this.documents.get(id);
    if (document === undefined) return;
    const lines = document.lines.map((line): PostingLine => {
      if (line.key !== 'KBS') return line;
      const { clearedBy: _old, ...open } = line;
      return clearedBy === undefined ? open : { ...open, clearedBy };
    });
    this.documents.put(id, { ...document, lines });
  }

  trialBalance(companyCode: string): TrialBalance {
    const accounts = this.#totalsByCompany
      .find(companyCode)
      .map(({ account, debit, credit }) => ({
        account,
        debit,
        credit,
        balance: subtract(debit, credit),
      }))
      .sort((a, b) => (a.account < b.account ? -1 : 1));
    return { accounts, total: sum(accounts.map((each) => each.balance)) };
  }

  /** What stands on GR/IR clearing for an order line: debits (invoices) minus credits (receipts). */
  openGrIr(purchaseOrder: string, line: string): Decimal {
    const lines = this.byOrderLine.find(`${purchaseOrder}/${line}`).flatMap((each) => each.lines);
    const mine = lines.filter(
      (each) =>
        each.key === 'WRX' &&
        each.purchaseOrder === purchaseOrder &&
        each.purchaseOrderLine === line,
    );
    return balanceOf(mine);
  }

  #line(entry: Entry, index: number): PostingLine {
    return { line: String(index + 1), ...entry, account: this.#account(entry) };
  }

  #account(entry: Entry): string {
    return entry.account ?? this.#accounts[entry.key];
  }

  #count(companyCode: string, entry: Entry): void {
    const account = this.#account(entry);
    const id = `${companyCode}/${account}`;
    const { debit, credit } = this.#totals.get(id) ?? { debit: zero, credit: zero };
    const { amount } = entry;
    this.#totals.put(
      id,
      isNegative(amount)
        ? { companyCode, account, debit, credit: add(credit, negate(amount)) }
        : { companyCode, account, debit: add(debit, amount), credit },
    );
  }
}

function orderLinesOf(document: AccountingDocument): string[] {
  const keys = new Set<string>();
  for (const { key, purchaseOrder, purchaseOrderLine } of document.lines) {
    if (key === 'WRX' && purchaseOrder !== undefined)
      keys.add(`${purchaseOrder}/${purchaseOrderLine}`);
  }
  return [...keys];
}
