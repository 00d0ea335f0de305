/** Refusals as this vendor answers them: OData errors in JSON or XML, HTML from the web server. */
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import { stableHash } from '../../../../harness/random.ts';
import type { WireReply, WireRequest } from '../../../../harness/wire.ts';
import { ODataRefusal } from '../../../odata/odata-refusal.ts';
import { wantsJson } from '../../../odata/representation.ts';
import { spaces } from '../../../odata/atom-spaces.ts';
import { xmlHead, xmlText } from '../../../xml/xml-text.ts';
import { vendorUnit } from './units.ts';
import { componentOf, messageCode, targetOf } from './messages.ts';

export interface ErrorSurroundings {
  readonly request: Pick<WireRequest, 'headers' | 'query'>;
  readonly context: Context;
  /** Name of the service; empty where none is meant. */
  readonly service: string;
}

/** The answer to a refusal of the core or of the protocol. */
export function errorReply(error: BusinessError, around: ErrorSurroundings): WireReply {
  if (!(error instanceof ODataRefusal)) {
    const { service } = around;
    const code = messageCode(error.rule, service);
    const status = error.refusal === 'notFound' ? 404 : 400;
    const target = targetOf(error.field);
    return odataError({ status, code, message: wordsOf(error), target, isBusiness: true }, around);
  }
  const { status, code, message, headers, plainText } = error;
  if (plainText !== undefined) {
    return {
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
      body: plainText,
    };
  }
  if (status === 401) return unauthorized(headers);
  const reply = odataError({ status, code, message, target: '', isBusiness: false }, around);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The vendor's own words where they are known; else the core's. */
function wordsOf({ rule, message, details }: BusinessError): string {
  if (rule === 'locked') {
    return `User ${(details['user'] ?? '').toUpperCase()} already processing Purchase order ${details['purchaseOrder'] ?? ''}`;
  }
  const text = message.replaceAll(/\b[A-Z][A-Z\d]{2}\b/g, vendorUnit);
  if (rule === 'over-delivery') {
    return text.replace(/^PO quantity/, 'PU Ordered quantity').replace(/: purchase order.*$/, '');
  }
  return text.replace(/\.$/, '');
}

export interface ErrorParts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly target: string;
  /** Whether an application said so: then there is a component behind it. */
  readonly isBusiness: boolean;
}

/** An OData error in the format that the request wants. */
export function odataError(parts: ErrorParts, around: ErrorSurroundings): WireReply {
  const message = parts.message.toWellFormed();
  return wantsJson(around.request)
    ? jsonError({ ...parts, message }, around)
    : xmlError({ ...parts, message }, around);
}

const headersOf = (type: string): Record<string, string> => ({
  'content-type': type,
  dataserviceversion: '1.0',
});

/** `20260608235304.4570090` */
const abapTime = (at: number): string =>
  `${timestamp(at).slice(0, 19).replaceAll(/[-:T]/g, '')}.${timestamp(at).slice(20, 23)}0000`;

const transactionId = ({ context }: ErrorSurroundings): string =>
  (
    stableHash(context.exchange ?? '') + stableHash(`${context.correlationId}${context.at}`)
  ).toUpperCase();

const detail = (code: string, message: string, target: string): object => ({
  code,
  message,
  longtext_url: '',
  propertyref: target,
  severity: 'error',
  target,
  transition: false,
});

const application = (service: string): object => ({
  application: {
    component_id: componentOf(service),
    service_namespace: '/SAP/',
    service_id: service,
    service_version: '0001',
  },
});

function innerError(
  { code, message, target, isBusiness }: ErrorParts,
  around: ErrorSurroundings,
): Readonly<Record<string, unknown>> {
  return {
    ...(isBusiness ? application(around.service) : {}),
    transactionid: transactionId(around),
    timestamp: abapTime(around.context.at),
    Error_Resolution: {
      SAP_Transaction:
        'Run transaction /IWFND/ERROR_LOG on SAP Gateway hub system and search for entries with the timestamp above for more details',
      SAP_Note:
        'See SAP Note 1797736 for error analysis (https://service.sap.com/sap/support/notes/1797736)',
    },
    errordetails: isBusiness ? [detail(code, message, target)] : [],
  };
}

function jsonError(parts: ErrorParts, around: ErrorSurroundings): WireReply {
  const { status, code, message } = parts;
  const innererror = innerError(parts, around);
  return {
    status,
    headers: headersOf('application/json;charset=utf-8'),
    body: JSON.stringify({ error: { code, message: { lang: 'en', value: message }, innererror } }),
  };
}

function xmlError(parts: ErrorParts, around: ErrorSurroundings): WireReply {
  const { status, code, message } = parts;
  const body =
    `${xmlHead}<error xmlns="${spaces.metadata}">` +
    `<code>${xmlText(code)}</code><message xml:lang="en">${xmlText(message)}</message>` +
    `<innererror>${elements(innerError(parts, around))}</innererror></error>`;
  return { status, headers: headersOf('application/xml;charset=utf-8'), body };
}

/** Members as elements; a list holds one element for each, called by the singular. */
const elements = (members: object): string =>
  Object.entries(members)
    .map(([name, value]: [string, unknown]) => `<${name}>${contentOf(name, value)}</${name}>`)
    .join('');

function contentOf(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    const singular = name.slice(0, -1);
    return value.map((each: object) => `<${singular}>${elements(each)}</${singular}>`).join('');
  }
  return typeof value === 'object' && value !== null ? elements(value) : xmlText(String(value));
}

/** A page of the web server before the Gateway. */
export const page = (status: number, title: string, text: string): Omit<WireReply, 'headers'> => ({
  status,
  body: `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1><p>${text}</p></body></html>`,
});

export const html = { 'content-type': 'text/html; charset=utf-8' };

export function unauthorized(headers: Readonly<Record<string, string>>): WireReply {
  const text = 'Logon failed. Your user or password is wrong, or the user is locked.';
  return { ...page(401, 'Logon failed', text), headers: { ...html, ...headers } };
}

export const basicChallenge = {
  'www-authenticate': 'Basic realm="SAP NetWeaver Application Server [S4H/100][alias]"',
};
