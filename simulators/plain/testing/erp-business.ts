/** An order through the ERP: ordered, changed, confirmed, received, invoiced, and all taken back. */
import { type Act, later, lines, today } from './business-words.ts';
import { supplierOf } from './master-data.ts';

const orderLines = ['10', '20', '30'];

const receiptOf = (order: string): object => ({
  externalReference: 'WR-0000001',
  lines: orderLines.map((line) => ({
    movementType: '101',
    purchaseOrder: order,
    purchaseOrderLine: line,
    quantity: '10',
  })),
});

const invoiceOf = (order: string): object => ({
  externalReference: 'IN-0000001',
  supplierReference: 'INV-1',
  companyCode: '1000',
  supplier: '100001',
  documentDate: today,
  grossAmount: '178.50',
  lines: orderLines.map((line) => ({
    purchaseOrder: order,
    purchaseOrderLine: line,
    quantity: '10',
    amount: '50.00',
  })),
});

export function erpBusiness(act: Act): void {
  const order = act('POST', '/v1/purchase-orders', [], {
    externalReference: 'PO-0000001',
    companyCode: '1000',
    supplier: '100001',
    lines: lines(() => ({ netPrice: '5.00', plant: '1010', deliveryDate: later })),
  });
  act('PATCH', '/v1/purchase-orders/{number}', [order.number], {
    lines: [{ line: '10', quantity: '12' }],
  });
  act('POST', '/v1/purchase-orders/{number}/actions/confirm', [order.number], {
    number: 'AK-1',
    lines: [{ line: '10', decision: 'accepted', quantity: '12', unit: 'C62', deliveryDate: later }],
  });
  const receipt = act('POST', '/v1/goods-receipts', [], receiptOf(order.number));
  const invoice = act('POST', '/v1/supplier-invoices', [], invoiceOf(order.number));
  const key = [invoice.year, invoice.number];
  act('POST', '/v1/supplier-invoices/{year}/{number}/block', key);
  act('POST', '/v1/supplier-invoices/{year}/{number}/release', key);
  act('POST', '/v1/supplier-invoices/{year}/{number}/cancel', key, {});
  act('POST', '/v1/goods-receipts/{year}/{number}/cancel', [receipt.year, receipt.number], {});
  act('POST', '/v1/suppliers', [], supplierOf('100009'));
  act('PATCH', '/v1/suppliers/{number}', ['100009'], { city: 'Bremen' });
  for (const path of ['/v1/stock', '/v1/accounting-documents', '/v1/events', '/v1/payments']) {
    act('GET', path, []);
  }
}
