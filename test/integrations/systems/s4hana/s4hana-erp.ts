/** The ERP as SAP S/4HANA speaks: OData services, and events that carry keys only. */
import type { Environment } from '../../kit/environment.ts';
import type { Policies } from '../../kit/policies.ts';
import type { ErpPort, Told } from '../../kit/ports.ts';
import { S4Client } from './s4-client.ts';
import { s4Invoices, s4Payments } from './s4-invoices.ts';
import { s4Materials, s4Suppliers } from './s4-master-data.ts';
import { s4Orders } from './s4-orders.ts';
import { s4Receipts } from './s4-receipts.ts';

type KeyOf = (data: any) => string;

const invoice: KeyOf = (data) => `${data.FiscalYear}/${data.SupplierInvoice}`;
const payment: KeyOf = (data) =>
  `${data.CompanyCode}/${data.FiscalYear}/${data.AccountingDocument}`;
const partner: KeyOf = (data) => data.BusinessPartner;
const product: KeyOf = (data) => data.Product;

/** By object and action of the vendor's event types: what the rules call it, and its key. */
const events: Readonly<Record<string, readonly [type: string, keyOf: KeyOf]>> = {
  'BusinessPartner.Created': ['supplier.created', partner],
  'BusinessPartner.Changed': ['supplier.changed', partner],
  'Product.Created': ['material.created', product],
  'Product.Changed': ['material.changed', product],
  'SupplierInvoice.Posted': ['supplier-invoice.posted', invoice],
  'SupplierInvoice.PaymentBlocked': ['supplier-invoice.blocked', invoice],
  'SupplierInvoice.Released': ['supplier-invoice.released', invoice],
  'SupplierInvoice.Cancelled': ['supplier-invoice.cancelled', invoice],
  'PaymentDocument.Created': ['payment.issued', payment],
  'PaymentDocument.Cleared': ['payment.cleared', payment],
  'PaymentDocument.Rejected': ['payment.rejected', payment],
};

/** `sap.s4.beh.supplierinvoice.v1.SupplierInvoice.Posted.v1` */
function event({ type, data, correlationid }: any): Told | undefined {
  const [name, action] = String(type).split('.').slice(5, 7);
  const known = events[`${name}.${action}`];
  if (known === undefined) return undefined;
  const [told, keyOf] = known;
  return { type: told, key: keyOf(data), version: 0, correlationId: String(correlationid ?? '') };
}

export function s4hanaErp(environment: Environment, policies: Policies): ErpPort {
  const client = new S4Client(environment, policies);
  return {
    event,
    orders: s4Orders(client),
    receipts: s4Receipts(client),
    invoices: s4Invoices(client),
    payments: s4Payments(client),
    suppliers: s4Suppliers(client),
    materials: s4Materials(client),
  };
}
