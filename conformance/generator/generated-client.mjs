/** @sap-cloud-sdk/generator makes typed clients from the $metadata that we serve; they work against us. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { generate } from '@sap-cloud-sdk/generator';
import { BigNumber } from 'bignumber.js';
import moment from 'moment';
import { check, systemOf } from '../check.mjs';

const { url, basePath, clientId, clientSecret } = systemOf('erp');
const root = url + basePath;
const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
const destination = {
  url,
  username: clientId,
  password: clientSecret,
  authentication: 'BasicAuthentication',
};
// Type checking what is generated takes most of the time, so the short run does with two services.
const services = [
  'API_PURCHASEORDER_PROCESS_SRV',
  'API_MATERIAL_DOCUMENT_SRV',
  ...(process.env.SHORT === undefined
    ? [
        'API_BUSINESS_PARTNER',
        'API_SUPPLIERINVOICE_PROCESS_SRV',
        'API_PRODUCT_SRV',
        'API_MATERIAL_STOCK_SRV',
        'API_OPLACCTGDOCITEMCUBE_SRV',
      ]
    : []),
];
// Below this folder, so that what is generated finds the libraries that it is to run with.
const folder = mkdtempSync(join(import.meta.dirname, '.generated-'));
const [input, outputDir] = [join(folder, 'edmx'), join(folder, 'clients')];
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// What is generated is CommonJS.
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');

await check(`generates clients from the $metadata of ${services.length} services`, async () => {
  mkdirSync(input);
  for (const service of services) {
    const answer = await fetch(`${root}/${service}/$metadata`, { headers: { authorization } });
    assert.equal(answer.status, 200);
    writeFileSync(join(input, `${service}.edmx`), await answer.text());
  }
  await generate({ input, outputDir, transpile: true, skipValidation: true, overwrite: true });
});

const require = createRequire(join(outputDir, 'x.cjs'));
/** The service that a generated module makes; the first function it exports does. */
const load = (service) => {
  const made = require(`./${service}/service.js`);
  return Object.values(made).find((each) => typeof each === 'function')();
};
const today = moment.utc('2026-11-21');
let order;

await check('creates an order with items through it', async () => {
  const { purchaseOrderApi: api } = load('API_PURCHASEORDER_PROCESS_SRV');
  const entity = api.entityBuilder().fromJson({
    companyCode: '1000',
    supplier: '100001',
    documentCurrency: 'EUR',
    purchaseOrderDate: today,
    correspncExternalReference: 'GEN-1',
    toPurchaseOrderItem: ['10', '20'].map((purchaseOrderItem) => ({
      purchaseOrderItem,
      material: 'M-1',
      plant: '1010',
      orderQuantity: new BigNumber('10'),
      purchaseOrderQuantityUnit: 'PC',
      netPriceAmount: new BigNumber('5.25'),
    })),
  });
  order = await api.requestBuilder().create(entity).execute(destination);
  assert.match(order.purchaseOrder, /^45\d{8}$/);
});
await check('reads it by key, expanded, and finds it by a filter', async () => {
  const { purchaseOrderApi: api } = load('API_PURCHASEORDER_PROCESS_SRV');
  const { schema } = api;
  const read = await api
    .requestBuilder()
    .getByKey(order.purchaseOrder)
    .select(schema.PURCHASE_ORDER, schema.PURCHASE_ORDER_DATE, schema.TO_PURCHASE_ORDER_ITEM)
    .execute(destination);
  assert.equal(read.toPurchaseOrderItem.length, 2);
  assert.equal(read.toPurchaseOrderItem[1].netPriceAmount.toString(), '5.25');
  assert.equal(read.purchaseOrderDate.format('YYYY-MM-DD'), '2026-11-21');
  const found = await api
    .requestBuilder()
    .getAll()
    .filter(schema.CORRESPNC_EXTERNAL_REFERENCE.equals('GEN-1'))
    .execute(destination);
  assert.deepEqual(
    found.map((each) => each.purchaseOrder),
    [order.purchaseOrder],
  );
});
await check('calls a function import through it', async () => {
  const service = load('API_MATERIAL_DOCUMENT_SRV');
  const { materialDocumentHeaderApi: api } = service;
  const header = api.entityBuilder().fromJson({
    goodsMovementCode: '01',
    postingDate: today,
    documentDate: today,
    toMaterialDocumentItem: [
      {
        goodsMovementType: '101',
        goodsMovementRefDocType: 'B',
        purchaseOrder: order.purchaseOrder,
        purchaseOrderItem: '10',
        quantityInEntryUnit: new BigNumber(10),
        entryUnit: 'PC',
      },
    ],
  });
  const posted = await api.requestBuilder().create(header).execute(destination);
  const { cancel } = require('./API_MATERIAL_DOCUMENT_SRV/operations.js');
  const { materialDocument, materialDocumentYear } = posted;
  const reversal = await cancel({ materialDocument, materialDocumentYear }).execute(destination);
  assert.notEqual(reversal.materialDocument, materialDocument);
});
for (const service of services) {
  await check(`reads every entity set of ${service} through it`, async () => {
    const made = load(service);
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(made));
    const apis = names.filter((name) => name.endsWith('Api') && name !== 'initApi');
    assert.ok(apis.length > 0);
    for (const name of apis) {
      const rows = await made[name].requestBuilder().getAll().top(2).execute(destination);
      if (name === 'businessPartnerApi' || name === 'productApi') assert.equal(rows.length, 2);
      assert.ok(Array.isArray(rows), name);
    }
  });
}
