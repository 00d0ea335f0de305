/** SAP's client for testing NetWeaver services (`@sap_oss/odata-library`) against the s4hana dialect. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { check, systemOf } from '../check.mjs';
import { orderDraft } from './order-draft.mjs';

const { Service } = createRequire(import.meta.url)('@sap_oss/odata-library');
const { url, basePath, clientId: username, clientSecret: password } = systemOf('erp');
const service = new Service({
  url: `${url}${basePath}/API_PURCHASEORDER_PROCESS_SRV/`,
  auth: { username, password },
  strict: false,
});
const orders = () => service.A_PurchaseOrder;

await check('makes its methods from the metadata', async () => {
  await service.init;
  assert.equal(typeof orders().get, 'function');
});
let number;
await check('creates an order with its item', async () => {
  const order = await orders().post(orderDraft('PO-1'));
  number = order.PurchaseOrder;
  assert.match(number, /^45\d{8}$/);
});
await check('reads by key, expanded, and along a navigation', async () => {
  const key = { PurchaseOrder: number };
  const order = await orders().key(key).expand('to_PurchaseOrderItem').get();
  assert.equal(order.to_PurchaseOrderItem.length, 1);
  assert.equal((await orders().key(key).to_PurchaseOrderItem.get()).length, 1);
});
await check('filters, orders, selects, counts', async () => {
  const rows = await orders()
    .top(2)
    .filter("Supplier eq '100001'")
    .orderby('PurchaseOrder desc')
    .select('PurchaseOrder', 'Supplier')
    .get();
  assert.equal(rows[0].PurchaseOrder, number);
  assert.equal(Number(await orders().count()), 1);
});
await check('changes by MERGE', async () => {
  await orders().merge({ PurchaseOrder: number, PaymentTerms: 'NT60' });
  const order = await orders().key({ PurchaseOrder: number }).get();
  assert.equal(order.PaymentTerms, 'NT60');
});
await check('sends a batch with two changesets', async () => {
  service.createBatch();
  for (const reference of ['PO-2', 'PO-3']) {
    service.createChangeSet();
    void orders().post(orderDraft(reference));
    service.commitChangeSet();
  }
  await service.sendBatch();
  assert.equal(Number(await orders().count()), 3);
});
await check('is told a business error in words', async () => {
  const refused = orders().post(orderDraft('PO-4', 'NONE'));
  await assert.rejects(refused, /06\/321.*Supplier NONE does not exist/);
});
