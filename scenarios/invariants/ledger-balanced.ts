/** Debits equal credits: in every accounting document, and so in every company's trial balance. */
import type { AccountingDocument } from '../../domain/accounting-document.ts';
import { type Decimal, add, balanceOf, isZero, zero } from './ledger-sums.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { judged, untouched } from './finding.ts';

interface State {
  documents: number;
  balance: Decimal;
  lastPosition: number;
  readonly violations: Violation[];
}

export const ledgerBalanced = (): Invariant =>
  defineInvariant<State>({
    name: 'ledger-balanced',
    promise: 'Every accounting document and every trial balance adds up to zero.',
    family: 'B',
    interests: [{ type: 'commit', system: 'erp', document: 'AccountingDocument' }],
    keysOf: (record) =>
      // Later versions only note what cleared the lines.
      record.type === 'commit' && record.version === 1
        ? (record.data as AccountingDocument).companyCode
        : undefined,
    begin: () => ({ documents: 0, balance: zero, lastPosition: -1, violations: [] }),
    step(state, record) {
      if (record.type === 'commit') take(state, record);
      return state;
    },
    end({ documents, balance, lastPosition, violations }, companyCode) {
      if (documents === 0) return untouched;
      if (isZero(balance)) return judged(violations);
      const sentence = `The trial balance of company ${companyCode} is off by ${balance} after ${documents} documents.`;
      return judged([
        ...violations,
        {
          keys: [companyCode],
          positions: [lastPosition],
          sentence,
          expected: zero,
          actual: balance,
        },
      ]);
    },
  });

function take(state: State, record: CommitRecord): void {
  const { number, source, currency, lines } = record.data as AccountingDocument;
  const balance = balanceOf(lines);
  state.documents++;
  state.lastPosition = record.position;
  if (isZero(balance)) return;
  state.balance = add(state.balance, balance);
  state.violations.push({
    keys: [record.id, source],
    positions: [record.position],
    sentence: `Accounting document ${number} for ${source} does not balance: debits and credits differ by ${balance} ${currency}.`,
    expected: zero,
    actual: balance,
  });
}
