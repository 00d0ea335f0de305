/** Which commits actors wait for, named so that a wait finds them by one look-up. */
import type { CommitRecord } from '../../../harness/record.ts';

interface Fields {
  readonly purchaseOrder?: string;
  readonly number?: string;
  readonly externalReference?: string;
  readonly lines?: readonly { readonly purchaseOrder?: string }[];
}

/** Every commit of the kind, whichever document it is. */
export const any = '*';

/** The topics, `system/Document/key`, that a commit is news of. */
export function topicsOf({ system, document, data }: CommitRecord): string[] {
  const kind = `${system}/${document}`;
  const fields = data as Fields;
  switch (kind) {
    case 'wms/ExpectedReceipt':
      return [`${kind}/${fields.purchaseOrder}`];
    case 'wms/AdvanceShipNotice':
    case 'procurement/Invoice':
      return [`${kind}/${fields.number}`];
    case 'erp/SupplierInvoice':
      return [`${kind}/${fields.externalReference}`, `${kind}/${any}`];
    case 'erp/Payment':
      return [`${kind}/${any}`];
    case 'procurement/Receipt': {
      const orders = new Set((fields.lines ?? []).map((line) => line.purchaseOrder));
      return [...orders].map((order) => `${kind}/${order}`);
    }
    default:
      return [];
  }
}
