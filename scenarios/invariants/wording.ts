/** The words that violations are told in: systems, what happened to a document, quantities. */
import type { Flow } from '../../harness/flow.ts';

const systems: Readonly<Record<string, string>> = { erp: 'the ERP', wms: 'the warehouse' };

/** A system as it is called within a sentence. */
export const called = (system: string): string => systems[system] ?? system;

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const verbs: Readonly<Record<string, string>> = {
  Requisition: 'approved',
  PurchaseOrder: 'ordered',
  OrderAcknowledgement: 'acknowledged',
  AdvanceShipNotice: 'announced',
  ReceiptConfirmation: 'received',
  Invoice: 'captured',
  SupplierInvoice: 'posted',
  Payment: 'paid',
};

/** What happened at the source of a flow: "ordered", "received", ... */
export const happened = (flow: Flow): string => verbs[flow.from.document] ?? 'maintained';

/** "once", "twice", "3 times". */
export const times = (count: number): string => {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
};

/** "a", "a and b", "a, b and c"; at most `most` of them and how many more there are. */
export function listed(names: readonly string[], most = 4): string {
  const shown =
    names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A value within a sentence, kept short. */
export function quoted(value: unknown): string {
  const text = value === undefined || value === '' ? 'nothing' : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
