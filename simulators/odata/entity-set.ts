/** What a dialect gives for each entity set: where its rows come from and what each property shows. */
import type { Context } from '../../harness/context.ts';
import type { Body } from './body-reader.ts';
import type { EntityType, ServiceModel, Value } from './model.ts';
import type { Key } from './resource-path.ts';

/** What a filter asks for at its top level, so that an index can answer it. */
export interface Hints {
  /** Properties that must have one of these values. */
  readonly equals: ReadonlyMap<string, readonly string[]>;
  /** Properties that must not lie before this time, in milliseconds. */
  readonly from: ReadonlyMap<string, number>;
  /** Text properties that must not sort before this. */
  readonly fromText: ReadonlyMap<string, string>;
}

export const noHints: Hints = {
  equals: new Map(),
  from: new Map(),
  fromText: new Map(),
};

export interface EntitySet<Row extends object = object> {
  readonly type: EntityType;
  /**
   * By property; what is missing here shows the type's initial value. Decimals come formatted. A
   * getter without a parameter gives a constant and is asked once.
   */
  readonly fields: Readonly<Record<string, (row: Row) => Value>>;
  /** Values that stand over those of `fields`, when there are any. */
  readonly overrides?: (row: Row) => Readonly<Record<string, Value>> | undefined;
  /** By navigation; what is missing here leads nowhere. */
  readonly navigations?: Readonly<Record<string, (row: Row) => readonly object[]>>;
  /** The weak entity tag, on sets that have one: they then want `If-Match`. */
  readonly etag?: (row: Row) => string;
  find(key: Key): Row | undefined;
  /** At least the rows that the hints ask for, in the order of their keys. */
  rows(hints: Hints): Iterable<Row>;
  create?(body: Body, context: Context): Row;
  update?(row: Row, body: Body, context: Context): void;
  remove?(row: Row, context: Context): void;
}

/** Forgets what the rows are: a service has sets of many kinds. */
export const erased = <Row extends object>(set: EntitySet<Row>): EntitySet =>
  set as unknown as EntitySet;

/** Rows of a set, or the members of a complex type. */
export type FunctionResult =
  { readonly row: object } | { readonly complex: Readonly<Record<string, Value>> };

export interface Service {
  readonly model: ServiceModel;
  readonly sets: ReadonlyMap<string, EntitySet>;
  readonly functions: Readonly<
    Record<
      string,
      (parameters: Readonly<Record<string, Value>>, context: Context) => FunctionResult
    >
  >;
  /** Rows that one page of a list holds at most. */
  readonly pageSize: number;
}
