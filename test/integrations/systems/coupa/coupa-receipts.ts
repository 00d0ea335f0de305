/**
 * Receiving transactions, one for each order line. They are found again by `match-reference`, which
 * carries confirmation and line: `WR-0000017/2`.
 */
import type { CallContext, Creation, ProcurementPort } from '../../kit/ports.ts';
import type { CoupaClient } from './coupa-client.ts';
import { present } from './coupa-values.ts';

const resource = 'receiving_transactions';

const transactionOf = (receipt: any, line: any): object =>
  present({
    type: 'ReceivingQuantityConsumption',
    'match-reference': `${receipt.externalReference}/${line.line}`,
    'order-line': { 'order-header-number': line.purchaseOrder, 'line-num': line.purchaseOrderLine },
    quantity: line.quantity,
    uom: { code: line.unit },
    'transaction-date': `${receipt.documentDate}T00:00:00+00:00`,
    'asn-header': receipt.shipNotice ? { 'asn-number': receipt.shipNotice } : undefined,
    'custom-fields': present({ lot: line.lot, 'delivery-completed': line.deliveryCompleted }),
  });

/** What the rules ask of a transaction: whether it was taken back, and what it stands for. */
const receiptOf = (row: any): any => ({
  id: row.id,
  lines: [row],
  ...(row.status === 'voided' ? { reversedBy: 'voided' } : {}),
});

const isOriginal = (row: any): boolean => !row.type.startsWith('Void');

export function coupaReceipts(client: CoupaClient): ProcurementPort['receipts'] {
  const creation = (receipt: any, line: any): Creation => {
    const body: any = transactionOf(receipt, line);
    const reference: string = body['match-reference'];
    return {
      step: `create-${line.line}`,
      lookup: `${resource}?match-reference=${reference}`,
      body,
      keyed: false,
      find: async (call) => {
        const rows = await client.rows(resource, { 'match-reference': reference }, call);
        return rows.find(isOriginal);
      },
      create: (sent, call) => client.send('POST', resource, sent, call),
    };
  };
  return {
    line: (reference, call) => receiptLine(client, reference, call),
    creations: (receipt) => receipt.lines.map((line: any) => creation(receipt, line)),
    find: async (confirmation, call) => {
      const query = { 'match-reference[starts_with]': `${confirmation}/`, limit: 50 };
      return (await client.rows(resource, query, call)).filter(isOriginal).map(receiptOf);
    },
    void: async ({ id }, reversal, call) => {
      const body = {
        comments: 'reversed by the warehouse',
        'match-reference': reversal,
      };
      await client.send('PUT', `${resource}/${id}/void`, body, call);
    },
  };
}

/** The transaction behind `<receipt number>/<line>`, as invoices name it. */
async function receiptLine(
  client: CoupaClient,
  reference: string,
  call: CallContext,
): Promise<any> {
  const cut = reference.lastIndexOf('/');
  const [number, line] = [reference.slice(0, cut), reference.slice(cut + 1)];
  const query = { 'custom-fields[receipt-number]': number, limit: 50 };
  const rows = await client.rows(resource, query, call);
  const row = rows.find((each) => each['match-reference'].endsWith(`/${line}`)) ?? rows[0];
  const matched: string | undefined = row?.['match-reference'];
  return {
    externalReference: matched?.slice(0, matched.lastIndexOf('/')),
    purchaseOrderLine: row?.['order-line']?.['line-num'],
  };
}
