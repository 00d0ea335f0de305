/** What an endpoint is called in the history and in fault plans: the same words as in the `plain` dialect. */

interface Nouns {
  readonly one: string;
  readonly many: string;
  readonly create?: string;
}

const nouns: Readonly<Record<string, Nouns>> = {
  A_PurchaseOrder: { one: 'PurchaseOrder', many: 'PurchaseOrders' },
  A_PurchaseOrderItem: { one: 'PurchaseOrderItem', many: 'PurchaseOrderItems' },
  A_PurchaseOrderScheduleLine: {
    one: 'PurchaseOrderScheduleLine',
    many: 'PurchaseOrderScheduleLines',
  },
  A_MaterialDocumentHeader: {
    one: 'GoodsReceipt',
    many: 'GoodsReceipts',
    create: 'postGoodsReceipt',
  },
  A_MaterialDocumentItem: { one: 'GoodsReceiptItem', many: 'GoodsReceiptItems' },
  A_SupplierInvoice: {
    one: 'SupplierInvoice',
    many: 'SupplierInvoices',
    create: 'postSupplierInvoice',
  },
  A_BusinessPartner: { one: 'BusinessPartner', many: 'BusinessPartners' },
  A_Supplier: { one: 'Supplier', many: 'Suppliers' },
  A_Product: { one: 'Material', many: 'Materials' },
  A_OperationalAcctgDocItemCube: { one: 'JournalEntryItem', many: 'JournalEntryItems' },
  A_MaterialStock: { one: 'Stock', many: 'Stock' },
};

const functionNames: Readonly<Record<string, string>> = {
  'API_MATERIAL_DOCUMENT_SRV/Cancel': 'cancelGoodsReceipt',
  'API_MATERIAL_DOCUMENT_SRV/CancelItem': 'cancelGoodsReceiptItem',
  'API_SUPPLIERINVOICE_PROCESS_SRV/Post': 'postParkedSupplierInvoice',
  'API_SUPPLIERINVOICE_PROCESS_SRV/Release': 'releaseSupplierInvoice',
  'API_SUPPLIERINVOICE_PROCESS_SRV/Cancel': 'cancelSupplierInvoice',
};

export interface Shown {
  /** Whether a key predicate follows the set. */
  readonly isOne: boolean;
  /** What follows the key predicate. */
  readonly rest: string;
  readonly isFunction: boolean;
}

export function operationName(
  service: string,
  first: string,
  method: string,
  { isOne, rest, isFunction }: Shown,
): string {
  if (isFunction) return functionNames[`${service}/${first}`] ?? first;
  if (first === '') return 'readService';
  if (first === '$metadata') return 'readMetadata';
  const noun = nouns[first] ?? { one: first, many: first };
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isOne) return method === 'POST' ? (noun.create ?? `create${noun.one}`) : `list${noun.many}`;
  if (isRead) return `get${noun.one}`;
  if (method === 'POST' && rest !== '') return `add${noun.one}Part`;
  return method === 'DELETE' ? `delete${noun.one}` : `change${noun.one}`;
}
