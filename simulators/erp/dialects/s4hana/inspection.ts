/** A request looked at once: service, operation, business key, body. Never throws before `handle`. */
import type { Operation } from '../../../../harness/system.ts';
import type { WireRequest } from '../../../../harness/wire.ts';
import { parseBody } from '../../../odata/request-body.ts';
import { trimmed } from '../../../odata/resource-path.ts';
import type { ServiceHandler } from '../../../odata/service-handler.ts';
import { unpadded } from '../../../odata/wire-value.ts';
import { operationName } from './operation-names.ts';
import { basePath } from './prepared-services.ts';

const overridden = new Set(['MERGE', 'PATCH', 'PUT', 'DELETE', 'GET']);
const safeMethods = new Set(['GET', 'HEAD']);

/** Clients also write `/sap/opu/odata/SAP/`; the web server before the Gateway knows no case. */
const below = `${basePath}/`;

export class Inspection {
  /** With an override by `X-HTTP-Method` applied. */
  readonly method: string;
  readonly service: string;
  /** Path of the service, from the root of the system. */
  readonly servicePath: string;
  /** What follows it, without slashes at either end. */
  readonly path: string;
  readonly isBatch: boolean;
  readonly isModifying: boolean;
  readonly operation: Operation;
  readonly request: WireRequest;
  /** Set once it was handled. */
  handled = false;
  #parsed: Record<string, unknown> | undefined;

  constructor(request: WireRequest, handlers: ReadonlyMap<string, ServiceHandler>) {
    this.request = request;
    const { path, headers } = request;
    const override =
      request.method === 'POST' ? headers['x-http-method']?.toUpperCase() : undefined;
    this.method = override !== undefined && overridden.has(override) ? override : request.method;
    const start = basePath.length + 1;
    const isBelow = path.startsWith(below) || path.slice(0, start).toLowerCase() === below;
    const slash = path.indexOf('/', start);
    const name = isBelow ? path.slice(start, slash < 0 ? undefined : slash) : '';
    const matrix = name.indexOf(';');
    this.service = matrix < 0 ? name : name.slice(0, matrix);
    this.servicePath = `${basePath}/${name}`;
    this.path = slash < 0 || !isBelow ? '' : trimmed(path, slash + 1);
    this.isBatch = this.path === '$batch' || this.path === '%24batch';
    // What the wire says counts here: an override cannot make a POST safe.
    this.isModifying = !safeMethods.has(request.method);
    this.operation = this.#operation(handlers.get(this.service));
  }

  /** The members of the body, parsed once. Throws 400 when it cannot be read. */
  parsed(): Record<string, unknown> {
    this.#parsed ??= parseBody(this.request);
    return this.#parsed;
  }

  #operation(handler: ServiceHandler | undefined): Operation {
    const safe = !this.isModifying;
    const open = this.path.indexOf('(');
    const slash = this.path.indexOf('/');
    const end = Math.min(open < 0 ? Infinity : open, slash < 0 ? Infinity : slash);
    const first = end === Infinity ? this.path : this.path.slice(0, end);
    const rest = open >= 0 && open === end ? this.path.slice(this.path.indexOf(')', open) + 1) : '';
    const isFunction = handler?.service.model.functions.has(first) ?? false;
    if (handler === undefined) return { name: 'unknown', safe };
    const isOne = open >= 0 && open === end;
    const name = this.isBatch
      ? batchName(this.request.body)
      : operationName(this.service, first, this.method, { isOne, rest, isFunction });
    const key = this.#key(
      first,
      isOne ? this.path.slice(open + 1, this.path.indexOf(')', open)) : undefined,
      isFunction,
    );
    return key === undefined || key === '' ? { name, safe } : { name, key, safe };
  }

  #key(set: string, predicate: string | undefined, isFunction: boolean): string | undefined {
    try {
      if (isFunction) return keyOfPredicate(queryLiterals(this.request.query));
      if (predicate !== undefined) return keyOfPredicate(decodeURIComponent(predicate));
      if (this.isBatch) return referenceIn(this.request.body);
      if (this.method === 'POST') return this.#externalReference(set);
      return this.request.query.includes('filter')
        ? filteredReference(this.request.query)
        : undefined;
    } catch {
      // Not to be read: `handle` will say what is wrong with it.
      return undefined;
    }
  }

  /** The number that the document has where it comes from, so that a retry is seen as one. */
  #externalReference(set: string): string | undefined {
    const names = references[set];
    if (names === undefined) return undefined;
    const members = this.parsed();
    for (const name of names) {
      const value = members[name];
      if (typeof value === 'string' && value !== '') return value;
    }
    return undefined;
  }
}

const references: Readonly<Record<string, readonly string[]>> = {
  A_PurchaseOrder: ['CorrespncExternalReference'],
  A_PurchaseOrderItem: ['PurchaseOrder'],
  A_MaterialDocumentHeader: ['ReferenceDocument'],
  A_SupplierInvoice: ['AssignmentReference', 'SupplierInvoiceIDByInvcgParty'],
  A_BusinessPartner: ['BusinessPartner'],
  A_Product: ['Product'],
};

const literal = /'([^']*)'/;
const yearFirst = /(?:MaterialDocumentYear|FiscalYear)='([^']*)'/;
const numberOf = /(?:MaterialDocument|SupplierInvoice)='([^']*)'/;

/** `4500000001`, or `2026/5000000001` where the year is part of the key. */
function keyOfPredicate(predicate: string): string | undefined {
  const year = yearFirst.exec(predicate)?.[1];
  const number = numberOf.exec(predicate)?.[1];
  if (year !== undefined && number !== undefined) return `${year}/${unpadded(number)}`;
  const only = literal.exec(predicate)?.[1];
  return only === undefined ? undefined : unpadded(only);
}

const queryLiterals = (query: string): string => decodeURIComponent(query.replaceAll('+', ' '));

const filtered =
  /(?:CorrespncExternalReference|ReferenceDocument|AssignmentReference|SupplierInvoiceIDByInvcgParty) eq '([^']*)'/;

const filteredReference = (query: string): string | undefined =>
  filtered.exec(queryLiterals(query))?.[1];

/** A batch that makes nothing new does no harm when it is sent again. */
const batchName = (body: string): string => (/^POST /m.test(body) ? 'batch' : 'changeByBatch');

const inJson =
  /"(?:CorrespncExternalReference|ReferenceDocument|AssignmentReference)"\s*:\s*"([^"\\]*)"/;
const inAtom =
  /<(?:\w+:)?(?:CorrespncExternalReference|ReferenceDocument|AssignmentReference)(?:\s[^>]*)?>([^<]+)</;

/** The first reference that a batch brings: what the batch is about, as far as one key can tell. */
const referenceIn = (body: string): string | undefined =>
  (inJson.exec(body) ?? inAtom.exec(body))?.[1];
