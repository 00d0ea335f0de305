/**
 * Master data: the ERP owns suppliers and materials, and tells the others of every change. Seeding
 * loads thousands at once without telling anybody, so that all systems can start the same.
 */
import type { Material, Plant, Supplier } from '../../domain/master-data.ts';
import type { CompanyCode, PaymentTerms, TaxCode } from '../../domain/master-data.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { MasterDataSeed, MaterialChange, SeedOptions, SupplierChange } from './drafts.ts';
import type { MaterialValuation } from './erp-documents.ts';
import { checkMaterial, checkSupplier } from './master-data-checks.ts';
import { OrganisationTable } from './organisation-table.ts';
import { refuse } from './refuse.ts';
import type { Organisation } from './settings.ts';

export class MasterData {
  readonly suppliers: Collection<Supplier>;
  readonly materials: Collection<Material>;
  readonly companyCodes: OrganisationTable<CompanyCode>;
  readonly plants: OrganisationTable<Plant>;
  readonly taxCodes: OrganisationTable<TaxCode>;
  readonly paymentTerms: OrganisationTable<PaymentTerms>;
  readonly #store: Store;
  readonly #valuations: Collection<MaterialValuation>;

  constructor(store: Store, organisation: Organisation) {
    this.#store = store;
    this.suppliers = store.collection('Supplier');
    this.materials = store.collection('Material');
    this.#valuations = store.collection('MaterialValuation');
    const table = <T extends { readonly code: string }>(kind: string, from: readonly T[]) =>
      new OrganisationTable<T>(store.collection<T>(kind), from);
    this.companyCodes = table('CompanyCode', organisation.companyCodes);
    this.plants = table('Plant', organisation.plants);
    this.taxCodes = table('TaxCode', organisation.taxCodes);
    this.paymentTerms = table('PaymentTerms', organisation.paymentTerms);
  }

  /** Loads master data in one transaction, replacing what has the same key; checked like single entries. */
  seed(data: MasterDataSeed, context: Context, options: SeedOptions = {}): void {
    this.#store.transaction(context, () => {
      for (const each of data.companyCodes ?? []) this.companyCodes.put(each);
      for (const each of data.plants ?? []) this.#seedPlant(each);
      for (const each of data.taxCodes ?? []) this.taxCodes.put(each);
      for (const each of data.paymentTerms ?? []) this.paymentTerms.put(each);
      const emit = options.emit ?? false;
      for (const each of data.suppliers ?? []) this.#putSupplier(each, emit);
      for (const each of data.materials ?? []) this.#putMaterial(each, emit);
    });
  }

  createSupplier(supplier: Supplier, context: Context): Supplier {
    return this.#store.transaction(context, () => {
      if (this.suppliers.has(supplier.number)) {
        refuse(
          'duplicate',
          'supplier-exists',
          `Supplier ${supplier.number} exists already.`,
          'number',
        );
      }
      return this.#putSupplier(supplier, true);
    });
  }

  /** Changes fields of a supplier; `expectedVersion` refuses a stale change. */
  changeSupplier(
    number: string,
    change: SupplierChange,
    context: Context,
    expectedVersion?: number,
  ): Supplier {
    return this.#store.transaction(context, () => {
      const before = this.supplier(number, 'number', 'notFound');
      checkVersion(this.suppliers, number, expectedVersion);
      const after = { ...before, ...change, number };
      return sameFields(before, after) ? before : this.#putSupplier(after, true);
    });
  }

  createMaterial(material: Material, context: Context): Material {
    return this.#store.transaction(context, () => {
      if (this.materials.has(material.number)) {
        refuse(
          'duplicate',
          'material-exists',
          `Material ${material.number} exists already.`,
          'number',
        );
      }
      return this.#putMaterial(material, true);
    });
  }

  /** Changes fields of a material. Base unit and price control stay once the material was valuated. */
  changeMaterial(
    number: string,
    change: MaterialChange,
    context: Context,
    expectedVersion?: number,
  ): Material {
    return this.#store.transaction(context, () => {
      const before = this.material(number, 'number', 'notFound');
      checkVersion(this.materials, number, expectedVersion);
      const after = { ...before, ...change, number };
      if (sameFields(before, after)) return before;
      this.#checkValuated(before, after);
      return this.#putMaterial(after, true);
    });
  }

  /** The supplier, or a refusal. */
  supplier(
    number: string,
    field = 'supplier',
    refusal: 'invalid' | 'notFound' = 'invalid',
  ): Supplier {
    const supplier = this.suppliers.get(number);
    return (
      supplier ?? refuse(refusal, 'unknown-supplier', `Supplier ${number} does not exist.`, field)
    );
  }

  /** The material, or a refusal. */
  material(
    number: string,
    field = 'material',
    refusal: 'invalid' | 'notFound' = 'invalid',
  ): Material {
    const material = this.materials.get(number);
    return (
      material ?? refuse(refusal, 'unknown-material', `Material ${number} does not exist.`, field)
    );
  }

  /** The plant, or a refusal. */
  plant(code: string, field = 'plant'): Plant {
    const plant = this.plants.get(code);
    return plant ?? refuse('invalid', 'unknown-plant', `Plant ${code} does not exist.`, field);
  }

  /** The company code, or a refusal. */
  companyCode(code: string, field = 'companyCode'): CompanyCode {
    const message = `Company code ${code} does not exist.`;
    return this.companyCodes.get(code) ?? refuse('invalid', 'unknown-company-code', message, field);
  }

  /** The tax code, or a refusal. */
  taxCode(code: string, field = 'taxCode'): TaxCode {
    const message = `Tax code ${code} does not exist.`;
    return this.taxCodes.get(code) ?? refuse('invalid', 'unknown-tax-code', message, field);
  }

  /** The payment terms, or a refusal. */
  terms(code: string, field = 'paymentTerms'): PaymentTerms {
    const message = `Payment terms ${code} do not exist.`;
    return (
      this.paymentTerms.get(code) ?? refuse('invalid', 'unknown-payment-terms', message, field)
    );
  }

  /** The currency of the ledger that a plant's stock is valuated in. */
  currencyOfPlant(plant: Plant): string {
    return this.companyCode(plant.companyCode).currency;
  }

  #seedPlant(plant: Plant): void {
    this.companyCode(plant.companyCode, 'plants.companyCode');
    if (plant.storageLocations.length === 0) {
      const message = `Plant ${plant.code} has no storage location.`;
      refuse('invalid', 'no-storage-location', message, 'plants.storageLocations');
    }
    this.plants.put(plant);
  }

  #putSupplier(supplier: Supplier, emit: boolean): Supplier {
    checkSupplier(supplier, this);
    const { version } = this.suppliers.put(supplier.number, supplier);
    if (emit) this.#emit('supplier', 'Supplier', supplier, version);
    return supplier;
  }

  #putMaterial(material: Material, emit: boolean): Material {
    checkMaterial(material, this);
    const { version } = this.materials.put(material.number, material);
    if (emit) this.#emit('material', 'Material', material, version);
    return material;
  }

  #emit(topic: string, document: string, data: { number: string }, version: number): void {
    const type = `${topic}.${version === 1 ? 'created' : 'changed'}`;
    this.#store.emit({ type, document, key: data.number, version, data });
  }

  #checkValuated(before: Material, after: Material): void {
    const fixed = before.baseUnit === after.baseUnit && before.valuation === after.valuation;
    if (fixed) return;
    for (const plant of this.plants.values()) {
      if (this.#valuations.has(`${before.number}/${plant.code}`)) {
        const message = `Material ${before.number} is valuated in plant ${plant.code}: base unit and price control stay.`;
        refuse('conflict', 'material-valuated', message);
      }
    }
  }
}

/** Refuses when the document's version is not the one that the caller has seen. */
export function checkVersion(
  collection: Collection<never> | Pick<Collection<object>, 'entry' | 'kind'>,
  id: string,
  expected: number | undefined,
): void {
  if (expected === undefined) return;
  const version = collection.entry(id)?.version;
  if (version !== expected) {
    const message = `${collection.kind} ${id} is at version ${version}, not ${expected}.`;
    refuse('stale', 'stale-version', message, undefined, { version: String(version) });
  }
}

/** Whether two documents say the same, field by field; nested values are compared as JSON. */
const sameFields = (before: object, after: object): boolean =>
  Object.entries(after).every(([key, value]) => {
    const old = (before as Record<string, unknown>)[key];
    return old === value || JSON.stringify(old) === JSON.stringify(value);
  });
