/** Refusals in Coupa's shape: `{"errors":{"<attribute>":["<message>"]}}` with the status that goes with it. */
import { BusinessError, type Refusal } from '../../../../harness/business-error.ts';
import type { EdgeRefusal } from '../../../../harness/system.ts';
import type { WireReply } from '../../../../harness/wire.ts';
import type { Format } from './format.ts';
import { xmlErrors } from './xml-document.ts';

/** A refusal that the wire makes: it knows its status and headers. */
export class CoupaRefusal extends BusinessError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    rule: string,
    message: string,
    more: { readonly field?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    const { field, headers = {} } = more;
    super({
      refusal: refusalOf(status),
      rule,
      message,
      ...(field === undefined ? {} : { field }),
    });
    this.status = status;
    this.headers = headers;
  }
}

function refusalOf(status: number): Refusal {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  return status === 422 ? 'invalid' : 'malformed';
}

/** 400: the request cannot be understood. */
export const badRequest = (rule: string, message: string, field?: string): CoupaRefusal =>
  new CoupaRefusal(400, rule, message, field === undefined ? {} : { field });

/** 422: the request is understood and not valid. */
export const invalid = (rule: string, message: string, field?: string): CoupaRefusal =>
  new CoupaRefusal(422, rule, message, field === undefined ? {} : { field });

/** 404: no record with this id. */
export const noRecord = (what: string, id: string): CoupaRefusal =>
  new CoupaRefusal(404, 'not-found', `Couldn't find ${what} with 'id'=${id}`);

/** 400: an association names a record that is not there. */
export const noAssociation = (
  type: string,
  field: string,
  keys: Readonly<Record<string, string>>,
  possible: readonly string[],
): CoupaRefusal => {
  const asked = Object.entries(keys).map(([name, value]) => `"${name}"=>${JSON.stringify(value)}`);
  const message =
    `Unable to find valid ${type} record for ${field.replaceAll('-', '_')} with keys ` +
    `{${asked.join(', ')}}. Possible keys are ${JSON.stringify(possible)}. Please verify your json.`;
  return badRequest(`unknown-${type.toLowerCase()}`, message, field);
};

/** The reply; `base` when no attribute is to blame, JSON when the client takes neither format. */
const errorReply = (
  status: number,
  message: string,
  field = 'base',
  headers: Readonly<Record<string, string>> = {},
  format: Format = 'json',
): WireReply => {
  const errors = { [field]: [message] };
  return {
    status,
    headers: { 'content-type': `application/${format}; charset=utf-8`, ...headers },
    body: format === 'json' ? JSON.stringify({ errors }) : xmlErrors(errors),
  };
};

const statusOf: Readonly<Record<Refusal, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 422,
  duplicate: 422,
  stale: 409,
  invalid: 422,
  locked: 409,
};

/** A refusal of the core or the wire. */
export function refusalReply(
  error: BusinessError,
  headers: Readonly<Record<string, string>>,
  format: Format | undefined,
): WireReply {
  const own = error instanceof CoupaRefusal ? error : undefined;
  const status = own?.status ?? statusOf[error.refusal];
  const field = own === undefined ? attributeOf(error.field) : own.field;
  return errorReply(status, error.message, field, { ...headers, ...own?.headers }, format);
}

/** The core's names of fields in Coupa's words. */
const words: Readonly<Record<string, string>> = {
  addLines: 'lines',
  material: 'item',
  unit: 'uom',
  netPrice: 'price',
  estimatedPrice: 'unit-price',
  plant: 'ship-to-address',
  deliveryDate: 'need-by-date',
  requiredOn: 'need-by-date',
  paymentTerms: 'payment-term',
  supplierReference: 'invoice-number',
  documentDate: 'invoice-date',
  grossAmount: 'total-with-taxes',
  taxAmount: 'tax-amount',
  externalReference: 'match-reference',
  purchaseOrder: 'po-number',
  purchaseOrderLine: 'order-line',
  payment: 'payments',
  paidAmount: 'payments',
  shipNotice: 'asn-header',
};

function attributeOf(field: string | undefined): string | undefined {
  if (field === undefined) return undefined;
  return field
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.')
    .map((name) => words[name] ?? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    .join('.');
}

const waiting = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.max(0, Math.ceil(seconds))) };

/** Refusals at the edge, which no rule of the system made. */
export function edgeReply(
  refusal: EdgeRefusal,
  headers: Readonly<Record<string, string>>,
  format: Format | undefined,
): WireReply {
  const say = (status: number, message: string, more: Readonly<Record<string, string>> = {}) =>
    errorReply(status, message, 'base', { ...headers, ...more }, format);
  switch (refusal.kind) {
    case 'unavailable':
      return say(503, 'Service Unavailable', waiting(refusal.retryAfterSeconds));
    case 'throttled':
      return say(429, 'API rate limit exceeded', waiting(refusal.retryAfterSeconds));
    case 'serverError':
      return say(500, 'Internal Server Error');
    case 'expiredToken':
      return say(401, 'The access token expired', {
        'www-authenticate': 'Bearer realm="Coupa", error="invalid_token"',
      });
    case 'locked':
      return say(409, 'Attempted to update a stale object: another user is editing it');
    case 'businessError':
      return say(422, refusal.message);
    case 'tooLarge':
      return say(413, `Request body exceeds ${refusal.limitBytes} bytes`);
    case 'gatewayTimeout':
      return say(504, 'Gateway Timeout');
  }
}
