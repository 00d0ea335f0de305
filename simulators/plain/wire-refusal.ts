/** A refusal that the wire itself makes, before or beside the business: it knows its status. */
import { BusinessError, type BusinessErrorOptions } from '../../harness/business-error.ts';

/** One thing that is wrong with a body, at a JSON pointer. */
export interface FieldError {
  readonly pointer: string;
  readonly rule: string;
  readonly detail: string;
}

export interface WireRefusalOptions extends BusinessErrorOptions {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
}

export class WireRefusal extends BusinessError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];

  constructor(options: WireRefusalOptions) {
    super(options);
    this.status = options.status;
    this.headers = options.headers ?? {};
    this.errors = options.errors ?? [];
  }
}

/** A refusal as JSON holds it. */
export type PlainRefusal = BusinessErrorOptions & Partial<WireRefusalOptions>;

export const plainRefusal = (error: BusinessError): PlainRefusal => {
  const { refusal, rule, message, field, details } = error;
  const plain = { refusal, rule, message, details, ...(field === undefined ? {} : { field }) };
  if (!(error instanceof WireRefusal)) return plain;
  const { status, headers, errors } = error;
  return { ...plain, status, headers, errors };
};

export const refusalOf = (plain: PlainRefusal): BusinessError =>
  plain.status === undefined
    ? new BusinessError(plain)
    : new WireRefusal({ ...plain, status: plain.status });

/** 400: the request cannot be understood. */
export const malformed = (rule: string, message: string, field?: string): WireRefusal =>
  new WireRefusal({
    refusal: 'malformed',
    status: 400,
    rule,
    message,
    ...(field === undefined ? {} : { field }),
  });
