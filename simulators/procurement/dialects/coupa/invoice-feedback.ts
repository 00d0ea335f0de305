/**
 * What the ERP tells about an invoice: payment in the attributes that Coupa has for it (`paid`,
 * `payment-date`, `payments`), posting and blocks in custom fields (`erp-status`, `erp-number`,
 * `payment-blocks`, `payment-rejection`).
 */
import { type PaymentBlock, paymentBlockLetters } from '../../../../domain/supplier-invoice.ts';
import type { Invoice } from '../../documents.ts';
import type { InvoiceStatusUpdate } from '../../drafts.ts';
import { type Body, given } from './body.ts';
import { badRequest, invalid } from './coupa-refusal.ts';

const statuses = ['posted', 'paid', 'rejected', 'cancelled'] as const;

function statusIn(custom: Body | undefined): (typeof statuses)[number] | undefined {
  const asked = custom?.text('erp-status', 40);
  if (asked === undefined) return undefined;
  const found = statuses.find((each) => each === asked);
  if (found !== undefined) return found;
  throw invalid(
    'invalid-status',
    `must be one of ${statuses.join(', ')}`,
    'custom-fields.erp-status',
  );
}

function blocksIn(custom: Body | undefined): readonly PaymentBlock[] | undefined {
  const asked = custom?.keys('payment-blocks', 20);
  const unknown = asked?.find((each) => !Object.hasOwn(paymentBlockLetters, each));
  if (unknown === undefined) return asked as readonly PaymentBlock[] | undefined;
  const known = Object.keys(paymentBlockLetters).join(', ');
  throw badRequest('invalid-block', `must be among ${known}`, 'custom-fields.payment-blocks');
}

/** The last of `payments`, or the header's own words for it. */
function paymentIn(body: Body) {
  const last = body.objects('payments')?.at(-1);
  return {
    ...given({
      payment: last?.key('notes', 40) ?? body.key('payment-notes', 40),
      paidAmount: last?.decimal('amount-paid'),
      paidOn: last?.date('payment-date') ?? body.date('payment-date'),
    }),
  };
}

/** What a body tells: nothing that this is about, news that change nothing, or an update. Throws 400 and 422. */
export function statusUpdate(
  invoice: Invoice,
  body: Body,
): InvoiceStatusUpdate | 'same' | undefined {
  const custom = body.object('custom-fields');
  const paid = body.flag('paid');
  const named = paymentIn(body);
  const said = statusIn(custom);
  if (paid === false && said === 'paid') {
    throw invalid('contradiction', 'is false while the status is paid', 'paid');
  }
  const news = given({
    erpNumber: custom?.key('erp-number', 40),
    paymentBlocks: blocksIn(custom),
    reason: custom?.text('reason'),
    paymentRejection: custom?.text('payment-rejection'),
  });
  const isPaid = paid === true || (paid === undefined && named.payment !== undefined);
  const hasNews = isPaid || said !== undefined || Object.keys(news).length > 0;
  if (!hasNews && invoice.status !== 'paid') return paid === false ? 'same' : undefined;
  if (!hasNews && paid === undefined) return undefined;
  const status = said ?? (isPaid ? 'paid' : standing(invoice, paid));
  if (status !== 'paid') return { status, ...news, ...given({ payment: named.payment }) };
  return { status, ...news, ...named, payment: named.payment ?? paymentName(invoice) };
}

/** Where the ERP has the invoice when the news does not say. */
function standing(invoice: Invoice, paid: boolean | undefined): InvoiceStatusUpdate['status'] {
  if (invoice.status === 'rejected' || invoice.status === 'cancelled') return invoice.status;
  return invoice.status === 'paid' && paid !== false ? 'paid' : 'posted';
}

/** A payment that nobody named: the one that is known, or one of its own. */
const paymentName = ({ payment, payments }: Invoice): string =>
  payment ?? `unnamed-${payments.length + 1}`;
