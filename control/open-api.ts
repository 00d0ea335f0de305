/** The control API's contract as OpenAPI 3.1, read from its table. */
import { published } from '../simulators/plain/open-api.ts';
import { problemSchema } from '../simulators/plain/problem.ts';
import type { AnswerSchema, Endpoint } from './endpoint.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document. */
export function openApi(endpoints: readonly Endpoint[]): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = (paths[endpoint.path] ??= {});
    path[endpoint.method.toLowerCase()] = operation(endpoint, schemas);
  }
  published(problemSchema, schemas);
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'seatrial control',
      version: '1',
      description: 'Landscapes, business, faults and verdicts, from any language.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas,
      responses: {
        Problem: {
          description: 'Refused; nothing was changed.',
          content: { 'application/problem+json': { schema: reference('schemas/Problem') } },
        },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

const reference = (to: string): Json => ({ $ref: `#/components/${to}` });

function operation(endpoint: Endpoint, schemas: Json): Json {
  const { body, description } = endpoint;
  return {
    operationId: endpoint.operation,
    summary: endpoint.summary,
    ...(description === undefined ? {} : { description }),
    tags: [endpoint.tag],
    ...(endpoint.open === true ? { security: [] } : {}),
    parameters: parameters(endpoint, schemas),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: endpoint.bodyOptional !== true,
            content: { 'application/json': { schema: published(body, schemas) } },
          },
        }),
    responses: responses(endpoint, schemas),
  };
}

const parameters = (endpoint: Endpoint, schemas: Json): Json[] => [
  ...[...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...(endpoint.query ?? []).map(({ name, description, schema }) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema: published(schema, schemas),
  })),
];

function responses(endpoint: Endpoint, schemas: Json): Json {
  const all: Json = {};
  for (const [status, answer] of Object.entries(endpoint.answers)) {
    all[status] = response(answer, schemas);
  }
  for (const status of refusalsOf(endpoint)) all[status] = reference('responses/Problem');
  return all;
}

function response({ description, schema, types = {} }: AnswerSchema, schemas: Json): Json {
  const content: Json = {};
  if (schema !== undefined) content['application/json'] = { schema: published(schema, schemas) };
  for (const [type, each] of Object.entries(types)) {
    content[type] = { schema: published(each, schemas) };
  }
  return { description, ...(Object.keys(content).length === 0 ? {} : { content }) };
}

function refusalsOf({ body, path, open, refusals = [] }: Endpoint): number[] {
  const always = open === true ? [400, 403, 421] : [400, 401, 403, 421];
  return [
    ...new Set([
      ...always,
      ...(path.includes('{') ? [404] : []),
      ...(body === undefined ? [] : [415, 422]),
      413,
      ...refusals,
    ]),
  ].sort((a, b) => a - b);
}
