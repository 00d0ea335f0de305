/** An ERP with a little master data, for tests of its rules. */
import { type CalendarDate, calendarDate, instantOf } from '../../domain/calendar-date.ts';
import { type Decimal, decimal } from '../../domain/decimal.ts';
import type { Material, Supplier } from '../../domain/master-data.ts';
import type { Context } from '../../harness/context.ts';
import type { DomainEvent } from '../../harness/domain-event.ts';
import { MemoryHistory } from '../../harness/history.ts';
import { KeyedRandom } from '../../harness/random.ts';
import { Store } from '../../harness/store.ts';
import type { PurchaseOrderLineDraft } from './drafts.ts';
import { ErpCore } from './erp-core.ts';
import { type ErpSettings, defaultErpSettings } from './settings.ts';

export const today = calendarDate('2026-11-21');

export const contextOn = (date: CalendarDate, by = 'INTEGRATION'): Context => ({
  at: instantOf(date),
  today: date,
  by,
  actor: 'test',
  correlationId: 'test',
});

export const context = contextOn(today);

export const supplier = (number: string, more: Partial<Supplier> = {}): Supplier => ({
  number,
  name: `Supplier ${number}`,
  country: 'DE',
  city: 'Bremen',
  street: 'Hafen 1',
  postalCode: '28195',
  email: 'a@example.com',
  taxNumber: 'DE1',
  currency: 'EUR',
  paymentTerms: 'NT30',
  bankAccount: 'DE00',
  blocked: false,
  ...more,
});

export const material = (number: string, more: Partial<Material> = {}): Material => ({
  number,
  description: `Material ${number}`,
  materialGroup: 'PAINT',
  baseUnit: 'C62',
  orderUnit: 'C62',
  alternativeUnits: [],
  valuation: 'movingAverage',
  price: decimal('5'),
  taxCode: 'V1',
  batchManaged: false,
  deleted: false,
  ...more,
});

/** Suppliers S1, S2 (blocked) and S3 (USD); materials V (moving average), S (standard, 4), K (kg in tonnes), D (deleted). */
export function testErp(settings: Partial<ErpSettings> = {}) {
  const history = new MemoryHistory();
  const events: DomainEvent[] = [];
  const store = new Store({ system: 'erp', history, publish: (event) => events.push(event) });
  const random = new KeyedRandom('test');
  const erp = new ErpCore({ store, random, settings: { ...defaultErpSettings, ...settings } });
  erp.masterData.seed(
    {
      suppliers: [
        supplier('S1'),
        supplier('S2', { blocked: true }),
        supplier('S3', { currency: 'USD' }),
      ],
      materials: [
        material('V'),
        material('S', { valuation: 'standard', price: decimal('4') }),
        material('K', { baseUnit: 'KGM', orderUnit: 'TNE' }),
        material('D', { deleted: true }),
      ],
    },
    context,
  );
  return { erp, store, history, events };
}

export const line = (more: Partial<PurchaseOrderLineDraft> = {}): PurchaseOrderLineDraft => ({
  material: 'V',
  quantity: decimal('10'),
  netPrice: decimal('5'),
  plant: '1010',
  ...more,
});

type Erp = ErpCore;

/** An order of company code 1000 with supplier S1; 10 V at 5 unless told otherwise. */
export const order = (erp: Erp, ...lines: readonly Partial<PurchaseOrderLineDraft>[]) =>
  erp.purchaseOrders.create(
    {
      companyCode: '1000',
      supplier: 'S1',
      lines: (lines.length === 0 ? [{}] : lines).map((each) => line(each)),
    },
    context,
  );

export const receive = (
  erp: Erp,
  purchaseOrder: string,
  quantity: string,
  more: { line?: string; unit?: string; deliveryCompleted?: boolean } = {},
  movementType: '101' | '103' | '161' = '101',
) => {
  const { line: purchaseOrderLine = '10', ...rest } = more;
  const each = {
    movementType,
    purchaseOrder,
    purchaseOrderLine,
    quantity: decimal(quantity),
    ...rest,
  };
  return erp.goodsMovements.post({ lines: [each] }, context);
};

let references = 0;

/** An invoice over one order line, with the tax of V1 (19 %) unless told otherwise. */
export const invoiceDraft = (
  purchaseOrder: string,
  quantity: string,
  amount: string,
  more: {
    kind?: 'invoice' | 'creditMemo' | 'subsequentDebit' | 'subsequentCredit';
    line?: string;
    goodsReceipt?: string;
    gross?: string;
  } = {},
) => {
  const { line: purchaseOrderLine = '10', goodsReceipt, kind = 'invoice', gross } = more;
  const cents = Math.round(Number(amount) * 100);
  const grossAmount = gross ?? String((cents + Math.round((cents * 19) / 100)) / 100);
  return {
    kind,
    supplierReference: `R${++references}`,
    companyCode: '1000',
    supplier: 'S1',
    documentDate: today,
    grossAmount: decimal(grossAmount),
    lines: [
      {
        purchaseOrder,
        purchaseOrderLine,
        quantity: decimal(quantity),
        amount: decimal(amount),
        ...(goodsReceipt === undefined ? {} : { goodsReceipt }),
      },
    ],
  };
};

/** The ledger's view: account balances of company code 1000. */
export const balances = (erp: Erp): Record<string, Decimal> =>
  Object.fromEntries(
    erp.ledger
      .trialBalance('1000')
      .accounts.filter(({ balance }) => balance !== '0')
      .map(({ account, balance }) => [account, balance]),
  );
