/** The authorization server of the `plain` dialect: where tokens come from, and what it says of itself. */
import type { Context } from '../../harness/context.ts';
import type { WireReply, WireRequest } from '../../harness/wire.ts';
import type { TokenIssuer } from '../oauth/token-issuer.ts';
import { checkSize } from './inspection.ts';
import { tokenPath } from './prepared.ts';
import { wrongMethod } from './wire-refusals.ts';

const metadataPath = '/.well-known/oauth-authorization-server';
const mostFormBytes = 16_384;

/** Its paths and what happens there. Issuing a token changes nothing of the business. */
export const authorizationOperations: ReadonlyMap<string, string> = new Map([
  [tokenPath, 'issueToken'],
  [metadataPath, 'readAuthorizationServer'],
]);

/** The answer to a request for one of its paths; `undefined` for all others. */
export function authorizationReply(
  tokens: TokenIssuer,
  request: WireRequest,
  context: Context,
): WireReply | undefined {
  if (request.path === tokenPath) {
    if (request.method !== 'POST') throw wrongMethod(['POST']);
    checkSize(request.body, mostFormBytes);
    return tokens.handle(request, context);
  }
  if (request.path !== metadataPath) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') throw wrongMethod(['HEAD', 'GET']);
  const { headers, mountedAt = '' } = request;
  const issuer = `http://${headers['host'] ?? 'localhost'}${mountedAt}`;
  const document = {
    issuer,
    token_endpoint: issuer + tokenPath,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    scopes_supported: tokens.scopes,
  };
  const body = request.method === 'HEAD' ? '' : JSON.stringify(document);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
