/**
 * An OAuth2 token endpoint for client credentials (RFC 6749, 4.4), for every dialect that has one.
 * Tokens live in the store as housekeeping and run out by trial time.
 */
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { KeyedRandom } from '../../harness/random.ts';
import type { Store } from '../../harness/store.ts';
import type { Credentials } from '../../harness/system.ts';
import type { WireReply, WireRequest } from '../../harness/wire.ts';

export interface TokenIssuerOptions {
  readonly store: Store;
  readonly random: KeyedRandom;
  readonly credentials: Credentials;
  /** All scopes there are; a client that asks for none gets all. */
  readonly scopes: readonly string[];
  /** Default 3600. */
  readonly lifetimeSeconds?: number;
}

export interface AccessToken {
  readonly client: string;
  readonly scopes: ReadonlySet<string>;
  /** Trial time in milliseconds. */
  readonly expiresAt: number;
}

export class TokenIssuer {
  readonly scopes: readonly string[];
  readonly #store: Store;
  readonly #random: KeyedRandom;
  readonly #credentials: Credentials;
  readonly #lifetimeSeconds: number;
  readonly #tokens: Collection<AccessToken>;

  constructor(options: TokenIssuerOptions) {
    this.scopes = options.scopes;
    this.#store = options.store;
    this.#random = options.random;
    this.#credentials = options.credentials;
    this.#lifetimeSeconds = options.lifetimeSeconds ?? 3600;
    this.#tokens = options.store.collection<AccessToken>('AccessToken', {
      recorded: false,
      plain: (token) => ({ ...token, scopes: [...token.scopes] }),
      revive: (plain) => {
        const token = plain as AccessToken & { readonly scopes: readonly string[] };
        return { ...token, scopes: new Set(token.scopes) };
      },
    });
  }

  /** The token of an `Authorization` header; `undefined` when it is unknown, expired or revoked. */
  verify(authorization: string, context: Context): AccessToken | undefined {
    if (!/^bearer /i.test(authorization)) return undefined;
    const token = this.#tokens.get(authorization.slice(7));
    return token !== undefined && token.expiresAt > context.at ? token : undefined;
  }

  revokeAll(): void {
    for (const [token] of this.#tokens.entries()) this.#tokens.remove(token);
  }

  /** Answers a token request. Needs a transaction. */
  handle(request: WireRequest, context: Context): WireReply {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded') {
      return failure(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded.');
    }
    const form = readForm(request.body);
    if (form === undefined) return failure(400, 'invalid_request', 'A parameter is there twice.');
    return this.#refused(request.headers['authorization'], form) ?? this.#grant(form, context);
  }

  #refused(authorization: string | undefined, form: Form): WireReply | undefined {
    const basic = authorization === undefined ? undefined : basicCredentials(authorization);
    if (authorization !== undefined && form.has('client_secret')) {
      return failure(400, 'invalid_request', 'One way of client authentication, not two.');
    }
    const id = authorization === undefined ? form.get('client_id') : basic?.id;
    const secret = authorization === undefined ? form.get('client_secret') : basic?.secret;
    const { clientId, clientSecret } = this.#credentials;
    if (id !== clientId || secret !== clientSecret) {
      const challenge = { 'www-authenticate': 'Basic realm="seatrial"' };
      return failure(
        401,
        'invalid_client',
        'The client is unknown or its secret is wrong.',
        challenge,
      );
    }
    const grant = form.get('grant_type');
    if (grant === undefined) return failure(400, 'invalid_request', 'grant_type is missing.');
    if (grant === 'client_credentials') return undefined;
    return failure(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
  }

  #grant(form: Form, context: Context): WireReply {
    const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    const scopes = asked.length === 0 ? this.scopes : [...new Set(asked)];
    const unknown = scopes.find((scope) => !this.scopes.includes(scope));
    if (unknown !== undefined)
      return failure(400, 'invalid_scope', 'A scope is not one of this system.');
    const number = this.#store.nextNumber('access-token');
    const token = this.#random.hex(40, 'access-token', this.#store.system, number);
    this.#forgetExpired(context.at);
    this.#tokens.put(token, {
      client: this.#credentials.clientId,
      scopes: new Set(scopes),
      expiresAt: context.at + this.#lifetimeSeconds * 1000,
    });
    const body = {
      access_token: token,
      token_type: 'Bearer',
      expires_in: this.#lifetimeSeconds,
      scope: scopes.join(' '),
    };
    return { status: 200, headers: noStore, body: JSON.stringify(body) };
  }

  /** All live equally long, so the oldest come first. */
  #forgetExpired(at: number): void {
    for (const [token, { data }] of this.#tokens.entries()) {
      if (data.expiresAt > at) return;
      this.#tokens.remove(token);
    }
  }
}

type Form = ReadonlyMap<string, string>;

function readForm(body: string): Form | undefined {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) return undefined;
    form.set(name, value);
  }
  return form;
}

function basicCredentials(authorization: string): { id: string; secret: string } | undefined {
  if (!/^basic /i.test(authorization)) return undefined;
  const text = Buffer.from(authorization.slice(6), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  try {
    return {
      id: decodeURIComponent(text.slice(0, colon)),
      secret: decodeURIComponent(text.slice(colon + 1)),
    };
  } catch {
    return undefined;
  }
}

const noStore = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
};

function failure(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return {
    status,
    headers: { ...noStore, ...headers },
    body: JSON.stringify({ error, error_description: description }),
  };
}
