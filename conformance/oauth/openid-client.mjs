/** openid-client (npm) against the token endpoints: discovery, both ways to authenticate, scopes, refusals. */
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { check, landscape } from '../check.mjs';

const readOf = {
  plain: '/v1/suppliers',
  s4hana: '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder',
};
const insecure = { execute: [oauth.allowInsecureRequests] };

function configuration({ url, tokenPath, clientId, clientSecret }, authentication) {
  const server = { issuer: url, token_endpoint: url + tokenPath };
  const made = new oauth.Configuration(server, clientId, undefined, authentication(clientSecret));
  oauth.allowInsecureRequests(made);
  return made;
}

const refusal = (error) =>
  error instanceof oauth.ResponseBodyError || error instanceof oauth.WWWAuthenticateChallengeError;

for (const [name, system] of Object.entries(landscape.systems)) {
  const { url, tokenPath, clientId, clientSecret, dialect } = system;
  const at = `${dialect} ${name}`;
  const ways = [
    ['client_secret_post', oauth.ClientSecretPost],
    ['client_secret_basic', oauth.ClientSecretBasic],
  ];
  for (const [way, authentication] of ways) {
    await check(`${at}: a token by ${way}`, async () => {
      const made = configuration(system, authentication);
      const scope = dialect === 'coupa' ? { scope: 'core.purchase_order.read' } : {};
      const token = await oauth.clientCredentialsGrant(made, scope);
      assert.equal(token.token_type, 'bearer');
      assert.ok(token.expires_in > 0 && token.access_token.length > 20);
      const path = dialect === 'coupa' ? '/api/purchase_orders?limit=1' : readOf[dialect];
      const answer = await oauth.fetchProtectedResource(
        made,
        token.access_token,
        new URL(url + path),
        'GET',
        undefined,
        new Headers({ accept: 'application/json' }),
      );
      assert.equal(answer.status, 200);
    });
  }
  await check(
    `${at}: a wrong secret and an unknown scope are refused as RFC 6749 says`,
    async () => {
      const wrong = configuration({ ...system, clientSecret: 'wrong' }, oauth.ClientSecretPost);
      await assert.rejects(oauth.clientCredentialsGrant(wrong), refusal);
      const right = configuration(system, oauth.ClientSecretPost);
      await assert.rejects(
        oauth.clientCredentialsGrant(right, { scope: 'nothing.here' }),
        (error) => {
          assert.equal(error.error, 'invalid_scope');
          return true;
        },
      );
    },
  );
  await check(`${at}: a wrong token is challenged`, async () => {
    const made = configuration(system, oauth.ClientSecretPost);
    const path = dialect === 'coupa' ? '/api/purchase_orders' : readOf[dialect];
    const called = oauth.fetchProtectedResource(made, 'wrong', new URL(url + path), 'GET');
    const outcome = await called.then(
      ({ status }) => status,
      (error) => error.status,
    );
    assert.equal(outcome, 401);
  });
  if (dialect !== 'plain') continue;
  await check(`${at}: found by its metadata (RFC 8414)`, async () => {
    const options = { algorithm: 'oauth2', ...insecure };
    const made = await oauth.discovery(new URL(url), clientId, clientSecret, undefined, options);
    assert.equal(made.serverMetadata().token_endpoint, url + tokenPath);
    assert.ok((await oauth.clientCredentialsGrant(made)).scope.length > 0);
  });
}
