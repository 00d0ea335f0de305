/** Suppliers and materials of the ERP, which owns them, on the `plain` wire. */
import type { Material, Supplier } from '../../../../domain/master-data.ts';
import { material, supplier } from '../../../plain/documents/master-data.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField } from '../../../plain/filters.ts';
import { changeOf, createOf, listOf, readOf } from '../../../plain/resource-endpoints.ts';
import { type Schema, named, partial } from '../../../plain/schema.ts';
import type { MaterialChange, SupplierChange } from '../../drafts.ts';
import type { ErpCore } from '../../erp-core.ts';

/** A change may name anything but the number, which is the key. */
function changeSchema(title: string, schema: Schema): Schema {
  const { number: _number, ...properties } = schema['properties'] as Record<string, Schema>;
  const { description: _description, ...rest } = schema;
  return named(title, partial({ ...rest, properties }));
}

const suppliers: Resource<ErpCore, Supplier> = {
  name: 'suppliers',
  singular: 'Supplier',
  plural: 'Suppliers',
  schema: supplier,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.masterData.suppliers,
  filters: [byField('country')],
};

const materials: Resource<ErpCore, Material> = {
  name: 'materials',
  singular: 'Material',
  plural: 'Materials',
  schema: material,
  keyPath: '{number}',
  idOf: ({ number }) => number,
  collection: (core) => core.masterData.materials,
  filters: [byField('materialGroup')],
};

export const masterDataEndpoints: readonly Endpoint<ErpCore>[] = [
  listOf(suppliers),
  readOf(suppliers),
  createOf<ErpCore, Supplier, Supplier>(suppliers, {
    body: supplier,
    keyField: 'number',
    run: (core, body, context) => core.masterData.createSupplier(body, context),
  }),
  changeOf<ErpCore, Supplier, SupplierChange>(
    suppliers,
    changeSchema('SupplierChange', supplier),
    (core, number, body, context) => core.masterData.changeSupplier(number, body, context),
  ),
  listOf(materials),
  readOf(materials),
  createOf<ErpCore, Material, Material>(materials, {
    body: material,
    keyField: 'number',
    run: (core, body, context) => core.masterData.createMaterial(body, context),
  }),
  changeOf<ErpCore, Material, MaterialChange>(
    materials,
    changeSchema('MaterialChange', material),
    (core, number, body, context) => core.masterData.changeMaterial(number, body, context),
  ),
];
