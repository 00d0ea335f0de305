/**
 * What a record shows. One table for each kind of record drives everything: the full answer,
 * `fields`, the shallow and limited forms, filters and ordering are all read from it.
 */
import type { Collection } from '../../../../harness/collection.ts';
import type { CommitLog } from '../../../plain/commit-log.ts';
import type { ProcurementCore } from '../../procurement-core.ts';
import type { Identities } from './identities.ts';

/** What attributes are read with. */
export interface View {
  readonly core: ProcurementCore;
  readonly ids: Identities;
  readonly commits: CommitLog;
}

export type ValueKind = 'integer' | 'string' | 'decimal' | 'datetime' | 'boolean' | 'list';

export type Value = string | number | boolean | null | readonly string[];

export interface Scalar<D> {
  readonly kind: ValueKind;
  read(document: D, view: View): Value | undefined;
}

/** A record (`many: false`) or records that belong to this one. */
export interface Association<D> {
  readonly kind: 'association';
  readonly many: boolean;
  readonly table: () => Table<unknown>;
  read(document: D, view: View): readonly unknown[];
}

export type Attribute<D> = Scalar<D> | Association<D>;

export interface Table<D> {
  readonly attributes: Readonly<Record<string, Attribute<D>>>;
  /** What a shallow answer shows of it where it is an association. */
  readonly keys: readonly string[];
}

const scalar =
  (kind: ValueKind) =>
  <D>(read: (document: D, view: View) => Value | undefined): Scalar<D> => ({ kind, read });

export const integer = scalar('integer');
export const string = scalar('string');
export const decimalValue = scalar('decimal');
export const datetime = scalar('datetime');
export const boolean = scalar('boolean');
export const list = scalar('list');

/** One associated record, or none. */
export const one = <D, C>(
  table: () => Table<C>,
  read: (document: D, view: View) => C | undefined,
): Association<D> => ({
  kind: 'association',
  many: false,
  table: table as () => Table<unknown>,
  read: (document, view) => {
    const child = read(document, view);
    return child === undefined ? [] : [child];
  },
});

/** All associated records. */
export const many = <D, C>(
  table: () => Table<C>,
  read: (document: D, view: View) => readonly C[],
): Association<D> => ({
  kind: 'association',
  many: true,
  table: table as () => Table<unknown>,
  read,
});

/** When a document was first written, in milliseconds. */
export function createdAt<T extends object>(documents: Collection<T>, id: string): number {
  let entry = documents.entry(id);
  while (entry?.previous !== undefined) entry = entry.previous;
  return entry?.at ?? 0;
}

/** When it was last written, in milliseconds. */
export const updatedAt = <T extends object>(documents: Collection<T>, id: string): number =>
  documents.entry(id)?.at ?? 0;
