/** Suppliers and materials where they are copies of another system's: put whole, by key. */
import type { Material, Supplier } from '../../domain/master-data.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import { material, supplier } from './documents/master-data.ts';
import type { Endpoint, Resource } from './endpoint.ts';
import { byField } from './filters.ts';
import { listOf, putOf, readOf } from './resource-endpoints.ts';

interface Copies<T extends object> {
  readonly documents: Collection<T>;
  upsert(document: T, context: Context): T;
}

interface WithCopies {
  readonly suppliers: Copies<Supplier>;
  readonly materials: Copies<Material>;
}

/** List, read and put of both. */
export function copiedMasterData<Core extends WithCopies>(): readonly Endpoint<Core>[] {
  const suppliers: Resource<Core, Supplier> = {
    name: 'suppliers',
    singular: 'Supplier',
    plural: 'Suppliers',
    schema: supplier,
    keyPath: '{number}',
    idOf: ({ number }) => number,
    collection: (core) => core.suppliers.documents,
    filters: [byField('country')],
  };
  const materials: Resource<Core, Material> = {
    name: 'materials',
    singular: 'Material',
    plural: 'Materials',
    schema: material,
    keyPath: '{number}',
    idOf: ({ number }) => number,
    collection: (core) => core.materials.documents,
    filters: [byField('materialGroup')],
  };
  return [
    listOf(suppliers),
    readOf(suppliers),
    putOf(suppliers, supplier, 'number', (core, body, context) =>
      core.suppliers.upsert(body, context),
    ),
    listOf(materials),
    readOf(materials),
    putOf(materials, material, 'number', (core, body, context) =>
      core.materials.upsert(body, context),
    ),
  ];
}
