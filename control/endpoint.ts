/**
 * One row of the control API's table. Routing, reading of queries and bodies, and the OpenAPI document
 * are all read from these rows, so that they cannot disagree.
 */
import type { Schema } from '../simulators/plain/schema.ts';
import type { ControlPlane } from './control-plane.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One option of a query: how it is described, and how its text is read. */
export interface QueryOption {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  /** Throws a refusal (400) that names the option. */
  read(text: string): unknown;
}

export interface Call {
  readonly plane: ControlPlane;
  /** Of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** What was given, read by the row's options. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Checked against the row's schema; `undefined` when there is none. */
  readonly body: unknown;
  /** Aborted when the caller is gone or the server closes. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Sent piece by piece, until it ends or the caller is gone. */
  readonly stream?: { readonly type: string; readonly pieces: AsyncIterable<string> };
}

export interface AnswerSchema {
  readonly description: string;
  /** Of JSON; left out for answers that have no body or are of another type. */
  readonly schema?: Schema;
  /** Further media types, and what they hold. */
  readonly types?: Readonly<Record<string, Schema>>;
}

export interface Endpoint {
  readonly method: Method;
  /** OpenAPI path template. */
  readonly path: string;
  readonly operation: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: readonly QueryOption[];
  readonly body?: Schema;
  readonly bodyOptional?: boolean;
  readonly answers: Readonly<Record<number, AnswerSchema>>;
  /** Statuses of refusals beside those that every row has. */
  readonly refusals?: readonly number[];
  /** Needs no token. */
  readonly open?: boolean;
  handle(call: Call): Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown, location: string): Answer => ({
  status: 201,
  body,
  headers: { location },
});
export const done: Answer = { status: 204 };
