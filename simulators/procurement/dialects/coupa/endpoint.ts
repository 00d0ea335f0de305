/** One endpoint of the dialect: routing, scope, what `identify` says, and what happens. */
import type { Context } from '../../../../harness/context.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import type { View } from './attributes.ts';
import type { Body } from './body.ts';
import type { Parameters } from './query.ts';

export const basePath = '/api';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

export interface Call {
  readonly core: ProcurementCore;
  readonly view: View;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Parameters;
  readonly body: Body;
  readonly context: Context;
}

export interface Answer {
  readonly status: number;
  /** Nothing for an answer without a body. */
  readonly document?: unknown;
}

/** What `identify` has read of a request, unchecked. */
export interface Glimpse {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Parameters;
  /** The text at a path of the body, when there is one. */
  text(...path: readonly string[]): string | undefined;
}

export interface CoupaEndpoint {
  readonly methods: readonly Method[];
  /** Below `/api`, with `:id` for parameters. */
  readonly path: string;
  readonly operation: string;
  /** Any one of these opens it. */
  readonly scopes: readonly string[];
  /** The business key that the request is about. */
  readonly key?: (glimpse: Glimpse, view: View) => string | undefined;
  handle(call: Call): Answer;
}
