/** The contract as OpenAPI 3.1, read from the resource table. */
import assert from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { cloudEventBatchType } from './cloud-event.ts';
import type { Endpoint } from './endpoint.ts';
import { problemSchema } from './problem.ts';
import { idempotencyKeys } from './idempotency.ts';
import { type Schema, publishedPattern } from './schema.ts';

export interface ContractOptions<Core> {
  readonly title: string;
  readonly basePath: string;
  readonly tokenPath: string;
  readonly scopes: readonly string[];
  readonly endpoints: readonly Endpoint<Core>[];
  readonly scopeOf: (endpoint: Endpoint<Core>) => string;
}

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document. */
export function openApi<Core>(options: ContractOptions<Core>): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const endpoint of options.endpoints) {
    const path = (paths[options.basePath + endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operation(endpoint, options.scopeOf(endpoint), schemas);
  }
  paths[options.tokenPath] = { post: tokenOperation };
  paths['/.well-known/oauth-authorization-server'] = { get: metadataOperation };
  published(problemSchema, schemas);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: options.title, version: '1' },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      responses: { Problem: problemResponse },
      headers: commonHeaders,
      securitySchemes: { oauth2: securityScheme(options) },
    },
  };
}

const reference = (to: string): Json => ({ $ref: `#/components/${to}` });

const decimalPattern = '^-?[0-9]{1,24}(\\.[0-9]{1,12})?$';

/** The schema with what has a name moved to `schemas`, and referred to. */
export function published(schema: unknown, schemas: Json): unknown {
  if (Array.isArray(schema)) return schema.map((each) => published(each, schemas));
  if (typeof schema !== 'object' || schema === null) return schema;
  const source = schema as Schema;
  const copy: Json = {};
  for (const [name, value] of Object.entries(source)) {
    if (name === 'x-decimal') Object.assign(copy, { pattern: decimalPattern, examples: ['12.5'] });
    else if (name === 'pattern') copy[name] = publishedPattern(value);
    else copy[name] = published(value, schemas);
  }
  const title = source['title'];
  if (typeof title !== 'string') return copy;
  const other = schemas[title];
  assert(other === undefined || isDeepStrictEqual(other, copy), `Two schemas are named ${title}.`);
  schemas[title] = copy;
  return reference(`schemas/${title}`);
}

function operation<Core>(endpoint: Endpoint<Core>, scope: string, schemas: Json): Json {
  const { body, open } = endpoint;
  return {
    operationId: endpoint.operation,
    summary: endpoint.summary,
    tags: [endpoint.resource],
    security: open ? [] : [{ oauth2: [scope] }],
    parameters: parameters(endpoint, schemas),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: endpoint.bodyOptional !== true,
            content: bodyContent(endpoint, published(body, schemas)),
          },
        }),
    responses: responses(endpoint, schemas),
  };
}

function bodyContent<Core>({ method }: Endpoint<Core>, schema: unknown): Json {
  const json = { 'application/json': { schema } };
  return method === 'PATCH' ? { ...json, 'application/merge-patch+json': { schema } } : json;
}

const text = { type: 'string' };

const header = (name: string, description: string, schema: Json = text): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

function parameters<Core>(endpoint: Endpoint<Core>, schemas: Json): Json[] {
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: text,
  }));
  const inQuery = (endpoint.query ?? []).map(({ name, description, schema }) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: published(schema, schemas),
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(endpoint.method === 'POST'
      ? [
          header('Idempotency-Key', 'The same key with the same request gets the same answer.', {
            type: 'string',
            pattern: idempotencyKeys,
          }),
        ]
      : []),
    ...conditions(endpoint),
    header('X-Correlation-Id', 'Carried through to commits and events, and echoed.'),
    header('Traceparent', 'W3C trace context, carried through.'),
  ];
}

/** What the client knows, or thinks that there is. */
function conditions<Core>(endpoint: Endpoint<Core>): Json[] {
  const { current, method } = endpoint;
  return [
    ...(current ? [header('If-Match', 'The ETag that the change is based on.')] : []),
    ...(current && method === 'PUT'
      ? [header('If-None-Match', '`*` when the document must be new.')]
      : []),
    ...(isSingleRead(endpoint) ? [header('If-None-Match', 'The ETag that is known already.')] : []),
  ];
}

const isSingleRead = <Core>({ method, path, open }: Endpoint<Core>): boolean =>
  method === 'GET' && path.includes('{') && !open;

/** Every status that can come out. */
function responses<Core>(endpoint: Endpoint<Core>, schemas: Json): Json {
  const all: Json = {};
  for (const [status, schema] of Object.entries(endpoint.answers)) {
    const content: Json = { 'application/json': { schema: published(schema, schemas) } };
    if (endpoint.produces?.includes(cloudEventBatchType)) {
      content[cloudEventBatchType] = {
        schema: { type: 'array', items: reference('schemas/CloudEvent') },
      };
    }
    all[status] = { description: 'Done.', headers: headersOf(endpoint, status), content };
  }
  if (isSingleRead(endpoint))
    all['304'] = { description: 'Not changed since the version that is known.' };
  for (const status of problemStatuses(endpoint)) all[status] = reference('responses/Problem');
  all['default'] = reference('responses/Problem');
  return all;
}

function headersOf<Core>(endpoint: Endpoint<Core>, status: string): Json {
  const names = ['X-Correlation-Id', 'RateLimit', 'RateLimit-Policy'];
  if (endpoint.path.includes('{') || endpoint.method !== 'GET') names.push('ETag');
  if (endpoint.method === 'POST') names.push('Idempotency-Replayed');
  if (status === '201') names.push('Location');
  return Object.fromEntries(names.map((name) => [name, reference(`headers/${name}`)]));
}

function problemStatuses<Core>({ method, path, body, open, current }: Endpoint<Core>): number[] {
  const always = open ? [400, 406, 500, 503, 504] : [400, 401, 403, 406, 429, 500, 503, 504];
  const found = path.includes('{') ? [404] : [];
  const written = method === 'GET' ? [] : [404, 409, 413, 422, 423];
  return [
    ...always,
    ...found,
    ...written,
    ...(body === undefined ? [] : [415]),
    ...(current === undefined ? [] : [412]),
  ];
}

const problemResponse: Json = {
  description: 'Refused; nothing was changed.',
  headers: {
    'X-Correlation-Id': reference('headers/X-Correlation-Id'),
    'Retry-After': reference('headers/Retry-After'),
    'WWW-Authenticate': reference('headers/WWW-Authenticate'),
    Allow: reference('headers/Allow'),
  },
  content: { 'application/problem+json': { schema: reference('schemas/Problem') } },
};

const commonHeaders: Json = Object.fromEntries(
  [
    ['X-Correlation-Id', 'What ties the request to its commits and events.'],
    ['ETag', 'The version of the document, in quotes.'],
    ['Location', 'Path of the new document.'],
    ['Idempotency-Replayed', 'true when the answer had been given before.'],
    ['RateLimit', 'limit, remaining, reset in seconds; only when a limit is on.'],
    ['RateLimit-Policy', 'Requests and window; only when a limit is on.'],
    ['Retry-After', 'Seconds to wait before the next try.'],
    ['WWW-Authenticate', 'What is wrong with the access token.'],
    ['Allow', 'Methods that there are, with status 405.'],
  ].map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
);

const securityScheme = <Core>({ tokenPath, scopes }: ContractOptions<Core>): Json => ({
  type: 'oauth2',
  flows: {
    clientCredentials: {
      tokenUrl: tokenPath,
      scopes: Object.fromEntries(scopes.map((scope) => [scope, scope.replaceAll('.', ' ')])),
    },
  },
});

const jsonAnswer = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
});

const tokenOperation: Json = {
  operationId: 'issueToken',
  summary: 'Issues an access token by client credentials (RFC 6749).',
  tags: ['oauth'],
  security: [],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          properties: {
            grant_type: { const: 'client_credentials' },
            scope: { type: 'string' },
            client_id: { type: 'string' },
            client_secret: { type: 'string' },
          },
          required: ['grant_type'],
        },
      },
    },
  },
  responses: {
    200: jsonAnswer('The token.'),
    400: jsonAnswer('The request or scope is wrong.'),
    401: jsonAnswer('The client is unknown.'),
    default: reference('responses/Problem'),
  },
};

const metadataOperation: Json = {
  operationId: 'readAuthorizationServer',
  summary: 'Authorization server metadata (RFC 8414).',
  tags: ['oauth'],
  security: [],
  responses: { 200: jsonAnswer('The metadata.'), default: reference('responses/Problem') },
};
