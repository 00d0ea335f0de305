/** SAP's own JavaScript client (typed OData V2 clients, 2.1.0) against the s4hana dialect. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { check, systemOf } from '../check.mjs';

const require = createRequire(import.meta.url);
const { purchaseOrderService } = require('@sap/cloud-sdk-vdm-purchase-order-service');
const materialDocuments = require('@sap/cloud-sdk-vdm-material-document-service');
const invoices = require('@sap/cloud-sdk-vdm-supplier-invoice-process-service');
const { BigNumber } = require('bignumber.js');
const moment = require('moment');

const { url, clientId: username, clientSecret: password } = systemOf('erp');
const destination = { url, username, password, authentication: 'BasicAuthentication' };

const today = moment.utc('2026-11-21');
const {
  purchaseOrderApi: orders,
  purchaseOrderItemApi: items,
  purchaseOrderScheduleLineApi: schedules,
  batch,
  changeset,
} = purchaseOrderService();
const newOrder = (reference) =>
  orders.entityBuilder().fromJson({
    companyCode: '1000',
    purchaseOrderType: 'NB',
    supplier: '100001',
    purchasingOrganization: '1000',
    purchasingGroup: '001',
    documentCurrency: 'EUR',
    purchaseOrderDate: today,
    correspncExternalReference: reference,
    toPurchaseOrderItem: ['1', '2', '3'].map((each) => ({
      purchaseOrderItem: `${each}0`,
      material: `M-${each}`,
      plant: '1010',
      orderQuantity: new BigNumber(10),
      purchaseOrderQuantityUnit: 'PC',
      netPriceAmount: new BigNumber('5.25'),
      toScheduleLine: [{ scheduleLine: '1', scheduleLineDeliveryDate: moment.utc('2026-12-01') }],
    })),
  });

let order;
await check('creates an order with items and schedule lines', async () => {
  order = await orders.requestBuilder().create(newOrder('PO-1')).execute(destination);
  assert.match(order.purchaseOrder, /^45\d{8}$/);
  assert.equal(order.toPurchaseOrderItem.length, 3);
  assert.equal(order.toPurchaseOrderItem[0].toScheduleLine.length, 1);
});
await check('reads by key, expanded', async () => {
  const read = await orders
    .requestBuilder()
    .getByKey(order.purchaseOrder)
    .select(
      orders.schema.PURCHASE_ORDER,
      orders.schema.LAST_CHANGE_DATE_TIME,
      orders.schema.TO_PURCHASE_ORDER_ITEM,
    )
    .execute(destination);
  assert.equal(read.toPurchaseOrderItem[2].material, 'M-3');
  assert.ok(read.lastChangeDateTime.isValid());
});
await check('filters, orders, pages, counts', async () => {
  for (let i = 2; i <= 5; i++)
    await orders
      .requestBuilder()
      .create(newOrder(`PO-${i}`))
      .execute(destination);
  const found = await orders
    .requestBuilder()
    .getAll()
    .filter(orders.schema.CORRESPNC_EXTERNAL_REFERENCE.equals('PO-3'))
    .execute(destination);
  assert.equal(found.length, 1);
  const recent = await orders
    .requestBuilder()
    .getAll()
    .filter(
      orders.schema.LAST_CHANGE_DATE_TIME.greaterOrEqual(moment.utc().subtract(1, 'hour')),
      orders.schema.SUPPLIER.equals('100001'),
    )
    .orderBy(require('@sap-cloud-sdk/odata-v2').desc(orders.schema.PURCHASE_ORDER))
    .top(2)
    .skip(1)
    .execute(destination);
  assert.deepEqual(
    recent.map((each) => each.correspncExternalReference),
    ['PO-4', 'PO-3'],
  );
  const count = await orders.requestBuilder().getAll().count().execute(destination);
  assert.equal(count, 5);
});
await check('changes an item (PATCH), and reads it', async () => {
  const [item] = await items
    .requestBuilder()
    .getAll()
    .filter(items.schema.PURCHASE_ORDER.equals(order.purchaseOrder))
    .execute(destination);
  item.orderQuantity = new BigNumber(12);
  await items.requestBuilder().update(item).execute(destination);
  const after = await items
    .requestBuilder()
    .getByKey(order.purchaseOrder, '10')
    .execute(destination);
  assert.equal(after.orderQuantity.toString(), '12');
});
await check('replaces a schedule line (PUT)', async () => {
  const line = await schedules
    .requestBuilder()
    .getByKey(order.purchaseOrder, '20', '1')
    .execute(destination);
  line.scheduleLineDeliveryDate = moment.utc('2026-12-24');
  await schedules.requestBuilder().update(line).replaceWholeEntityWithPut().execute(destination);
  const after = await schedules
    .requestBuilder()
    .getByKey(order.purchaseOrder, '20', '1')
    .execute(destination);
  assert.equal(after.scheduleLineDeliveryDate.format('YYYY-MM-DD'), '2026-12-24');
});
await check('batches retrievals and a changeset', async () => {
  const [read, changed] = await batch(
    orders.requestBuilder().getByKey(order.purchaseOrder),
    changeset(
      orders.requestBuilder().create(newOrder('PO-B1')),
      orders.requestBuilder().create(newOrder('PO-B2')),
    ),
  ).execute(destination);
  assert.ok(read.isSuccess() && changed.isSuccess());
  assert.equal(changed.responses.length, 2);
  const broken = newOrder('PO-B3');
  broken.supplier = 'NONE';
  const [failed] = await batch(
    changeset(
      orders.requestBuilder().create(newOrder('PO-B4')),
      orders.requestBuilder().create(broken),
    ),
  ).execute(destination);
  assert.ok(!failed.isSuccess());
  assert.equal(await orders.requestBuilder().getAll().count().execute(destination), 7);
});
await check('deletes an item', async () => {
  const item = await items
    .requestBuilder()
    .getByKey(order.purchaseOrder, '30')
    .execute(destination);
  await items.requestBuilder().delete(item).execute(destination);
  const after = await items
    .requestBuilder()
    .getByKey(order.purchaseOrder, '30')
    .execute(destination);
  assert.equal(after.purchasingDocumentDeletionCode, 'L');
});
await check('posts a goods receipt and cancels it', async () => {
  const { materialDocumentHeaderApi: headers, materialDocumentItemApi: lines } =
    materialDocuments.materialDocumentService();
  const header = headers.entityBuilder().fromJson({
    goodsMovementCode: '01',
    documentDate: today,
    postingDate: today,
    referenceDocument: 'WR-1',
    toMaterialDocumentItem: ['10', '20'].map((purchaseOrderItem) => ({
      goodsMovementType: '101',
      goodsMovementRefDocType: 'B',
      purchaseOrder: order.purchaseOrder,
      purchaseOrderItem,
      quantityInEntryUnit: new BigNumber(10),
      entryUnit: 'PC',
    })),
  });
  const posted = await headers.requestBuilder().create(header).execute(destination);
  const reversal = await materialDocuments
    .cancelItem({
      materialDocumentYear: posted.materialDocumentYear,
      materialDocument: posted.materialDocument,
      materialDocumentItem: '1',
      postingDate: today,
    })
    .execute(destination);
  assert.equal(reversal.goodsMovementType, '102');
  const whole = await materialDocuments
    .cancel({
      materialDocumentYear: posted.materialDocumentYear,
      materialDocument: posted.materialDocument,
      postingDate: today,
    })
    .execute(destination);
  assert.notEqual(whole.materialDocument, posted.materialDocument);
  const all = await lines
    .requestBuilder()
    .getAll()
    .filter(lines.schema.PURCHASE_ORDER.equals(order.purchaseOrder))
    .execute(destination);
  assert.equal(all.length, 4);
  await headers.requestBuilder().create(header).execute(destination);
});
await check('posts an invoice and cancels it', async () => {
  const { supplierInvoiceApi: api } = invoices.supplierInvoiceProcessService
    ? invoices.supplierInvoiceProcessService()
    : Object.values(invoices).find(
        (each) =>
          typeof each === 'function' && /Service$/.test(each.name) && !/^class/.test(String(each)),
      )();
  const invoice = api.entityBuilder().fromJson({
    companyCode: '1000',
    documentDate: today,
    postingDate: today,
    supplierInvoiceIdByInvcgParty: 'INV-1',
    invoicingParty: '100001',
    documentCurrency: 'EUR',
    invoiceGrossAmount: new BigNumber('62.48'),
    taxIsCalculatedAutomatically: true,
    toSuplrInvcItemPurOrdRef: [
      {
        purchaseOrder: order.purchaseOrder,
        purchaseOrderItem: '10',
        taxCode: 'V1',
        documentCurrency: 'EUR',
        supplierInvoiceItemAmount: new BigNumber('52.5'),
        purchaseOrderQuantityUnit: 'PC',
        quantityInPurchaseOrderUnit: new BigNumber(10),
      },
    ],
  });
  const posted = await api.requestBuilder().create(invoice).execute(destination);
  assert.equal(posted.supplierInvoiceStatus, '5');
  const found = await api
    .requestBuilder()
    .getAll()
    .filter(api.schema.SUPPLIER_INVOICE_ID_BY_INVCG_PARTY.equals('INV-1'))
    .execute(destination);
  assert.equal(found.length, 1);
  const cancelled = await invoices
    .cancel({
      supplierInvoice: posted.supplierInvoice,
      fiscalYear: posted.fiscalYear,
      postingDate: today,
      reversalReason: '01',
    })
    .execute(destination);
  assert.ok(cancelled.success);
  const read = await api
    .requestBuilder()
    .getByKey(posted.supplierInvoice, posted.fiscalYear)
    .execute(destination);
  assert.equal(read.reverseDocument, cancelled.reverseDocument);
});
