/** A small company for this room's tests: two suppliers, three materials, and short forms for drafts. */
import { calendarDate } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Material, Supplier } from '../../domain/master-data.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Context } from '../../harness/context.ts';
import type { DomainEvent } from '../../harness/domain-event.ts';
import { MemoryHistory } from '../../harness/history.ts';
import { KeyedRandom } from '../../harness/random.ts';
import { Store } from '../../harness/store.ts';
import type { InvoiceDraft, InvoiceLineDraft, OrderDraft, OrderLineDraft } from './drafts.ts';
import { ProcurementCore } from './procurement-core.ts';
import { type ProcurementSettings, usualProcurementRules } from './procurement-settings.ts';

export const day = calendarDate;
export const dec = decimal;

const settings: ProcurementSettings = {
  ...usualProcurementRules,
  companyCodes: [
    { code: '1000', name: 'Seatrial', currency: 'EUR', country: 'DE' },
    { code: '2000', name: 'Seatrial US', currency: 'USD', country: 'US' },
  ],
  plants: [plant('P1', '1000'), plant('P2', '1000'), plant('P9', '2000')],
  taxCodes: [
    { code: 'V0', description: 'none', ratePercent: dec(0) },
    { code: 'V1', description: 'full', ratePercent: dec(19) },
  ],
  paymentTerms: [
    { code: 'N30', description: '30 days', netDays: 30, discountDays: 0, discountPercent: dec(0) },
    { code: 'N60', description: '60 days', netDays: 60, discountDays: 0, discountPercent: dec(0) },
  ],
};

function plant(code: string, companyCode: string) {
  const storageLocations = ['0001', '0002'];
  return {
    code,
    name: code,
    companyCode,
    country: 'DE',
    storageLocations,
    negativeStockAllowed: false,
  };
}

export const supplier = (number: string, more: Partial<Supplier> = {}): Supplier => ({
  number,
  name: `Supplier ${number}`,
  country: 'DE',
  city: 'Kiel',
  street: 'Hafen 1',
  postalCode: '24103',
  email: 'sales@example.com',
  taxNumber: 'DE1',
  currency: 'EUR',
  paymentTerms: 'N30',
  bankAccount: 'DE00',
  blocked: false,
  ...more,
});

export const material = (number: string, more: Partial<Material> = {}): Material => ({
  number,
  description: `Material ${number}`,
  materialGroup: 'G',
  baseUnit: 'C62',
  orderUnit: 'C62',
  alternativeUnits: [{ unit: 'BX', numerator: dec(24), denominator: dec(1) }],
  valuation: 'movingAverage',
  price: dec(10),
  taxCode: 'V1',
  batchManaged: false,
  deleted: false,
  ...more,
});

export interface Fixture {
  readonly core: ProcurementCore;
  readonly history: MemoryHistory;
  readonly events: DomainEvent[];
  /** The next moment, as done by `by`. */
  as(by: string): Context;
}

export function fixture(more: Partial<ProcurementSettings> = {}): Fixture {
  const history = new MemoryHistory();
  const events: DomainEvent[] = [];
  const publish = (event: DomainEvent): number => events.push(event);
  const store = new Store({ system: 'procurement', history, publish });
  const random = new KeyedRandom('fixture');
  const core = new ProcurementCore({ store, random, settings: { ...settings, ...more } });
  let at = 1_760_000_000_000;
  const as = (by: string): Context => ({
    at: (at += 1000),
    today: '2026-11-21',
    by,
    actor: by,
    correlationId: `c-${at}`,
  });
  const suppliers = [supplier('S1'), supplier('S2'), supplier('S9', { blocked: true })];
  const materials = [
    material('M1'),
    material('M2', { baseUnit: 'KGM', orderUnit: 'KGM', alternativeUnits: [] }),
    material('M9', { deleted: true }),
  ];
  core.seed({ suppliers, materials }, as('migration'));
  return { core, history, events, as };
}

export const orderLine = (more: Partial<OrderLineDraft> = {}): OrderLineDraft => ({
  material: 'M1',
  quantity: dec(10),
  netPrice: dec(5),
  plant: 'P1',
  deliveryDate: day('2026-12-01'),
  ...more,
});

export const orderDraft = (
  lines: readonly Partial<OrderLineDraft>[] = [{}],
  more: Partial<OrderDraft> = {},
): OrderDraft => ({
  companyCode: '1000',
  supplier: 'S1',
  currency: 'EUR',
  lines: lines.map(orderLine),
  ...more,
});

let references = 0;

/** An invoice over the first line of an order, with a supplier's reference of its own. */
export const invoiceDraft = (
  order: PurchaseOrder | undefined,
  line: Partial<InvoiceLineDraft> = {},
  more: Partial<InvoiceDraft> = {},
): InvoiceDraft => ({
  supplierReference: `R${++references}`,
  supplier: 'S1',
  companyCode: '1000',
  currency: 'EUR',
  documentDate: day('2026-11-20'),
  lines: [
    {
      ...(order === undefined
        ? { taxCode: 'V1' }
        : { purchaseOrder: order.number, purchaseOrderLine: '1' }),
      quantity: dec(10),
      netPrice: dec(5),
      ...line,
    },
  ],
  ...more,
});

export const shipNoticeDraft = (order: PurchaseOrder, quantity = '10', line = '1') => ({
  supplier: order.supplier,
  estimatedArrival: day('2026-11-30'),
  carrier: 'DHL',
  trackingNumber: 'T1',
  plant: 'P1',
  lines: [{ purchaseOrder: order.number, purchaseOrderLine: line, quantity: dec(quantity) }],
});

export const receiptDraft = (order: PurchaseOrder, quantity = '10', line = '1') => ({
  externalReference: 'WR-0000001',
  lines: [{ purchaseOrder: order.number, purchaseOrderLine: line, quantity: dec(quantity) }],
});
