/** Refusals as this vendor answers them: OData errors in JSON or XML, HTML from the web server. */
import { timestamp } from '../../../../domain/calendar-date.ts';
import type { BusinessError } from '../../../../harness/business-error.ts';
import type { Context } from '../../../../harness/context.ts';
import { stableHash } from '../../../../harness/random.ts';
import type { EdgeRefusal } from '../../../../harness/system.ts';
import type { WireReply, WireRequest } from '../../../../harness/wire.ts';
import { ODataRefusal } from '../../../odata/odata-refusal.ts';
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
  if (rule === 'over-delivery') return message.replace(/: purchase order.*$/, '');
  return message.replace(/\.$/, '');
}

interface ErrorParts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly target: string;
  /** Whether an application said so: then there is a component behind it. */
  readonly isBusiness: boolean;
}

function odataError(parts: ErrorParts, around: ErrorSurroundings): WireReply {
  const message = parts.message.toWellFormed();
  return wantsJson(around.request)
    ? jsonError({ ...parts, message }, around)
    : xmlError({ ...parts, message }, around);
}

/** Without a wish for JSON the vendor answers Atom, and errors in XML. */
function wantsJson({ headers, query }: ErrorSurroundings['request']): boolean {
  if (query.includes('$format=json') || query.includes('%24format=json')) return true;
  const accept = headers['accept'];
  if (accept === undefined) return (headers['content-type'] ?? 'json').includes('json');
  return !/xml/i.test(accept) || /json|\*\/\*/i.test(accept);
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

function jsonError(
  { status, code, message, target, isBusiness }: ErrorParts,
  around: ErrorSurroundings,
): WireReply {
  const detail = {
    code,
    message,
    longtext_url: '',
    propertyref: target,
    severity: 'error',
    target,
    transition: false,
  };
  const application = {
    application: {
      component_id: componentOf(around.service),
      service_namespace: '/SAP/',
      service_id: around.service,
      service_version: '0001',
    },
  };
  const error = {
    code,
    message: { lang: 'en', value: message },
    innererror: {
      ...(isBusiness ? application : {}),
      transactionid: transactionId(around),
      timestamp: abapTime(around.context.at),
      Error_Resolution: {
        SAP_Transaction:
          'Run transaction /IWFND/ERROR_LOG on SAP Gateway hub system and search for entries with the timestamp above for more details',
        SAP_Note:
          'See SAP Note 1797736 for error analysis (https://service.sap.com/sap/support/notes/1797736)',
      },
      errordetails: isBusiness ? [detail] : [],
    },
  };
  return {
    status,
    headers: headersOf('application/json;charset=utf-8'),
    body: JSON.stringify({ error }),
  };
}

const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Characters that XML cannot hold at all.
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

function xmlError({ status, code, message }: ErrorParts, around: ErrorSurroundings): WireReply {
  const body =
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
    `<code>${xmlText(code)}</code><message xml:lang="en">${xmlText(message)}</message>` +
    `<innererror><transactionid>${transactionId(around)}</transactionid></innererror></error>`;
  return { status, headers: headersOf('application/xml;charset=utf-8'), body };
}

const page = (status: number, title: string, text: string): Omit<WireReply, 'headers'> => ({
  status,
  body: `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1><p>${text}</p></body></html>`,
});

const html = { 'content-type': 'text/html; charset=utf-8' };

function unauthorized(headers: Readonly<Record<string, string>>): WireReply {
  const text = 'Logon failed. Your user or password is wrong, or the user is locked.';
  return { ...page(401, 'Logon failed', text), headers: { ...html, ...headers } };
}

export const basicChallenge = {
  'www-authenticate': 'Basic realm="SAP NetWeaver Application Server [S4H/100][alias]"',
};

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.max(0, Math.ceil(seconds))) };

/** The answer to a refusal at the edge; `key` is the document that the request is about. */
export function edgeReply(refusal: EdgeRefusal, key: string, around: ErrorSurroundings): WireReply {
  const { headers } = around.request;
  switch (refusal.kind) {
    case 'unavailable': {
      const reply = page(
        503,
        'Service Not Available',
        'The server is overloaded or in maintenance.',
      );
      return { ...reply, headers: { ...html, ...retryAfter(refusal.retryAfterSeconds) } };
    }
    case 'throttled': {
      const parts = {
        status: 429,
        code: '/IWFND/CM_MGW/429',
        message: 'Too many requests',
        target: '',
      };
      const reply = odataError({ ...parts, isBusiness: false }, around);
      return { ...reply, headers: { ...reply.headers, ...retryAfter(refusal.retryAfterSeconds) } };
    }
    case 'serverError':
      return odataError(
        {
          status: 500,
          code: 'SY/530',
          message: 'An exception was raised',
          target: '',
          isBusiness: false,
        },
        around,
      );
    case 'expiredToken':
      return unauthorized(
        headers['authorization']?.startsWith('Bearer')
          ? { 'www-authenticate': 'Bearer error="invalid_token"' }
          : basicChallenge,
      );
    case 'gatewayTimeout':
      return {
        ...page(504, 'Gateway Timeout', 'The application server did not answer in time.'),
        headers: html,
      };
    case 'tooLarge':
      return {
        ...page(413, 'Request Entity Too Large', `More than ${refusal.limitBytes} bytes.`),
        headers: html,
      };
    default:
      return businessEdge(refusal, key, around);
  }
}

function businessEdge(
  refusal: EdgeRefusal & { kind: 'locked' | 'businessError' },
  key: string,
  around: ErrorSurroundings,
): WireReply {
  const isLock = refusal.kind === 'locked';
  const message = isLock
    ? `User BUYER01 already processing Purchase order ${key}`
    : refusal.message;
  const code = isLock ? 'ME/006' : messageCode(refusal.rule, around.service);
  return odataError({ status: 400, code, message, target: '', isBusiness: true }, around);
}
