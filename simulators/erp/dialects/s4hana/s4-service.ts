/** What the services of this dialect are made of and with. */
import type { History } from '../../../../harness/history.ts';
import type { Store } from '../../../../harness/store.ts';
import type { EntitySet, Service } from '../../../odata/entity-set.ts';
import { erased } from '../../../odata/entity-set.ts';
import { readEntityTypes } from '../../../odata/field-notation.ts';
import type { EntityType, FunctionImport, ServiceModel } from '../../../odata/model.ts';
import type { ComplexType } from '../../../odata/model.ts';
import type { CommitLog } from '../../../plain/commit-log.ts';
import type { ErpCore } from '../../erp-core.ts';

export interface Surroundings {
  readonly core: ErpCore;
  readonly store: Store;
  readonly history: History;
  /** The system's name in the history. */
  readonly system: string;
  readonly commits: CommitLog;
  readonly pageSize: number;
}

/** Members that are numbers with leading zeros inside and without them outside. */
const alpha = new Set(
  (
    'PurchaseOrder PurchaseOrderItem PurchasingDocument PurchasingDocumentItem ScheduleLine Supplier ' +
    'MaterialDocument MaterialDocumentItem SupplierInvoice SupplierInvoiceItem InvoicingParty ' +
    'BusinessPartner AddressID OrdinalNumber AccountAssignmentNumber ' +
    'ReferenceDocumentItem ReversedMaterialDocument ReversedMaterialDocumentItem SupplyingSupplier ' +
    'PricingDocument PricingDocumentItem PricingProcedureStep PricingProcedureCounter GLAccount ' +
    'SupplierInvoiceTaxCounter InvoiceReference ReverseDocument Material Product CostCenter ' +
    'AccountingDocument AccountingDocumentItem ClearingAccountingDocument '
  ).split(' '),
);

export function serviceModel(
  name: string,
  fields: string,
  more: {
    readonly complexTypes?: readonly ComplexType[];
    readonly functions?: readonly FunctionImport[];
  } = {},
): ServiceModel {
  return {
    name,
    entityTypes: readEntityTypes(fields, alpha),
    complexTypes: more.complexTypes ?? [],
    functions: new Map((more.functions ?? []).map((each) => [each.name, each])),
  };
}

/** The sets that a service names; what it does not name is modelled and always empty. */
export function service(
  model: ServiceModel,
  named: readonly EntitySet[],
  functions: Service['functions'],
  pageSize: number,
): Service {
  const sets = new Map(named.map((set) => [set.type.set, set]));
  for (const [name, type] of model.entityTypes) {
    if (!sets.has(name)) sets.set(name, emptySet(type));
  }
  // In the order of the metadata, as a service document lists them.
  const ordered = [...model.entityTypes.keys()].map(
    (name) => [name, sets.get(name) as EntitySet] as const,
  );
  return { model, sets: new Map(ordered), functions, pageSize };
}

const emptySet = (type: EntityType): EntitySet =>
  erased({ type, fields: {}, find: () => undefined, rows: () => [] });

/** The type of a set that the model has. */
export const typeOf = (model: ServiceModel, set: string): EntityType =>
  model.entityTypes.get(set) as EntityType;
