/**
 * Purchase orders. "Your reference" carries the number in procurement, "our reference" its revision,
 * the quotation number the supplier's acknowledgement.
 */
import type { ErpPort, Read } from '../../kit/ports.ts';
import type { Change } from './s4-batch.ts';
import type { S4Client } from './s4-client.ts';
import { dateOf, dateTime, msOf, plainDecimal, present, unitOf, vendorUnit } from './s4-values.ts';

const service = '/API_PURCHASEORDER_PROCESS_SRV';
const orders = `${service}/A_PurchaseOrder`;
const $expand = 'to_PurchaseOrderItem/to_ScheduleLine';

const lineOf = (item: any): object => ({
  line: item.PurchaseOrderItem,
  material: item.Material,
  quantity: plainDecimal(item.OrderQuantity),
  unit: unitOf(item.PurchaseOrderQuantityUnit),
  netPrice: plainDecimal(item.NetPriceAmount),
  description: item.PurchaseOrderItemText,
  storageLocation: item.StorageLocation,
  scheduleLines: (item.to_ScheduleLine?.results ?? []).map((each: any) => ({
    deliveryDate: dateOf(each.ScheduleLineDeliveryDate),
  })),
  deleted: item.PurchasingDocumentDeletionCode === 'L',
  schedule: (item.to_ScheduleLine?.results ?? []).map((each: any) => each.ScheduleLine),
});

const orderOf = (order: any): any =>
  present({
    number: order.PurchaseOrder,
    externalReference: order.CorrespncExternalReference,
    revision: Number(order.CorrespncInternalReference),
    status: order.PurchasingDocumentDeletionCode === 'L' ? 'cancelled' : 'transmitted',
    acknowledgement: order.SupplierQuotationExternalID || undefined,
    lines: (order.to_PurchaseOrderItem?.results ?? []).map(lineOf),
  });

const categories: Readonly<Record<string, string>> = {
  standard: '0',
  limit: '1',
  consignment: '2',
  subcontracting: '3',
  thirdParty: '5',
  service: '9',
};
const accountLetters: Readonly<Record<string, string>> = {
  costCenter: 'K',
  order: 'F',
  asset: 'A',
  project: 'P',
};
const accountMembers: Readonly<Record<string, string>> = {
  costCenter: 'CostCenter',
  order: 'OrderID',
  asset: 'MasterFixedAsset',
  project: 'WBSElementExternalID',
};

const accountOf = ({ category, object, glAccount }: any): object => ({
  GLAccount: glAccount,
  [accountMembers[category] as string]: object,
});

const itemOf = (line: any, requisition?: string): object =>
  present({
    PurchaseOrderItem: line.line,
    PurchaseOrderItemCategory: categories[line.category],
    AccountAssignmentCategory: accountLetters[line.accountAssignment?.category],
    Material: line.material || undefined,
    PurchaseOrderItemText: line.description?.slice(0, 40),
    Plant: line.plant,
    StorageLocation: line.storageLocation,
    OrderQuantity: line.quantity,
    PurchaseOrderQuantityUnit: vendorUnit(line.unit),
    OrderPriceUnit: line.priceUnit === undefined ? undefined : vendorUnit(line.priceUnit),
    NetPriceAmount: line.netPrice,
    NetPriceQuantity: line.priceQuantity,
    TaxCode: line.taxCode,
    OverdelivTolrtdLmtRatioInPct: line.overdeliveryTolerancePercent,
    UnderdelivTolrtdLmtRatioInPct: line.underdeliveryTolerancePercent,
    UnlimitedOverdeliveryIsAllowed: line.unlimitedOverdelivery,
    GoodsReceiptIsExpected: line.goodsReceiptExpected,
    GoodsReceiptIsNonValuated: line.goodsReceiptNonValuated,
    InvoiceIsExpected: line.invoiceExpected,
    InvoiceIsGoodsReceiptBased: line.goodsReceiptBasedInvoiceVerification,
    PurchaseRequisition: requisition,
    to_ScheduleLine: line.deliveryDate
      ? [{ ScheduleLine: '1', ScheduleLineDeliveryDate: dateTime(line.deliveryDate) }]
      : undefined,
    to_AccountAssignment: line.accountAssignment ? [accountOf(line.accountAssignment)] : undefined,
  });

const bodyOf = (order: any): object =>
  present({
    PurchaseOrderType: 'NB',
    CompanyCode: order.companyCode,
    PurchasingOrganization: order.companyCode,
    PurchasingGroup: '001',
    Supplier: order.supplier,
    DocumentCurrency: order.currency,
    PaymentTerms: order.paymentTerms,
    PurchaseOrderDate: order.orderDate ? dateTime(order.orderDate) : undefined,
    CorrespncExternalReference: order.externalReference,
    CorrespncInternalReference: String(order.revision),
    to_PurchaseOrderItem: order.lines.map((line: any) => itemOf(line, order.requisition)),
  });

const itemPath = (order: string, item: string): string =>
  `A_PurchaseOrderItem(PurchaseOrder='${order}',PurchaseOrderItem='${item}')`;

const schedulePath = (order: string, item: string, schedule: string): string =>
  `A_PurchaseOrderScheduleLine(PurchasingDocument='${order}',PurchasingDocumentItem='${item}',ScheduleLine='${schedule}')`;

/** An item that is there: what is new of it, and the date, which its schedule line has. */
function lineChanges(order: string, line: any, there: any): Change[] {
  const body = present({
    OrderQuantity: line.quantity,
    NetPriceAmount: line.netPrice,
    PurchaseOrderItemText: line.description?.slice(0, 40),
    StorageLocation: line.storageLocation,
  });
  const item: Change = { method: 'PATCH', path: itemPath(order, line.line), body };
  const [schedule] = there.schedule;
  const date: Change = {
    method: 'PATCH',
    path: schedulePath(order, line.line, schedule),
    body: { ScheduleLineDeliveryDate: dateTime(line.deliveryDate) },
  };
  return [
    ...(Object.keys(body).length > 0 ? [item] : []),
    ...(line.deliveryDate === undefined || schedule === undefined ? [] : [date]),
  ];
}

/** The parts of a change of an order: its head first, then its items. */
function changesOf(current: any, change: any): Change[] {
  const { number, externalReference, lines } = current;
  const head = {
    CorrespncExternalReference: externalReference,
    CorrespncInternalReference: String(change.revision),
  };
  const items = (change.lines ?? []).flatMap((line: any): Change[] => {
    const path = itemPath(number, line.line);
    if (line.deleted) return [{ method: 'DELETE', path }];
    const there = lines.find((each: any) => each.line === line.line);
    if (there === undefined) {
      const body = { PurchaseOrder: number, ...itemOf(line) };
      return [{ method: 'POST', path: 'A_PurchaseOrderItem', body }];
    }
    return lineChanges(number, line, there);
  });
  // What receipts and invoices forbid is refused before anything says that the revision is there.
  return [...items, { method: 'PATCH', path: `A_PurchaseOrder('${number}')`, body: head }];
}

/** The acknowledgement's number, and what was committed for each line. */
function confirmations(current: any, answer: any): Change[] {
  const { number, externalReference, lines } = current;
  const head = {
    CorrespncExternalReference: externalReference,
    SupplierQuotationExternalID: answer.number,
  };
  const commitments = answer.lines.flatMap((line: any): Change[] => {
    const there = lines.find((each: any) => each.line === line.line);
    const schedule = there?.schedule[0];
    if (schedule === undefined || there.deleted || there.unit !== line.unit) return [];
    const body = {
      ScheduleLineCommittedQuantity: line.decision === 'rejected' ? '0' : line.quantity,
      SchedLineStscDeliveryDate: dateTime(line.deliveryDate),
    };
    return [{ method: 'PATCH', path: schedulePath(number, line.line, schedule), body }];
  });
  return [{ method: 'PATCH', path: `A_PurchaseOrder('${number}')`, body: head }, ...commitments];
}

export function s4Orders(client: S4Client): ErpPort['orders'] {
  const find: ErpPort['orders']['find'] = async (reference, call) => {
    const $filter = `CorrespncExternalReference eq '${reference}'`;
    const row = (await client.rows(orders, { $filter, $expand, $top: 1 }, call))[0];
    return row === undefined ? undefined : orderOf(row);
  };
  return {
    name: 'erp/A_PurchaseOrder',
    read: async (number, call): Promise<Read> => {
      const order = await client.entity(`${orders}('${number}')`, { $expand }, call);
      return { body: orderOf(order), version: msOf(order.LastChangeDateTime) };
    },
    find,
    creation: (order) => ({
      step: 'create',
      lookup: `${orders} ${order.externalReference}`,
      body: bodyOf(order),
      keyed: false,
      find: (call) => find(order.externalReference, call),
      create: async (body, call) => orderOf(await client.post(orders, body, call)),
    }),
    change: ({ body }, change, call) => client.changeset(service, changesOf(body, change), call),
    confirm: ({ body }, answer, call) =>
      client.changeset(service, confirmations(body, answer), call),
    delete: ({ number }, call) => client.delete(`${orders}('${number}')`, call),
  };
}
