/** The procurement suite's `coupa` dialect: its endpoints, and the system that speaks it. */
import type { Dialect, SystemFactory } from '../../../../harness/system.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { type ProcurementOptions, procurement } from '../../index.ts';
import { approvalEndpoints } from './approvals.ts';
import { CoupaPort, type CoupaSettings, type Prepared, tokenPath } from './coupa-port.ts';
import { CoupaRouter } from './coupa-router.ts';
import { type CoupaEndpoint, basePath } from './endpoint.ts';
import { integrationErrorEndpoints } from './integration-errors.ts';
import { invoiceEndpoints } from './invoices.ts';
import { itemEndpoints } from './items.ts';
import { orderChangeEndpoints } from './order-changes.ts';
import { confirmationEndpoints } from './order-confirmations.ts';
import { orderLineEndpoints } from './order-lines.ts';
import { purchaseOrderEndpoints } from './purchase-orders.ts';
import { receivingEndpoints } from './receiving-transactions.ts';
import { referenceEndpoints } from './reference-tables.ts';
import { requisitionEndpoints } from './requisitions.ts';
import { shipNoticeEndpoints } from './ship-notices.ts';
import { supplierEndpoints } from './suppliers.ts';

/** Every endpoint of the dialect. */
export const coupaEndpoints: readonly CoupaEndpoint[] = [
  ...requisitionEndpoints,
  ...approvalEndpoints,
  ...purchaseOrderEndpoints,
  ...orderLineEndpoints,
  ...orderChangeEndpoints,
  ...confirmationEndpoints,
  ...shipNoticeEndpoints,
  ...receivingEndpoints,
  ...invoiceEndpoints,
  ...supplierEndpoints,
  ...itemEndpoints,
  ...referenceEndpoints,
  ...integrationErrorEndpoints,
];

/** Coupa's Core API over a procurement suite. */
export function coupaProcurement(settings: CoupaSettings = {}): Dialect<ProcurementCore> {
  const prepared: Prepared = {
    router: new CoupaRouter(coupaEndpoints),
    scopes: [...new Set(coupaEndpoints.flatMap(({ scopes }) => scopes))],
    settings,
  };
  return {
    name: 'coupa',
    access: { basePath, tokenPath },
    mount: (mounting) => new CoupaPort(prepared, mounting),
  };
}

export interface CoupaOptions extends Omit<ProcurementOptions, 'dialects'> {
  /** Token lifetime and rate limit instead of Coupa's own. */
  readonly api?: CoupaSettings;
}

/** A procurement suite that speaks Coupa's Core API. */
export const coupa = ({ api, ...options }: CoupaOptions = {}): SystemFactory =>
  procurement({ ...options, dialects: [coupaProcurement(api)] });
