/** Refusals that belong to the protocol and not to the business: bad URLs, bad bodies, wrong verbs. */
import { BusinessError, type Refusal } from '../../harness/business-error.ts';

export interface ODataRefusalOptions {
  readonly status: number;
  /** The vendor's code: a message id like `/IWBEP/CM_MGW_RT/020`, or the 32 hex digits of a framework text. */
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answered as this text instead of an OData error. */
  readonly plainText?: string;
}

const refusals: Readonly<Record<number, Refusal>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'malformed',
  412: 'stale',
  428: 'stale',
};

export class ODataRefusal extends BusinessError {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly plainText: string | undefined;

  constructor({ status, code, message, headers = {}, plainText }: ODataRefusalOptions) {
    super({ refusal: refusals[status] ?? 'malformed', rule: `odata-${status}`, message });
    this.name = 'ODataRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.plainText = plainText;
  }
}

const refusal = (status: number, code: string, message: string): ODataRefusal =>
  new ODataRefusal({ status, code, message });

/** The body, a value or an option cannot be understood: 400 with a framework text. */
export const malformed = (message: string): ODataRefusal =>
  refusal(400, '005056A509B11EE1B9A8FEC11C22178E', message);

export const unknownProperty = (name: string, type: string): ODataRefusal =>
  refusal(400, '005056A509B11EE1B9A8FEC11C21D78E', `Property ${name} not found in type ${type}`);

export const invalidValue = (name: string, value: string): ODataRefusal =>
  refusal(
    400,
    '005056A509B11EE1B9A8FEC11C22378E',
    `Property '${name}' has invalid value '${value.slice(0, 60)}'`,
  );

export const unknownSegment = (segment: string): ODataRefusal =>
  refusal(
    404,
    '005056A509B11EE1B9A8FEC11C23378E',
    `Resource not found for the segment '${segment.slice(0, 80)}'`,
  );

export const noSuchEntity = (type: string): ODataRefusal =>
  refusal(404, '/IWBEP/CM_MGW_RT/020', `Resource not found for segment '${type}'`);

export const unsupportedFormat = refusal(
  415,
  '005056A509B11EE1B9A8FEC11C22F78E',
  'Unsupported media type requested',
);

export const unsupportedContentType = (type: string): ODataRefusal =>
  refusal(
    415,
    '005056A509B11EE1B9A8FEC11C22F78E',
    `Unsupported content type requested: '${type.slice(0, 60)}'`,
  );

export const notImplemented = (method: string, allowed: readonly string[]): ODataRefusal =>
  new ODataRefusal({
    status: 405,
    code: '/IWFND/CM_MGW/022',
    message: `Method '${method}' not allowed for this resource`,
    headers: { allow: allowed.join(', ') },
  });
