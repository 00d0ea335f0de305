/** Refusals at the edge, which no rule of the system made, in this dialect's words. */
import type { EdgeRefusal } from '../../harness/system.ts';
import type { ProblemParts } from './problem.ts';

type Parts = Omit<ProblemParts, 'instance'>;

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.max(0, Math.ceil(seconds))) };

/** Rules whose plain-dialect status is 409: they meet a state, not a value. */
const conflicts = /duplicate|conflict|already|exists|state|closed|locked/;

const always = {
  serverError: { status: 500, rule: 'server-error', detail: 'Something went wrong.' },
  expiredToken: {
    status: 401,
    rule: 'invalid-token',
    detail: 'The access token is unknown, expired or revoked.',
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  },
  locked: {
    status: 423,
    rule: 'locked',
    detail: 'The document is being processed by another user.',
  },
  gatewayTimeout: {
    status: 504,
    rule: 'gateway-timeout',
    detail: 'The system did not answer the gateway in time.',
  },
} as const satisfies Record<string, Parts>;

/** What the edge refuses with. */
export function edgeProblem(refusal: EdgeRefusal): Parts {
  switch (refusal.kind) {
    case 'unavailable': {
      const headers = retryAfter(refusal.retryAfterSeconds);
      return { status: 503, rule: 'unavailable', detail: 'The system is not available.', headers };
    }
    case 'throttled': {
      const headers = retryAfter(refusal.retryAfterSeconds);
      return { status: 429, rule: 'too-many-requests', detail: 'Too many requests.', headers };
    }
    case 'businessError': {
      const status = conflicts.test(refusal.rule) ? 409 : 422;
      return { status, rule: refusal.rule, detail: refusal.message };
    }
    case 'tooLarge': {
      const detail = `The body is larger than ${refusal.limitBytes} bytes.`;
      return { status: 413, rule: 'body-too-large', detail };
    }
    default:
      return always[refusal.kind];
  }
}
