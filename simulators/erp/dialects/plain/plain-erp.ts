/** The ERP's `plain` dialect: its resource table. */
import type { Dialect } from '../../../../harness/system.ts';
import { plainDialect } from '../../../plain/plain-dialect.ts';
import type { PlainSettings } from '../../../plain/prepared.ts';
import type { ErpCore } from '../../erp-core.ts';
import { goodsReceiptEndpoints } from './goods-receipts.ts';
import { ledgerAndStockEndpoints } from './ledger-and-stock.ts';
import { masterDataEndpoints } from './master-data.ts';
import { purchaseOrderEndpoints } from './purchase-orders.ts';
import { paymentEndpoints, supplierInvoiceEndpoints } from './supplier-invoices.ts';

/** JSON over HTTP for an ERP that is none of the vendors'. */
export const plainErp = (settings: PlainSettings = {}): Dialect<ErpCore> =>
  plainDialect(
    {
      kind: 'erp',
      title: 'seatrial ERP, plain dialect',
      endpoints: [
        ...purchaseOrderEndpoints,
        ...goodsReceiptEndpoints,
        ...supplierInvoiceEndpoints,
        ...paymentEndpoints,
        ...masterDataEndpoints,
        ...ledgerAndStockEndpoints,
      ],
    },
    settings,
  );
