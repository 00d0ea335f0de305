/** `@odata/client`, an OData client of the npm registry, against the s4hana dialect. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fetchCookie from 'fetch-cookie';
import { check, systemOf } from '../check.mjs';
import { orderDraft } from './order-draft.mjs';

// It keeps no cookies outside of a browser, and a token is good only with its session.
globalThis.fetch = fetchCookie(globalThis.fetch);
const { OData } = createRequire(import.meta.url)('@odata/client');
const { url, basePath, clientId: username, clientSecret: password } = systemOf('erp');
const serviceEndpoint = `${url}${basePath}/API_PURCHASEORDER_PROCESS_SRV/`;
const client = OData.New({
  serviceEndpoint,
  metadataUri: `${serviceEndpoint}$metadata`,
  credential: { username, password },
  processCsrfToken: true,
});
const orders = client.getEntitySet('A_PurchaseOrder');

let number;
await check('creates an order with its item', async () => {
  ({ PurchaseOrder: number } = await orders.create(orderDraft('PO-1')));
  assert.match(number, /^45\d{8}$/);
});
await check('reads by key, expanded', async () => {
  const order = await orders.retrieve(number, client.newParam().expand('to_PurchaseOrderItem'));
  assert.equal(order.to_PurchaseOrderItem.results.length, 1);
});
await check('finds, filters, counts', async () => {
  assert.equal((await orders.find({ Supplier: '100001' })).length, 1);
  const filter = client.newFilter().property('Supplier').eq('100001');
  const rows = await orders.query(client.newParam().filter(filter).top(1).inlinecount(true));
  assert.equal(rows[0].PurchaseOrder, number);
  assert.equal(Number(await orders.count()), 1);
});
await check('changes an order', async () => {
  await orders.update(number, { PaymentTerms: 'NT60' });
  assert.equal((await orders.retrieve(number)).PaymentTerms, 'NT60');
});
await check('sends a batch with a creation and a retrieval', async () => {
  const responses = await client.execBatchRequests([
    client.newBatchRequest({
      collection: 'A_PurchaseOrder',
      entity: orderDraft('PO-2'),
      method: 'POST',
      withContentLength: true,
    }),
    client.newBatchRequest({
      collection: 'A_PurchaseOrder',
      params: client.newParam().top(1),
      method: 'GET',
    }),
  ]);
  assert.deepEqual(
    responses.map(({ status }) => status),
    [201, 200],
  );
});
await check('is told a business error in words', async () => {
  await assert.rejects(orders.create(orderDraft('PO-3', 'NONE')), /Supplier NONE does not exist/);
});
await check('deletes an item', async () => {
  const items = client.getEntitySet('A_PurchaseOrderItem');
  await items.delete({ PurchaseOrder: number, PurchaseOrderItem: '10' });
  const item = await items.retrieve({ PurchaseOrder: number, PurchaseOrderItem: '10' });
  assert.equal(item.PurchasingDocumentDeletionCode, 'L');
});
