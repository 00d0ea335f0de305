/** Refusals as RFC 9457 problems. */
import type { BusinessError, Refusal } from '../../harness/business-error.ts';
import type { WireReply } from '../../harness/wire.ts';
import { pointerOf } from './body-validation.ts';
import { type Schema, count, key, list, named, object, text } from './schema.ts';
import { type FieldError, WireRefusal } from './wire-refusal.ts';

const statusOf: Readonly<Record<Refusal, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  duplicate: 409,
  stale: 412,
  invalid: 422,
  locked: 423,
};

export const problemSchema: Schema = named(
  'Problem',
  object({
    type: { type: 'string', pattern: '^urn:seatrial:problem:[a-z0-9.-]+$' },
    title: text(200),
    status: count(400, 599),
    detail: { type: 'string' },
    instance: { type: 'string' },
    rule: key(80),
    'field?': { type: 'string' },
    'errors?': list(
      object({ pointer: { type: 'string' }, rule: key(80), detail: { type: 'string' } }),
      50,
    ),
  }),
  'Why a request was refused (RFC 9457). `rule` is stable; the words are not.',
);

export interface ProblemParts {
  readonly status: number;
  readonly rule: string;
  readonly detail: string;
  readonly instance: string;
  readonly field?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** The reply that says it. */
export function problem({ status, rule, detail, instance, ...more }: ProblemParts): WireReply {
  const { field, errors, headers } = more;
  const body = JSON.stringify({
    type: `urn:seatrial:problem:${rule}`,
    title: titleOf(rule),
    status,
    detail,
    instance,
    rule,
    field,
    errors: errors?.length ? errors : undefined,
  });
  return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body };
}

/** A refusal of the core or the wire, with the reasons in fields where it names one. */
export function problemOf(
  error: BusinessError,
  instance: string,
  headers: Readonly<Record<string, string>>,
): WireReply {
  const { rule, field, message: detail } = error;
  const own = error instanceof WireRefusal ? error : undefined;
  const named = field === undefined ? [] : [{ pointer: pointerOf(field), rule, detail }];
  const inBody = error.refusal !== 'malformed' || own === undefined;
  return problem({
    status: own?.status ?? statusOf[error.refusal],
    rule,
    detail,
    instance,
    field,
    errors: own?.errors.length ? own.errors : inBody ? named : [],
    headers: { ...headers, ...own?.headers },
  });
}

const titleOf = (rule: string): string => {
  const words = rule.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
