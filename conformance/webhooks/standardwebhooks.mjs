/** standardwebhooks (npm) verifies what the landscape sends: every delivery, and no forged one. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { check } from '../check.mjs';
import { deliveringLandscape } from './delivering-landscape.ts';

const received = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    received.push({ path: request.url, headers: request.headers, body });
    response.writeHead(204).end();
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const landscape = deliveringLandscape(`http://127.0.0.1:${server.address().port}`);
const deadline = AbortSignal.timeout(20_000);
while (received.length < landscape.events && !deadline.aborted) {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
const webhook = new Webhook(landscape.secret);

await check('takes every delivery of the three dialects', () => {
  assert.equal(received.length, landscape.events);
  const paths = new Set(received.map(({ path }) => path));
  assert.deepEqual([...paths].sort(), ['/webhooks/coupa', '/webhooks/plain', '/webhooks/s4hana']);
  for (const { headers, body } of received) {
    const event = webhook.verify(body, headers);
    assert.equal(event.specversion, '1.0');
    assert.match(headers['content-type'], /cloudevents\+json/);
  }
});
await check('refuses a changed body, another id and another secret', () => {
  const [{ headers, body }] = received;
  const refused = (run) => assert.throws(run, WebhookVerificationError);
  refused(() => webhook.verify(body.replace('{', '{ '), headers));
  refused(() => webhook.verify(body, { ...headers, 'webhook-id': 'msg_other' }));
  refused(() => new Webhook(`whsec_${btoa('another secret here')}`).verify(body, headers));
});
await check('refuses an old delivery sent again', () => {
  const [{ headers, body }] = received;
  const old = String(Number(headers['webhook-timestamp']) - 3600);
  assert.throws(
    () => webhook.verify(body, { ...headers, 'webhook-timestamp': old }),
    WebhookVerificationError,
  );
});
await landscape.close();
server.close();
