/** The interface inventory of procure-to-pay: every promise of the integration, as data. */
import { type Duration, milliseconds } from '../../harness/duration.ts';
import type { Flow } from '../../harness/flow.ts';
import { acknowledgementToErp, acknowledgementToWms } from './acknowledgements.ts';
import { invoiceStatusBack, invoiceToErp } from './invoices.ts';
import {
  materialToProcurement,
  materialToWms,
  supplierToProcurement,
  supplierToWms,
} from './master-data.ts';
import { orderToErp, orderToWms, requisitionToOrder } from './orders.ts';
import { paymentBack } from './payments.ts';
import { receiptToErp, receiptToProcurement } from './receipts.ts';
import { shipNoticeToWms } from './ship-notices.ts';

/** All flows, in the order of the business. Master data is one flow for each system that copies it. */
export const procureToPayFlows: readonly Flow[] = [
  requisitionToOrder,
  orderToErp,
  orderToWms,
  acknowledgementToErp,
  acknowledgementToWms,
  shipNoticeToWms,
  receiptToErp,
  receiptToProcurement,
  invoiceToErp,
  invoiceStatusBack,
  paymentBack,
  supplierToProcurement,
  supplierToWms,
  materialToProcurement,
  materialToWms,
];

/** The same flows with another promise of time, for trials whose hours are minutes. */
export const withinEach = (flows: readonly Flow[], within: Duration): Flow[] =>
  flows.map((flow) => ({ ...flow, withinMs: milliseconds(within, `${flow.name}.within`) }));
