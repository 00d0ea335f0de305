/** A payment pays what its invoices ask: their amounts less discount, to their supplier, in their currency. */
import type { Payment } from '../../domain/payment.ts';
import type { SupplierInvoice } from '../../domain/supplier-invoice.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { type Decimal, Total } from './ledger-sums.ts';

interface Item {
  readonly payment: string;
  readonly supplier: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly position: number;
}

interface State {
  readonly invoice: string;
  owed:
    { readonly gross: Decimal; readonly supplier: string; readonly currency: string } | undefined;
  readonly items: Item[];
  readonly violations: Violation[];
}

export const paymentsMatchInvoices = (): Invariant =>
  defineInvariant<State>({
    name: 'payments-match-invoices',
    promise: 'A payment is what its invoices ask for.',
    family: 'B',
    interests: ['Payment', 'SupplierInvoice'].map((document) => ({
      type: 'commit',
      system: 'erp',
      document,
    })),
    keysOf(record) {
      if (record.type !== 'commit' || record.version !== 1) return undefined;
      if (record.document === 'SupplierInvoice') return record.id;
      return (record.data as Payment).items.map(({ invoice }) => invoice);
    },
    begin: (invoice) => ({ invoice, owed: undefined, items: [], violations: [] }),
    step(state, record) {
      if (record.type !== 'commit') return state;
      if (record.document === 'SupplierInvoice') {
        const { grossAmount: gross, supplier, currency } = record.data as SupplierInvoice;
        state.owed = { gross, supplier, currency };
      } else takePayment(state, record.id, record.position, record.data as Payment);
      return state;
    },
    end({ owed, items, violations }, invoice) {
      if (items.length === 0) return untouched;
      return judged([
        ...violations,
        ...items.flatMap((item) => mismatch(invoice, owed, item) ?? []),
      ]);
    },
  });

function takePayment(state: State, id: string, position: number, payment: Payment): void {
  const { items, supplier, currency } = payment;
  for (const item of items) {
    if (item.invoice !== state.invoice) continue;
    const amount = new Total();
    amount.add(item.paidAmount);
    amount.add(item.discount);
    state.items.push({ payment: id, supplier, currency, amount: amount.value, position });
  }
  // The sum is the whole payment's matter and is told once, with its first invoice.
  if (items[0]?.invoice !== state.invoice) return;
  const total = new Total();
  for (const { paidAmount } of items) total.add(paidAmount);
  if (total.value === payment.amount) return;
  state.violations.push({
    keys: [id],
    positions: [position],
    sentence: `Payment ${id} is over ${payment.amount} ${currency}, and its ${items.length} items add up to ${total.value}.`,
    expected: total.value,
    actual: payment.amount,
  });
}

function mismatch(invoice: string, owed: State['owed'], item: Item): Violation | undefined {
  const about = { keys: [item.payment, invoice], positions: [item.position] };
  if (owed === undefined) {
    return {
      ...about,
      sentence: `Payment ${item.payment} pays invoice ${invoice}, which the ERP does not have.`,
    };
  }
  if (owed.supplier !== item.supplier) {
    const sentence = `Payment ${item.payment} pays invoice ${invoice} of ${owed.supplier} to ${item.supplier}.`;
    return { ...about, sentence, expected: owed.supplier, actual: item.supplier };
  }
  const paid = `${item.amount} ${item.currency}`;
  const asked = `${owed.gross} ${owed.currency}`;
  // Credit memos are taken off with the other sign.
  if (paid.replace('-', '') === asked.replace('-', '')) return undefined;
  const sentence = `Payment ${item.payment} settles ${paid} of invoice ${invoice}, which is over ${asked}.`;
  return { ...about, sentence, expected: asked, actual: paid };
}
