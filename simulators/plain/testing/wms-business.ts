/** An order through the warehouse: expected, announced, counted, corrected. */
import { type Act, later, lines, today } from './business-words.ts';
import { supplierOf } from './master-data.ts';

const order = 'PO-0000001';

export function wmsBusiness(act: Act): void {
  act('POST', '/v1/expected-receipts', [], {
    purchaseOrder: order,
    supplier: '100001',
    plant: '1010',
    lines: lines((index) => ({ line: String(index), expectedOn: later })),
  });
  act('PATCH', '/v1/expected-receipts/{number}', [order], {
    lines: [{ line: '1', quantity: '12' }],
  });
  act('POST', '/v1/ship-notices', [], {
    number: 'ASN-1',
    supplier: '100001',
    shippedAt: `${today}T08:00:00Z`,
    estimatedArrival: later,
    carrier: 'Dachser',
    trackingNumber: 'T-1',
    plant: '1010',
    lines: lines((index) => ({
      line: String(index),
      purchaseOrder: order,
      purchaseOrderLine: String(index),
    })),
  });
  counted(act);
  act('PUT', '/v1/suppliers/{number}', ['100009'], supplierOf('100009'));
  for (const path of ['/v1/stock', '/v1/stock-movements', '/v1/events', '/v1/materials']) {
    act('GET', path, []);
  }
}

function counted(act: Act): void {
  const dock = 'DOCK-01';
  const confirmation = act('POST', '/v1/receipt-confirmations', [], {
    purchaseOrder: order,
    dock,
    lines: lines((index) => ({ purchaseOrderLine: String(index), condition: 'good' })),
  });
  act('GET', '/v1/receipt-confirmations/{number}', [confirmation.number]);
  act('POST', '/v1/stock-adjustments', [], {
    material: 'M-1',
    plant: '1010',
    location: dock,
    quantity: '-1',
    unit: 'C62',
    reason: 'broken',
  });
  const more = act('POST', '/v1/receipt-confirmations', [], {
    purchaseOrder: order,
    dock,
    partial: true,
    lines: [
      { purchaseOrderLine: '1', material: 'M-1', quantity: '1', unit: 'C62', condition: 'good' },
    ],
  });
  act('POST', '/v1/receipt-confirmations/{number}/reverse', [more.number]);
}
