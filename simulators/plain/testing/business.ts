/** Some ordinary business with each system over its `plain` wire: requests that succeed, one after the other. */
import { supplierOf } from './master-data.ts';
import type { PlainBench } from './plain-bench.ts';

export interface Step {
  readonly method: string;
  /** As in the contract. */
  readonly path: string;
  readonly target: string;
  readonly body?: unknown;
}

const today = '2026-11-21';
const later = '2026-12-01';

interface Keyed {
  readonly number: string;
  readonly year: string;
}

/** Calls it and hands on what came back; `seen` gets each step. */
type Do = (method: string, path: string, params: readonly string[], body?: unknown) => Keyed;

/** Runs the business; answers the steps it took. */
export function business(bench: PlainBench, seen: (step: Step, status: number) => void): Step[] {
  const steps: Step[] = [];
  const act: Do = (method, path, params, body) => {
    let index = 0;
    const target = path.replaceAll(/\{\w+\}/g, () => params[index++] ?? '');
    const step = { method, path, target, ...(body === undefined ? {} : { body }) };
    const answered = bench.call(method, target, body === undefined ? {} : { body });
    steps.push(step);
    seen(step, answered.status);
    return answered.json as Keyed;
  };
  businessOf[bench.system.name]?.(act);
  return steps;
}

const lines = (more: (index: number) => object): object[] =>
  [1, 2, 3].map((index) => ({
    material: `M-${index}`,
    quantity: '10.0',
    unit: 'C62',
    ...more(index),
  }));

const businessOf: Readonly<Record<string, (act: Do) => void>> = {
  wms: (act) => {
    const draft = {
      purchaseOrder: 'PO-0000001',
      supplier: '100001',
      plant: '1010',
      lines: lines((index) => ({ line: String(index), expectedOn: later })),
    };
    act('POST', '/v1/expected-receipts', [], draft);
    act('PATCH', '/v1/expected-receipts/{number}', ['PO-0000001'], {
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
        purchaseOrder: 'PO-0000001',
        purchaseOrderLine: String(index),
      })),
    });
    const confirmation = act('POST', '/v1/receipt-confirmations', [], {
      purchaseOrder: 'PO-0000001',
      dock: 'DOCK-01',
      lines: lines((index) => ({ purchaseOrderLine: String(index), condition: 'good' })),
    });
    act('GET', '/v1/receipt-confirmations/{number}', [confirmation.number]);
    act('POST', '/v1/stock-adjustments', [], {
      material: 'M-1',
      plant: '1010',
      location: 'DOCK-01',
      quantity: '-1',
      unit: 'C62',
      reason: 'broken',
    });
    act('POST', '/v1/receipt-confirmations/{number}/reverse', [
      act('POST', '/v1/receipt-confirmations', [], {
        purchaseOrder: 'PO-0000001',
        dock: 'DOCK-01',
        partial: true,
        lines: [
          {
            purchaseOrderLine: '1',
            material: 'M-1',
            quantity: '1',
            unit: 'C62',
            condition: 'good',
          },
        ],
      }).number,
    ]);
    act('PUT', '/v1/suppliers/{number}', ['100009'], supplierOf('100009'));
    for (const path of ['/v1/stock', '/v1/stock-movements', '/v1/events', '/v1/materials']) {
      act('GET', path, []);
    }
  },
  procurement: (act) => {
    const order = act('POST', '/v1/purchase-orders', [], {
      companyCode: '1000',
      supplier: '100001',
      currency: 'EUR',
      lines: lines(() => ({ netPrice: '5.00', plant: '1010', deliveryDate: later })),
    });
    const requisition = act('POST', '/v1/requisitions', [], {
      companyCode: '1000',
      supplier: '100001',
      currency: 'EUR',
      lines: lines(() => ({ estimatedPrice: '5.00', plant: '1010', requiredOn: later })),
    });
    act('POST', '/v1/requisitions/{number}/submit', [requisition.number]);
    act('PATCH', '/v1/purchase-orders/{number}', [order.number], {
      lines: [{ line: '1', quantity: '11' }],
    });
    act('POST', '/v1/purchase-orders/{number}/acknowledge', [order.number], {
      orderRevision: 2,
      supplier: '100001',
      lines: ['11', '10', '10'].map((quantity, index) => ({
        line: String(index + 1),
        decision: 'accepted',
        quantity,
        unit: 'C62',
        deliveryDate: later,
      })),
    });
    act('POST', '/v1/ship-notices', [], {
      supplier: '100001',
      estimatedArrival: later,
      carrier: 'Dachser',
      trackingNumber: 'T-1',
      plant: '1010',
      lines: lines((index) => ({
        purchaseOrder: order.number,
        purchaseOrderLine: String(index),
      })),
    });
    const receipt = act('POST', '/v1/receipts', [], {
      externalReference: 'WR-0000001',
      lines: lines((index) => ({ purchaseOrder: order.number, purchaseOrderLine: String(index) })),
    });
    const invoice = act('POST', '/v1/invoices', [], {
      supplierReference: 'INV-1',
      supplier: '100001',
      companyCode: '1000',
      currency: 'EUR',
      documentDate: today,
      lines: [1, 2, 3].map((index) => ({
        purchaseOrder: order.number,
        purchaseOrderLine: String(index),
        quantity: '10',
        netPrice: '5',
      })),
    });
    act('POST', '/v1/invoices/{number}/status', [invoice.number], {
      status: 'posted',
      erpNumber: '2026/5105600001',
    });
    act('POST', '/v1/purchase-orders/{number}/exported', [order.number], { exported: true });
    act('POST', '/v1/receipts/{number}/void', [receipt.number], { reason: 'wrong goods' });
    act('PUT', '/v1/suppliers/{number}', ['100009'], supplierOf('100009'));
    for (const path of ['/v1/purchase-orders', '/v1/invoices', '/v1/events', '/v1/ship-notices']) {
      act('GET', path, []);
    }
  },
  erp: (act) => {
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
      lines: [
        { line: '10', decision: 'accepted', quantity: '12', unit: 'C62', deliveryDate: later },
      ],
    });
    const receipt = act('POST', '/v1/goods-receipts', [], {
      externalReference: 'WR-0000001',
      lines: ['10', '20', '30'].map((line) => ({
        movementType: '101',
        purchaseOrder: order.number,
        purchaseOrderLine: line,
        quantity: '10',
      })),
    });
    const invoice = act('POST', '/v1/supplier-invoices', [], {
      externalReference: 'IN-0000001',
      supplierReference: 'INV-1',
      companyCode: '1000',
      supplier: '100001',
      documentDate: today,
      grossAmount: '178.50',
      lines: ['10', '20', '30'].map((line) => ({
        purchaseOrder: order.number,
        purchaseOrderLine: line,
        quantity: '10',
        amount: '50.00',
      })),
    });
    act('POST', '/v1/supplier-invoices/{year}/{number}/block', [invoice.year, invoice.number]);
    act('POST', '/v1/supplier-invoices/{year}/{number}/release', [invoice.year, invoice.number]);
    act('POST', '/v1/supplier-invoices/{year}/{number}/cancel', [invoice.year, invoice.number], {});
    act('POST', '/v1/goods-receipts/{year}/{number}/cancel', [receipt.year, receipt.number], {});
    act('POST', '/v1/suppliers', [], supplierOf('100009'));
    act('PATCH', '/v1/suppliers/{number}', ['100009'], { city: 'Bremen' });
    for (const path of ['/v1/stock', '/v1/accounting-documents', '/v1/events', '/v1/payments']) {
      act('GET', path, []);
    }
  },
};
