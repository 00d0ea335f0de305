/** Nothing is paid twice: neither an invoice by two payments nor one supplier's invoice under two numbers. */
import type { Payment } from '../../domain/payment.ts';
import { type Invariant, type Violation, defineInvariant } from '../../harness/invariant.ts';
import { judged, untouched } from './finding.ts';
import { type Decimal, Total } from './ledger-sums.ts';
import { listed, times } from './wording.ts';

interface Paid {
  readonly payment: string;
  readonly invoice: string;
  readonly gross: Decimal;
  readonly paid: Decimal;
  readonly discount: Decimal;
  readonly position: number;
  rejected: boolean;
}

interface State {
  readonly key: string;
  readonly payments: Map<string, Paid>;
}

const itemKey = (supplier: string, reference: string): string => `${supplier} ${reference}`;

export const paidOnce = (): Invariant =>
  defineInvariant<State>({
    name: 'paid-once',
    promise: 'No invoice is paid twice.',
    family: 'B',
    interests: [{ type: 'commit', system: 'erp', document: 'Payment' }],
    keysOf(record) {
      if (record.type !== 'commit') return undefined;
      const { supplier, items } = record.data as Payment;
      return [...new Set(items.map((item) => itemKey(supplier, item.supplierReference)))];
    },
    begin: (key) => ({ key, payments: new Map() }),
    step(state, record) {
      if (record.type === 'commit') take(state, record.id, record.position, record.data as Payment);
      return state;
    },
    end: ({ payments }, key) => (payments.size === 0 ? untouched : judged(overpaid(payments, key))),
  });

function take({ key, payments }: State, payment: string, position: number, data: Payment): void {
  const rejected = data.status === 'rejected';
  for (const item of data.items) {
    if (itemKey(data.supplier, item.supplierReference) !== key) continue;
    const id = `${payment} ${item.invoice}`;
    const known = payments.get(id);
    if (known !== undefined) known.rejected = rejected;
    else {
      const { invoice, grossAmount: gross, paidAmount: paid, discount } = item;
      payments.set(id, { payment, invoice, gross, paid, discount, position, rejected });
    }
  }
}

function overpaid(payments: Map<string, Paid>, key: string): Violation[] {
  const standing = [...payments.values()].filter(({ rejected }) => !rejected);
  const byGross = Map.groupBy(standing, ({ gross }) => gross);
  return [...byGross].flatMap(([gross, paid]) => {
    const total = new Total();
    for (const each of paid) {
      total.add(each.paid);
      total.add(each.discount);
    }
    if (paid.length < 2 || Number(total.value) <= Number(gross)) return [];
    const ids = paid.map(({ payment }) => payment);
    return [
      {
        keys: [key, ...new Set(paid.map(({ invoice }) => invoice))],
        positions: paid.map(({ position }) => position),
        sentence: `Invoice ${key} over ${gross} was paid ${times(paid.length)}, ${total.value} in all: ${listed(ids)}.`,
        expected: gross,
        actual: total.value,
      },
    ];
  });
}
