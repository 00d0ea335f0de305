/** Refusals at the edge, which no rule of the system made, as this vendor's front answers them. */
import type { EdgeRefusal } from '../../../../harness/system.ts';
import type { WireReply } from '../../../../harness/wire.ts';
import {
  type ErrorParts,
  type ErrorSurroundings,
  basicChallenge,
  html,
  odataError,
  page,
  unauthorized,
} from './error-reply.ts';
import { messageCode } from './messages.ts';

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.max(0, Math.ceil(seconds))) };

const withHeaders = (
  reply: Omit<WireReply, 'headers'> & Partial<WireReply>,
  headers: Readonly<Record<string, string>>,
): WireReply => ({ ...reply, headers: { ...reply.headers, ...headers } });

const technical = (status: number, code: string, message: string): ErrorParts => ({
  status,
  code,
  message,
  target: '',
  isBusiness: false,
});

/** The answer to a refusal; `key` is the document that the request is about. */
export function edgeReply(refusal: EdgeRefusal, key: string, around: ErrorSurroundings): WireReply {
  switch (refusal.kind) {
    case 'unavailable': {
      const text = 'The server is overloaded or in maintenance.';
      const wait = retryAfter(refusal.retryAfterSeconds);
      return withHeaders(page(503, 'Service Not Available', text), { ...html, ...wait });
    }
    case 'throttled': {
      const parts = technical(429, '/IWFND/CM_MGW/429', 'Too many requests');
      return withHeaders(odataError(parts, around), retryAfter(refusal.retryAfterSeconds));
    }
    case 'serverError':
      return odataError(technical(500, 'SY/530', 'An exception was raised'), around);
    case 'expiredToken':
      return unauthorized(
        around.request.headers['authorization']?.startsWith('Bearer')
          ? { 'www-authenticate': 'Bearer error="invalid_token"' }
          : basicChallenge,
      );
    case 'gatewayTimeout': {
      const text = 'The application server did not answer in time.';
      return withHeaders(page(504, 'Gateway Timeout', text), html);
    }
    case 'tooLarge': {
      const text = `More than ${refusal.limitBytes} bytes.`;
      return withHeaders(page(413, 'Request Entity Too Large', text), html);
    }
    default:
      return businessReply(refusal, key, around);
  }
}

function businessReply(
  refusal: EdgeRefusal & { kind: 'locked' | 'businessError' },
  key: string,
  around: ErrorSurroundings,
): WireReply {
  const isLock = refusal.kind === 'locked';
  const message = isLock
    ? `User BUYER01 already processing Purchase order ${key}`
    : refusal.message;
  const code = isLock ? 'ME/006' : messageCode(refusal.rule, around.service);
  return odataError({ ...technical(400, code, message), isBusiness: true }, around);
}
