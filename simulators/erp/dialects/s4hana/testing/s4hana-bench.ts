/** An S/4HANA with a client beside it that logs on, fetches tokens and keeps cookies, for tests. */
import type { SystemFactory } from '../../../../../harness/system.ts';
import { masterData } from '../../../../plain/testing/master-data.ts';
import { PlainBench } from '../../../../plain/testing/plain-bench.ts';
import { erp } from '../../../index.ts';
import { plainErp } from '../../plain/plain-erp.ts';
import type { S4hanaSettings } from '../prepared-services.ts';
import { s4hanaErp } from '../s4hana-erp.ts';

export interface S4Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly text: string;
  // What comes back is whatever the test expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly d: any;
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly error: any;
  readonly rule: string | undefined;
}

export interface S4Asked {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without the token and cookie that the client has. */
  readonly withoutToken?: boolean;
}

const root = '/sap/opu/odata/sap';
export const services = {
  order: `${root}/API_PURCHASEORDER_PROCESS_SRV`,
  receipt: `${root}/API_MATERIAL_DOCUMENT_SRV`,
  invoice: `${root}/API_SUPPLIERINVOICE_PROCESS_SRV`,
  partner: `${root}/API_BUSINESS_PARTNER`,
  product: `${root}/API_PRODUCT_SRV`,
  stock: `${root}/API_MATERIAL_STOCK_SRV`,
} as const;

export class S4Bench {
  readonly bench: PlainBench;
  #session: Readonly<Record<string, string>> | undefined;

  constructor(settings: S4hanaSettings = {}, factory?: SystemFactory) {
    this.bench = new PlainBench(
      'erp',
      factory ?? erp({ masterData, dialects: [s4hanaErp(settings), plainErp()] }),
    );
  }

  get logon(): Readonly<Record<string, string>> {
    const { clientId, clientSecret } = this.bench.system.access;
    return {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    };
  }

  /** Token and cookie, fetched at the first call. */
  get session(): Readonly<Record<string, string>> {
    if (this.#session === undefined) {
      const headers = { 'x-csrf-token': 'Fetch' };
      this.#session = this.sessionOf(this.call('GET', services.order, { headers }));
    }
    return this.#session;
  }

  sessionOf({ headers }: S4Answer): Readonly<Record<string, string>> {
    const cookies = headers['set-cookie'] as readonly string[];
    return {
      'x-csrf-token': String(headers['x-csrf-token']),
      cookie: cookies.map((each) => each.split(';')[0]).join('; '),
    };
  }

  call(method: string, target: string, { body, headers, withoutToken }: S4Asked = {}): S4Answer {
    const isSafe = method === 'GET' || method === 'HEAD';
    const session = isSafe || withoutToken ? {} : this.session;
    const sent = {
      accept: 'application/json',
      host: 's4.example:8000',
      ...this.logon,
      ...session,
      ...headers,
    };
    const request = this.bench.request(method, target, {
      token: null,
      headers: sent,
      ...(body === undefined ? {} : { body }),
    });
    this.bench.system.identify(request);
    const { reply, rule } = this.bench.system.handle(request, this.bench.context());
    const type = String(reply.headers['content-type'] ?? '');
    const json =
      type.includes('json') && reply.body !== ''
        ? (JSON.parse(reply.body) as { d?: unknown; error?: unknown })
        : {};
    return {
      status: reply.status,
      headers: reply.headers,
      text: reply.body,
      d: json.d,
      error: json.error,
      rule,
    };
  }

  get = (target: string, headers: Readonly<Record<string, string>> = {}): S4Answer =>
    this.call('GET', target, { headers });

  post = (target: string, body: unknown = '', headers = {}): S4Answer =>
    this.call('POST', target, { body, headers });

  /** All documents with their versions, and how much was told about them. */
  state(): string {
    return this.bench.state();
  }
}

/** An order of 10, 20 and 30 pieces of three materials, as an integration sends it. */
export const orderBody = (reference = 'PO-0000001'): Record<string, unknown> => ({
  CompanyCode: '1000',
  PurchaseOrderType: 'NB',
  Supplier: '100001',
  PurchasingOrganization: '1000',
  PurchasingGroup: '001',
  DocumentCurrency: 'EUR',
  PurchaseOrderDate: '/Date(1795219200000)/',
  CorrespncExternalReference: reference,
  to_PurchaseOrderItem: [1, 2, 3].map((number) => ({
    PurchaseOrderItem: `000${number}0`,
    Material: `M-${number}`,
    Plant: '1010',
    OrderQuantity: String(number * 10),
    PurchaseOrderQuantityUnit: 'PC',
    NetPriceAmount: '5.00',
    NetPriceQuantity: '1',
    to_ScheduleLine: [{ ScheduleLineDeliveryDate: '/Date(1796083200000)/' }],
  })),
});

export const receiptBody = (order: string, reference = 'WR-0000001'): Record<string, unknown> => ({
  GoodsMovementCode: '01',
  DocumentDate: '2026-11-21T00:00:00',
  PostingDate: '/Date(1795219200000)/',
  ReferenceDocument: reference,
  to_MaterialDocumentItem: {
    results: ['10', '20', '30'].map((item, index) => ({
      GoodsMovementType: '101',
      GoodsMovementRefDocType: 'B',
      PurchaseOrder: order,
      PurchaseOrderItem: item,
      Material: `M-${index + 1}`,
      Plant: '1010',
      StorageLocation: '0001',
      QuantityInEntryUnit: '10.000',
      EntryUnit: 'PC',
    })),
  },
});

export const invoiceBody = (order: string, reference = 'INV-1'): Record<string, unknown> => ({
  CompanyCode: '1000',
  DocumentDate: '2026-11-21T00:00:00',
  PostingDate: '2026-11-21T00:00:00',
  SupplierInvoiceIDByInvcgParty: reference,
  AssignmentReference: `IN-${reference}`,
  InvoicingParty: '100001',
  DocumentCurrency: 'EUR',
  InvoiceGrossAmount: '178.50',
  TaxIsCalculatedAutomatically: true,
  to_SuplrInvcItemPurOrdRef: ['10', '20', '30'].map((item) => ({
    PurchaseOrder: order,
    PurchaseOrderItem: item,
    TaxCode: 'V1',
    DocumentCurrency: 'EUR',
    SupplierInvoiceItemAmount: '50.00',
    PurchaseOrderQuantityUnit: 'PC',
    QuantityInPurchaseOrderUnit: '10',
  })),
});
