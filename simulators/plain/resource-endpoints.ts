/** The usual endpoints of a resource: list, read, create, change, put, and what else can be done to it. */
import { BusinessError } from '../../harness/business-error.ts';
import type { Context } from '../../harness/context.ts';
import type { Answer, Call, Endpoint, Resource } from './endpoint.ts';
import { changedSinceOption, page, pagingOptions } from './paging.ts';
import { peekQuery } from './query-options.ts';
import { type Schema, key, list, named, object, text } from './schema.ts';

/** `GET /resource`. */
export function listOf<Core, D extends object>(resource: Resource<Core, D>): Endpoint<Core> {
  const { name, plural, schema, filters } = resource;
  const identifying = filters.find((filter) => filter.indexed)?.name;
  return {
    ...common(resource, 'GET', `/${name}`, `list${plural}`, 'read'),
    summary: `Lists ${words(plural)}.`,
    query: [
      ...pagingOptions,
      changedSinceOption,
      ...filters.map((each) => ({ schema: key(60), ...each })),
    ],
    answers: {
      200: named(`${plural}Page`, object({ items: list(schema, 200), 'next?': text(200) })),
    },
    ...(identifying === undefined
      ? {}
      : { key: (_params, _body, raw) => peekQuery(raw, identifying) }),
    handle: (call) => ({ status: 200, document: page(resource, call) }),
  };
}

/** `GET /resource/{key}`. */
export function readOf<Core, D extends object>(resource: Resource<Core, D>): Endpoint<Core> {
  const { name, singular, keyPath, schema } = resource;
  const idIn = idReader(resource);
  return {
    ...common(resource, 'GET', `/${name}/${keyPath}`, `read${singular}`, 'read'),
    summary: `Reads one ${words(singular)}.`,
    answers: { 200: schema },
    key: keyReader(keyPath),
    handle: (call) => {
      const id = idIn(call);
      const entry = resource.collection(call.core).entry(id);
      if (entry === undefined) throw missing(resource, id);
      return { status: 200, document: entry.data, version: entry.version };
    },
  };
}

export interface Creation<Core, D, Draft> {
  readonly body: Schema;
  /** Body field that holds the business key, where the client brings one. */
  readonly keyField?: string;
  readonly run: (core: Core, draft: Draft, context: Context) => D;
  readonly summary?: string;
  readonly operation?: string;
}

/** `POST /resource`. */
export function createOf<Core, D extends object, Draft>(
  resource: Resource<Core, D>,
  { body, keyField, run, summary, operation }: Creation<Core, D, Draft>,
): Endpoint<Core> {
  const { name, singular, schema } = resource;
  return {
    ...common(resource, 'POST', `/${name}`, operation ?? `create${singular}`, 'write'),
    summary: summary ?? `Creates one ${words(singular)}.`,
    body,
    answers: { 201: schema },
    ...(keyField === undefined ? {} : { key: (_params, peek) => textAt(peek(), keyField) }),
    handle: (call) => created(resource, call, run(call.core, call.body as Draft, call.context)),
  };
}

/** `PATCH /resource/{key}`: what the body does not name stays. */
export function changeOf<Core, D extends object, Change>(
  resource: Resource<Core, D>,
  body: Schema,
  run: (core: Core, id: string, change: Change, context: Context) => D,
): Endpoint<Core> {
  const { name, singular, keyPath, schema } = resource;
  const idIn = idReader(resource);
  return {
    ...common(resource, 'PATCH', `/${name}/${keyPath}`, `change${singular}`, 'write'),
    summary: `Changes one ${words(singular)}; what is left out stays.`,
    body,
    answers: { 200: schema },
    key: keyReader(keyPath),
    current: (call) => resource.collection(call.core).entry(idIn(call))?.version,
    handle: (call) => {
      const id = idIn(call);
      if (!resource.collection(call.core).has(id)) throw missing(resource, id);
      return shown(resource, call, run(call.core, id, call.body as Change, call.context));
    },
  };
}

/** `PUT /resource/{key}`: creates it or replaces it whole. */
export function putOf<Core, D extends object>(
  resource: Resource<Core, D>,
  body: Schema,
  keyField: keyof D & string,
  run: (core: Core, document: D, context: Context) => D,
): Endpoint<Core> {
  const { name, singular, keyPath, schema } = resource;
  const idIn = idReader(resource);
  return {
    ...common(resource, 'PUT', `/${name}/${keyPath}`, `put${singular}`, 'write'),
    summary: `Creates or replaces one ${words(singular)}.`,
    body,
    answers: { 200: schema, 201: schema },
    key: keyReader(keyPath),
    current: (call) => resource.collection(call.core).entry(idIn(call))?.version,
    handle: (call) => {
      const id = idIn(call);
      const document = call.body as D;
      if (document[keyField] !== id) throw otherKey(keyField, id);
      const isNew = !resource.collection(call.core).has(id);
      const written = run(call.core, document, call.context);
      return isNew ? created(resource, call, written) : shown(resource, call, written);
    },
  };
}

export interface Action<Core, D extends object, Result extends object, Body> {
  /** Path below the document, e.g. `cancel`. */
  readonly path: string;
  readonly operation: string;
  readonly summary: string;
  readonly body?: Schema;
  readonly bodyOptional?: boolean;
  /** What it answers with; default the document itself. */
  readonly result?: Resource<Core, Result>;
  /** What it answers with when that is no document of a resource. */
  readonly answer?: Schema;
  /** It makes a new document: 201 and a `Location`. */
  readonly creates?: boolean;
  readonly run: (core: Core, id: string, body: Body, context: Context) => Result | D;
}

/** `POST /resource/{key}/action`. */
export function actionOf<Core, D extends object, Result extends object = D, Body = undefined>(
  resource: Resource<Core, D>,
  action: Action<Core, D, Result, Body>,
): Endpoint<Core> {
  const { path, operation, summary, body, bodyOptional, creates, run } = action;
  const result = (action.result ?? resource) as Resource<Core, Result>;
  const idIn = idReader(resource);
  return {
    ...common(
      resource,
      'POST',
      `/${resource.name}/${resource.keyPath}/${path}`,
      operation,
      'write',
    ),
    summary,
    ...(body === undefined ? {} : { body }),
    ...(bodyOptional === undefined ? {} : { bodyOptional }),
    answers: { [creates ? 201 : 200]: action.answer ?? result.schema },
    key: keyReader(resource.keyPath),
    current: (call) => resource.collection(call.core).entry(idIn(call))?.version,
    handle: (call) => {
      const id = idIn(call);
      if (!resource.collection(call.core).has(id)) throw missing(resource, id);
      const done = run(call.core, id, call.body as Body, call.context) as Result;
      if (action.answer) return { status: 200, document: done };
      return creates ? created(result, call, done) : shown(result, call, done);
    },
  };
}

function common<Core, D extends object, M extends Endpoint<Core>['method']>(
  { name }: Resource<Core, D>,
  method: M,
  path: string,
  operation: string,
  access: 'read' | 'write',
): Pick<Endpoint<Core>, 'method' | 'path' | 'operation' | 'resource' | 'access'> {
  return { method, path, operation, resource: name, access };
}

function shown<Core, D extends object>(
  resource: Resource<Core, D>,
  call: Call<Core>,
  document: D,
): Answer {
  const version = resource.collection(call.core).entry(resource.idOf(document))?.version;
  return { status: 200, document, ...(version === undefined ? {} : { version }) };
}

function created<Core, D extends object>(
  resource: Resource<Core, D>,
  call: Call<Core>,
  document: D,
): Answer {
  const id = resource.idOf(document);
  const parts = resource.keyPath.includes('/') ? id.split('/') : [id];
  const location = `/${resource.name}/${parts.map(encodeURIComponent).join('/')}`;
  return { ...shown(resource, call, document), status: 201, location };
}

type Params = Readonly<Record<string, string>>;

/** Reads the key out of path parameters, in the order of the template. */
function keyReader(keyPath: string): (params: Params) => string {
  const names = [...keyPath.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return (params) => params[only] as string;
  return (params) => names.map((name) => params[name]).join('/');
}

/** Reads the id, which is the key unless the resource knows its documents by another one, too. */
function idReader<Core, D extends object>({
  keyPath,
  resolve,
}: Resource<Core, D>): (call: Pick<Call<Core>, 'params' | 'core'>) => string {
  const keyIn = keyReader(keyPath);
  if (resolve === undefined) return ({ params }) => keyIn(params);
  return ({ params, core }) => resolve(core, keyIn(params));
}

function textAt(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : undefined;
}

const missing = <Core, D extends object>(
  { singular, name }: Resource<Core, D>,
  id: string,
): BusinessError =>
  new BusinessError({
    refusal: 'notFound',
    rule: `unknown-${name.replace(/s$/, '')}`,
    message: `There is no ${words(singular)} ${id}.`,
  });

const otherKey = (field: string, id: string): BusinessError =>
  new BusinessError({
    refusal: 'invalid',
    rule: 'key-mismatch',
    message: `${field} must be ${id}, as in the path.`,
    field,
  });

/** `purchase order` of `PurchaseOrder`. */
const words = (name: string): string =>
  name.replaceAll(/\B([A-Z])/g, (letter) => ` ${letter}`).toLowerCase();
