// A first integration as one writes it for the demo: purchase orders from procurement to the ERP.
// It needs nothing but Node. The tutorial (docs/tutorial.md) shows what breaks it, and mends it.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const { env } = process;
const secret = Buffer.from(env.SEATRIAL_WEBHOOK_SECRET.replace('whsec_', ''), 'base64');

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, in base64 behind `v1,`. */
function isGenuine(headers, body) {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`;
  const given = headers['webhook-signature'] ?? '';
  return (
    given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
  );
}

const tokens = {};

async function newToken(system) {
  const credentials = `${env[`${system}_CLIENT_ID`]}:${env[`${system}_CLIENT_SECRET`]}`;
  const answer = await fetch(env[`${system}_URL`] + env[`${system}_TOKEN_PATH`], {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()).access_token;
}

async function call(system, method, path, { body, headers } = {}) {
  tokens[system] ??= await newToken(system);
  const request = { method, headers: { authorization: `Bearer ${tokens[system]}`, ...headers } };
  if (body !== undefined) {
    request.headers['content-type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const url = env[`${system}_URL`] + env[`${system}_BASE_PATH`] + path;
  const answer = await fetch(url, request);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

const erp = (...request) => call('SEATRIAL_ERP', ...request);

const lineOf = (line) => ({
  line: line.line,
  category: line.category,
  material: line.material,
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  netPrice: line.netPrice,
  priceQuantity: line.priceQuantity,
  priceUnit: line.priceUnit,
  taxCode: line.taxCode,
  plant: line.plant,
  storageLocation: line.storageLocation,
  deliveryDate: line.scheduleLines[0]?.deliveryDate,
  overdeliveryTolerancePercent: line.overdeliveryTolerancePercent,
  goodsReceiptExpected: line.goodsReceiptExpected,
  invoiceExpected: line.invoiceExpected,
  goodsReceiptBasedInvoiceVerification: line.goodsReceiptBasedInvoiceVerification,
  accountAssignment: line.accountAssignment,
});

const draftOf = ({ number, companyCode, supplier, currency, paymentTerms, revision, lines }) => ({
  externalReference: number,
  companyCode,
  supplier,
  currency,
  paymentTerms,
  revision,
  lines: lines.filter((line) => !line.deleted).map(lineOf),
});

/** What a change order may change of a line. */
const newsOf = ({ line, quantity, netPrice, description, storageLocation, scheduleLines }) => {
  const deliveryDate = scheduleLines[0]?.deliveryDate;
  return { line, quantity, netPrice, description, storageLocation, deliveryDate };
};

const changeOf = (order, there) => ({
  revision: order.revision,
  lines: order.lines.map((line) => {
    if (line.deleted) return { line: line.line, deleted: true };
    return there.lines.some((each) => each.line === line.line) ? newsOf(line) : lineOf(line);
  }),
});

async function carryOver({ type, data: order, correlationid }) {
  const headers = { 'x-correlation-id': correlationid };
  if (type.includes('.issued.')) {
    await erp('POST', '/purchase-orders', { headers, body: draftOf(order) });
    return;
  }
  const found = await erp('GET', `/purchase-orders?externalReference=${order.number}`, { headers });
  const there = found.items[0];
  if (!there) return;
  const path = `/purchase-orders/${there.number}`;
  if (type.includes('.cancelled.')) await erp('POST', `${path}/actions/delete`, { headers });
  else if (there.revision !== order.revision) {
    await erp('PATCH', path, { headers, body: changeOf(order, there) });
  }
}

const isOrder = /^seatrial\.procurement\.purchase-order\.(issued|changed|cancelled)\.v1$/;

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString('utf8');
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
  const event = JSON.parse(body);
  try {
    if (isOrder.test(event.type)) await carryOver(event);
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    // Anything but 2xx, and the sender delivers the message again later.
    response.writeHead(503).end();
  }
}).listen(Number(env.PORT), '127.0.0.1');
