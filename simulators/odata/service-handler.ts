/** One OData V2 service over its entity sets: a request in, an answer or a refusal out. */
import type { Context } from '../../harness/context.ts';
import type { WireReply } from '../../harness/wire.ts';
import { type Content, atomReply } from './atom-writer.ts';
import { readRequestBody, shapeOf } from './request-body.ts';
import { wantsJson } from './representation.ts';
import { edmx } from './edmx.ts';
import { checkMatch } from './entity-tags.ts';
import type { Service } from './entity-set.ts';
import { EntityWriter } from './entity-writer.ts';
import { callFunction, resultContent } from './function-call.ts';
import { countRows, inheritedKeys, listRows, nextQuery } from './listing.ts';
import type { EntityType } from './model.ts';
import { malformed, notImplemented } from './odata-refusal.ts';
import {
  type RawQuery,
  type Shape,
  checkOptions,
  readListOptions,
  readQuery,
  readShape,
} from './query-options.ts';
import {
  type EntityTarget,
  type ListTarget,
  type Target,
  resolveTarget,
} from './resource-target.ts';
import { readPath, trimmed } from './resource-path.ts';

export interface ServiceCall {
  /** With an override by `X-HTTP-Method` applied. */
  readonly method: string;
  /** Raw, below the service. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Absolute address of the service, safe to be written into JSON. */
  readonly root: string;
  readonly context: Context;
  /** The body, parsed already by whoever looked at it first. */
  readonly parsed?: (() => Record<string, unknown>) | undefined;
}

const jsonType = 'application/json;charset=utf-8';

export class ServiceHandler {
  readonly service: Service;
  readonly #writers = new Map<string, EntityWriter>();
  readonly #headers: Readonly<Record<string, string>>;
  readonly #json: Readonly<Record<string, string>>;
  #metadata = { root: '', text: '' };

  /** `headers` go with every answer that is no refusal. */
  constructor(service: Service, headers: Readonly<Record<string, string>> = {}) {
    this.service = service;
    this.#headers = { ...headers, dataserviceversion: '2.0' };
    this.#json = { ...this.#headers, 'content-type': jsonType };
  }

  /** Answers, or throws a refusal. Needs a transaction for what changes something. */
  handle(call: ServiceCall): WireReply {
    const target = resolveTarget(this.service, readPath(call.path), this.writerOf);
    const query = readQuery(call.query);
    checkOptions(query);
    const reply = this.#answer(call, target, query);
    const isJson = reply.headers['content-type'] === jsonType;
    if (!isJson || wantsJson(call, target.kind === 'service')) return reply;
    const { root, path, context } = call;
    const around = { model: this.service.model, root, path: trimmed(path), at: context.at };
    return atomReply(reply, this.#contentOf(target, reply), around);
  }

  #answer(call: ServiceCall, target: Target, query: RawQuery): WireReply {
    if (target.kind === 'function') return this.#function(call, target, query);
    if (call.method === 'GET' || call.method === 'HEAD') return this.#read(call, target, query);
    if (target.kind === 'list' && call.method === 'POST') return this.#create(call, target);
    if (target.kind === 'entity') return this.#modify(call, target);
    throw notImplemented(call.method, ['GET', 'HEAD']);
  }

  readonly writerOf = (set: string): EntityWriter => {
    let writer = this.#writers.get(set);
    if (writer === undefined) {
      const found = this.service.sets.get(set);
      if (found === undefined) throw new TypeError(`Entity set ${set} is modelled but not served.`);
      writer = new EntityWriter(this.service.model.name, found, this.writerOf);
      this.#writers.set(set, writer);
    }
    return writer;
  };

  /** What a JSON answer about a target holds. */
  #contentOf(target: Target, { status }: WireReply): Content {
    switch (target.kind) {
      case 'list':
        return { kind: status === 201 ? 'entry' : 'feed', type: target.writer.set.type };
      case 'entity':
        return { kind: 'entry', type: target.writer.set.type };
      case 'property':
        return target;
      case 'function':
        return resultContent(this.service.model, target.definition);
      default:
        return { kind: target.kind === 'links' ? 'links' : 'service' };
    }
  }

  #ok(body: string): WireReply {
    return { status: 200, headers: this.#json, body };
  }

  #read(
    call: ServiceCall,
    target: Exclude<Target, { kind: 'function' }>,
    query: RawQuery,
  ): WireReply {
    const { root } = call;
    switch (target.kind) {
      case 'service': {
        const sets = [...this.service.sets.keys()].map((each) => JSON.stringify(each));
        return this.#ok(`{"d":{"EntitySets":[${sets.join(',')}]}}`);
      }
      case 'metadata': {
        const headers = { ...this.#headers, 'content-type': 'application/xml' };
        return { status: 200, headers, body: this.#edmx(root) };
      }
      case 'list':
        return this.#list(call, target, query);
      case 'entity':
        return this.#entity(call, target, query);
      case 'property':
        return this.#property(target);
      case 'links':
        return this.#links(target, root);
      default:
        return this.#count(target, query);
    }
  }

  /** The model never changes; the address that it is read at seldom does. */
  #edmx(root: string): string {
    if (this.#metadata.root !== root) {
      this.#metadata = { root, text: edmx(this.service.model, root) };
    }
    return this.#metadata.text;
  }

  #shape(query: RawQuery, type: EntityType): Shape {
    return readShape(query, this.service.model, type);
  }

  #list({ root, path }: ServiceCall, target: ListTarget, query: RawQuery): WireReply {
    const { writer } = target;
    const options = readListOptions(query, writer.scope);
    const shape = this.#shape(query, writer.set.type);
    const { rows, count, next } = listRows(target, options, this.service);
    const counted = count === undefined ? '' : `"__count":"${count}",`;
    const more =
      next === undefined
        ? ''
        : `,"__next":${JSON.stringify(`${root}/${trimmed(path)}?${nextQuery(query, next, this.service.pageSize)}`)}`;
    return this.#ok(`{"d":{${counted}"results":[${writer.all(rows, root, shape)}]${more}}}`);
  }

  #entity({ root }: ServiceCall, { writer, row }: EntityTarget, query: RawQuery): WireReply {
    const reply = this.#ok(`{"d":${writer.write(row, root, this.#shape(query, writer.set.type))}}`);
    const { etag } = writer.set;
    return etag === undefined
      ? reply
      : { ...reply, headers: { ...reply.headers, etag: etag(row) } };
  }

  #property({ of, property, raw }: Target & { kind: 'property' }): WireReply {
    const json = of.writer.json(of.row, property);
    if (!raw) return this.#ok(`{"d":{"${property.name}":${json}}}`);
    const value: unknown = JSON.parse(json);
    const headers = { ...this.#headers, 'content-type': 'text/plain;charset=utf-8' };
    return { status: 200, headers, body: value === null ? '' : String(value) };
  }

  #links({ of }: Target & { kind: 'links' }, root: string): WireReply {
    const link = (row: object): string => `{"uri":"${of.writer.uri(row, root)}"}`;
    if (of.kind === 'entity') return this.#ok(`{"d":${link(of.row)}}`);
    const links = (of.rows ?? []).map(link);
    return this.#ok(`{"d":{"results":[${links.join(',')}]}}`);
  }

  #count({ of }: Target & { kind: 'count' }, query: RawQuery): WireReply {
    const count = of.kind === 'entity' ? 1 : countRows(of, readListOptions(query, of.writer.scope));
    const headers = { ...this.#headers, 'content-type': 'text/plain;charset=utf-8' };
    return { status: 200, headers, body: String(count) };
  }

  #create(call: ServiceCall, { writer, parent }: ListTarget): WireReply {
    const { set } = writer;
    const { type } = set;
    // A set that is not creatable on its own still is behind the entity that it belongs to.
    if (set.create === undefined) throw notImplemented('POST', ['GET', 'HEAD']);
    const read = readRequestBody(call, this.service.model, type, 'create');
    const body =
      parent === undefined
        ? read
        : { ...read, values: { ...read.values, ...inheritedKeys(parent, set) } };
    const row = set.create(body, call.context);
    const shape = shapeOf(body.nested);
    const headers = { ...this.#json, location: writer.uri(row, call.root) };
    return { status: 201, headers, body: `{"d":${writer.write(row, call.root, shape)}}` };
  }

  #modify(call: ServiceCall, { writer, row }: EntityTarget): WireReply {
    const { set } = writer;
    const { type } = set;
    const allowed = ['GET', 'HEAD'];
    if (set.update !== undefined) allowed.push('PATCH', 'PUT', 'MERGE');
    if (set.remove !== undefined) allowed.push('DELETE');
    if (!allowed.includes(call.method)) throw notImplemented(call.method, allowed);
    if (set.etag !== undefined) checkMatch(call.headers['if-match'], set.etag(row));
    if (call.method === 'DELETE') set.remove?.(row, call.context);
    else {
      const body = readRequestBody(call, this.service.model, type, 'update');
      // Clients that replace whole entities send their empty navigations along.
      const isDeep = Object.values(body.nested).some((each) => each.length > 0);
      if (isDeep) throw malformed('Deep update is not supported');
      set.update?.(row, body, call.context);
    }
    return { status: 204, headers: this.#headers, body: '' };
  }

  #function(
    { method, root, context }: ServiceCall,
    { definition }: Target & { kind: 'function' },
    query: RawQuery,
  ): WireReply {
    // Some clients send the changing ones with PUT or MERGE; the vendor insists on its own verb.
    const isRight =
      method === definition.method || (method === 'HEAD' && definition.method === 'GET');
    if (!isRight) throw notImplemented(method, [definition.method]);
    return this.#ok(callFunction(this.service, definition, query, context, root, this.writerOf));
  }
}
