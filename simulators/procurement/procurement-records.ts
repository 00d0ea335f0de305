/**
 * The suite's shelves: every collection with the indexes its commands need, and the look-ups that
 * refuse what is unknown. All state is in the store; nothing here remembers.
 */
import { type CalendarDate, type Timestamp, timestamp } from '../../domain/calendar-date.ts';
import type {
  CompanyCode,
  Material,
  PaymentTerms,
  Plant,
  Supplier,
  TaxCode,
} from '../../domain/master-data.ts';
import type { OrderAcknowledgement } from '../../domain/order-acknowledgement.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { Invoice, Receipt, Requisition, ShipNotice } from './documents.ts';
import { ExportFlags } from './export-flags.ts';
import { OrderBalances } from './order-balances.ts';
import type { ProcurementSettings } from './procurement-settings.ts';
import { refusal, required } from './refusal.ts';

/** Key of an order line in indexes. */
export const orderLineKey = (order: string, line: string): string => `${order}/${line}`;

interface OrderLineReference {
  readonly purchaseOrder?: string;
  readonly purchaseOrderLine?: string;
}

const ordersOf = (document: { readonly lines: readonly OrderLineReference[] }): string[] => [
  ...new Set(document.lines.flatMap(({ purchaseOrder }) => purchaseOrder ?? [])),
];

const orderLinesOf = (document: { readonly lines: readonly OrderLineReference[] }): string[] => [
  ...new Set(
    document.lines.flatMap(({ purchaseOrder, purchaseOrderLine }) =>
      purchaseOrder === undefined ? [] : orderLineKey(purchaseOrder, purchaseOrderLine ?? ''),
    ),
  ),
];

const openStep = (requisition: Requisition) =>
  requisition.status === 'pendingApproval'
    ? requisition.approvals.find(({ decision }) => decision === 'pending')
    : undefined;

/** Who a requisition waits for. */
export const decider = (requisition: Requisition): string | undefined => {
  const step = openStep(requisition);
  return step?.delegate ?? step?.approver;
};

const byCode = <T extends { readonly code: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((each) => [each.code, each]));

export class ProcurementRecords {
  readonly store: Store;
  readonly settings: ProcurementSettings;
  readonly flags: ExportFlags;
  readonly balances: OrderBalances;
  readonly suppliers: Collection<Supplier>;
  readonly materials: Collection<Material>;
  readonly requisitions: Collection<Requisition>;
  readonly requisitionsByDecider: Index<Requisition>;
  readonly orders: Collection<PurchaseOrder>;
  readonly ordersByRequisition: Index<PurchaseOrder>;
  readonly acknowledgements: Collection<OrderAcknowledgement>;
  readonly acknowledgementsByOrder: Index<OrderAcknowledgement>;
  readonly shipNotices: Collection<ShipNotice>;
  readonly shipNoticesByOrder: Index<ShipNotice>;
  readonly receipts: Collection<Receipt>;
  readonly receiptsByOrder: Index<Receipt>;
  readonly receiptsByOrderLine: Index<Receipt>;
  readonly receiptsByReference: Index<Receipt>;
  readonly invoices: Collection<Invoice>;
  readonly invoicesByOrder: Index<Invoice>;
  readonly invoicesByOrderLine: Index<Invoice>;
  readonly invoicesBySupplierReference: Index<Invoice>;
  readonly invoicesReferringTo: Index<Invoice>;
  readonly #companyCodes: ReadonlyMap<string, CompanyCode>;
  readonly #plants: ReadonlyMap<string, Plant>;
  readonly #taxCodes: ReadonlyMap<string, TaxCode>;
  readonly #paymentTerms: ReadonlyMap<string, PaymentTerms>;

  constructor(store: Store, settings: ProcurementSettings) {
    this.store = store;
    this.settings = settings;
    this.flags = new ExportFlags(store);
    this.balances = new OrderBalances(store);
    this.suppliers = store.collection<Supplier>('Supplier');
    this.materials = store.collection<Material>('Material');
    this.requisitions = store.collection<Requisition>('Requisition');
    this.requisitionsByDecider = this.requisitions.index(decider);
    this.orders = store.collection<PurchaseOrder>('PurchaseOrder');
    this.ordersByRequisition = this.orders.index((order) => order.requisition);
    this.acknowledgements = store.collection<OrderAcknowledgement>('OrderAcknowledgement');
    this.acknowledgementsByOrder = this.acknowledgements.index((each) => each.purchaseOrder);
    this.shipNotices = store.collection<ShipNotice>('AdvanceShipNotice');
    this.shipNoticesByOrder = this.shipNotices.index(ordersOf);
    this.receipts = store.collection<Receipt>('Receipt');
    this.receiptsByOrder = this.receipts.index(ordersOf);
    this.receiptsByOrderLine = this.receipts.index(orderLinesOf);
    this.receiptsByReference = this.receipts.index((receipt) => receipt.externalReference);
    this.invoices = store.collection<Invoice>('Invoice');
    this.invoicesByOrder = this.invoices.index(ordersOf);
    this.invoicesByOrderLine = this.invoices.index(orderLinesOf);
    this.invoicesBySupplierReference = this.invoices.index((invoice) => invoice.supplierReference);
    this.invoicesReferringTo = this.invoices.index((invoice) => invoice.refersTo);
    this.#companyCodes = byCode(settings.companyCodes);
    this.#plants = byCode(settings.plants);
    this.#taxCodes = byCode(settings.taxCodes);
    this.#paymentTerms = byCode(settings.paymentTerms);
  }

  companyCode(code: string): CompanyCode {
    return known(this.#companyCodes.get(code), 'company-code', code, 'companyCode');
  }

  /** A plant of the company code. */
  plant(code: string, companyCode: string, field: string): Plant {
    const plant = known(this.#plants.get(code), 'plant', code, field);
    if (plant.companyCode !== companyCode) {
      const message = `Plant ${code} does not belong to company code ${companyCode}.`;
      throw refusal('invalid', 'plant-of-other-company', message, field);
    }
    return plant;
  }

  taxCode(code: string, field: string): TaxCode {
    return known(this.#taxCodes.get(code), 'tax-code', code, field);
  }

  paymentTerms(code: string): PaymentTerms {
    return known(this.#paymentTerms.get(code), 'payment-terms', code, 'paymentTerms');
  }

  supplier(number: string): Supplier {
    return known(this.suppliers.get(number), 'supplier', number, 'supplier');
  }

  material(number: string, field: string): Material {
    return known(this.materials.get(number), 'material', number, field);
  }

  /** The next document number of a range, `PO-0000001` and up. Needs a transaction. */
  nextNumber(prefix: string): string {
    return `${prefix}-${String(this.store.nextNumber(prefix)).padStart(7, '0')}`;
  }
}

const known = <T>(value: T | undefined, what: string, code: string, field: string): T =>
  required(value, () =>
    refusal(
      'invalid',
      `unknown-${what}`,
      `The ${what.replace('-', ' ')} ${code} is unknown.`,
      field,
    ),
  );

/** The time of a command as documents carry it. */
export const timeOf = (context: Context): Timestamp => timestamp(context.at);

/** The business date of a command; the landscape's own calendar made it, so it is not parsed again. */
export const todayOf = ({ today }: Context): CalendarDate => today as CalendarDate;
