/** The procurement suite's `plain` dialect: its resource table. */
import type { Dialect } from '../../../../harness/system.ts';
import { copiedMasterData } from '../../../plain/master-data-endpoints.ts';
import { plainDialect } from '../../../plain/plain-dialect.ts';
import type { PlainSettings } from '../../../plain/prepared.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import { supplierEndpoints } from './supplier-messages.ts';
import { invoiceEndpoints } from './invoices.ts';
import { purchaseOrderEndpoints } from './purchase-orders.ts';
import { receiptEndpoints } from './receipts.ts';
import { requisitionEndpoints } from './requisitions.ts';

/** JSON over HTTP for a procurement suite that is none of the vendors'. */
export const plainProcurement = (settings: PlainSettings = {}): Dialect<ProcurementCore> =>
  plainDialect(
    {
      kind: 'procurement',
      title: 'seatrial procurement suite, plain dialect',
      endpoints: [
        ...requisitionEndpoints,
        ...purchaseOrderEndpoints,
        ...supplierEndpoints,
        ...receiptEndpoints,
        ...invoiceEndpoints,
        ...copiedMasterData<ProcurementCore>(),
      ],
    },
    settings,
  );
