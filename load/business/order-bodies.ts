/** Purchase orders as the ERP's dialects take them over the wire, for loads on the simulator itself. */
import { type CalendarDate, instantOf } from '../../domain/calendar-date.ts';
import type { OrderDraft } from './order-life.ts';

export interface OrderBody {
  /** Below the system's address. */
  readonly path: string;
  readonly body: object;
  /** The order's number in the answer. */
  readonly numberOf: (answer: any) => unknown;
}

export interface BodyOptions {
  readonly draft: OrderDraft;
  /** What the buyer's side calls the order. */
  readonly reference: string;
  /** Business date. */
  readonly today: CalendarDate;
  readonly deliveryDate: CalendarDate;
  readonly plant: string;
  readonly companyCode: string;
}

/** By dialect of the ERP. */
export const orderBodies: Readonly<Record<string, (options: BodyOptions) => OrderBody>> = {
  plain: ({ draft, reference, today, deliveryDate, plant, companyCode }) => ({
    path: '/v1/purchase-orders',
    numberOf: (answer) => answer.number,
    body: {
      externalReference: reference,
      companyCode,
      supplier: draft.supplier,
      currency: 'EUR',
      orderDate: today,
      lines: draft.lines.map(({ material, quantity }, index) => ({
        line: String((index + 1) * 10),
        material,
        quantity,
        netPrice: '9.95',
        plant,
        deliveryDate,
      })),
    },
  }),
  s4hana: ({ draft, reference, today, deliveryDate, plant, companyCode }) => ({
    path: s4hanaOrders,
    numberOf: (answer) => answer.d.PurchaseOrder,
    body: {
      PurchaseOrderType: 'NB',
      CompanyCode: companyCode,
      PurchasingOrganization: '1000',
      PurchasingGroup: '001',
      Supplier: draft.supplier,
      DocumentCurrency: 'EUR',
      PurchaseOrderDate: odataDate(today),
      CorrespncExternalReference: reference,
      to_PurchaseOrderItem: draft.lines.map(({ material, quantity }, index) => ({
        PurchaseOrderItem: String((index + 1) * 10),
        Material: material,
        Plant: plant,
        OrderQuantity: quantity,
        NetPriceAmount: '9.95',
        NetPriceQuantity: '1',
        to_ScheduleLine: [{ ScheduleLineDeliveryDate: odataDate(deliveryDate) }],
      })),
    },
  }),
};

/** Where the session is begun, too. */
export const s4hanaOrders = '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder';

/** As OData version 2 writes an instant. */
const odataDate = (date: CalendarDate): string => `/Date(${instantOf(date)})/`;
