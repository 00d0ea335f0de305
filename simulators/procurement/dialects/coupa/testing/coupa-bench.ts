/** A procurement suite with both its dialects and a client beside it, for the tests of the `coupa` one. */
import type { Handled } from '../../../../../harness/system.ts';
import type { WireRequest } from '../../../../../harness/wire.ts';
import { type Answered, type Asked, PlainBench } from '../../../../plain/testing/plain-bench.ts';
import { masterData } from '../../../../plain/testing/master-data.ts';
import { procurement } from '../../../index.ts';
import { plainProcurement } from '../../plain/plain-procurement.ts';
import { coupaProcurement } from '../coupa-procurement.ts';
import type { CoupaSettings } from '../coupa-port.ts';

export class CoupaBench extends PlainBench {
  #plainToken: string | undefined;

  constructor(settings: CoupaSettings = { requestsPerSecond: Infinity }) {
    const dialects = [coupaProcurement(settings), plainProcurement()] as const;
    super('procurement', procurement({ masterData, dialects }));
  }

  /** Wants JSON unless it says otherwise; `accept: ''` says nothing. */
  override request(method: string, target: string, asked: Asked = {}): WireRequest {
    const headers = { accept: 'application/json', ...asked.headers };
    return super.request(method, target, { ...asked, headers });
  }

  override answer(handled: Handled): Answered {
    const { reply, rule } = handled;
    const { status, headers, body: text } = reply;
    const isXml = String(headers['content-type']).includes('xml');
    return isXml ? { status, headers, text, json: undefined, rule } : super.answer(handled);
  }

  /** Asks for a token as the vendor's clients do. */
  override issue(scope?: string): Answered {
    return super.issue(scope, '/oauth2/token');
  }

  get(target: string): Answered {
    return this.call('GET', target);
  }

  post(target: string, body: unknown): Answered {
    return this.call('POST', target, { body });
  }

  put(target: string, body?: unknown): Answered {
    return this.call('PUT', target, body === undefined ? {} : { body });
  }

  /** The same through the `plain` dialect. */
  plain(method: string, target: string, asked: Asked = {}): Answered {
    this.#plainToken ??= super.issue().json.access_token as string;
    return this.call(method, target, { token: this.#plainToken, ...asked });
  }

  /** An order with three lines of 10 pieces at 5.00, issued. */
  order(): Answered {
    const { id } = this.post('/api/purchase_orders', orderBody).json as { id: number };
    return this.put(`/api/purchase_orders/${id}/issue`);
  }
}

export const orderBody = {
  supplier: { number: '100001' },
  currency: { code: 'EUR' },
  'ship-to-address': { 'location-code': '1010' },
  'order-lines': [1, 2, 3].map((index) => ({
    item: { 'item-number': `M-${index}` },
    quantity: '10.0',
    price: '5.00',
    'need-by-date': '2026-12-01T00:00:00+00:00',
  })),
};

export const receiptBody = (line: number, quantity = '4'): object => ({
  type: 'ReceivingQuantityConsumption',
  quantity,
  'order-line': { 'line-num': String(line), 'order-header-number': 'PO-0000001' },
  'match-reference': `WR-0000001/${line}`,
});

export const invoiceBody = {
  'invoice-number': 'INV-1',
  'invoice-date': '2026-11-21',
  supplier: { number: '100001' },
  currency: { code: 'EUR' },
  'invoice-lines': [
    { 'po-number': 'PO-0000001', 'order-line-num': '2', quantity: '4', price: '5.00' },
  ],
};
