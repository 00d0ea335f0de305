/**
 * Suppliers, materials and plants as the warehouse holds them: copies of the ERP's master data,
 * inserted or replaced whole by their numbers, and looked up by every other command.
 */
import { isNegative, isPositive } from '../../domain/decimal.ts';
import type { Material, Plant, Supplier } from '../../domain/master-data.ts';
import { convertQuantity, unitsOfMeasure } from '../../domain/unit-of-measure.ts';
import type { StockQuant } from '../../domain/warehouse.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { WmsSeed } from './drafts.ts';
import { conflict, invalid } from './refusals.ts';

const supplierNumber = /^[\w.-]{1,10}$/;
const materialNumber = /^[\w.-]{1,40}$/;

export class Suppliers {
  readonly documents: Collection<Supplier>;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.documents = store.collection('Supplier');
  }

  /** Inserts or replaces a supplier. Rules: `invalid-number`, `name-missing`. */
  upsert(supplier: Supplier, context: Context): Supplier {
    if (!supplierNumber.test(supplier.number)) {
      throw invalid('invalid-number', `${supplier.number} is no supplier number.`, 'number');
    }
    if (supplier.name.trim() === '')
      throw invalid('name-missing', 'A supplier has a name.', 'name');
    return this.#store.transaction(
      context,
      () => this.documents.put(supplier.number, supplier).data,
    );
  }

  /** The supplier; refuses with `unknown-supplier`. */
  expect(number: string, field: string): Supplier {
    const supplier = this.documents.get(number);
    if (supplier) return supplier;
    throw invalid('unknown-supplier', `Supplier ${number} is not known.`, field);
  }
}

export class Materials {
  readonly documents: Collection<Material>;
  readonly #store: Store;
  /** Every quant ever, empty ones too: what was stocked once keeps its base unit. */
  readonly #stocked: Index<StockQuant>;

  constructor(store: Store) {
    this.#store = store;
    this.documents = store.collection('Material');
    this.#stocked = store.collection<StockQuant>('StockQuant').index((quant) => quant.material);
  }

  /**
   * Inserts or replaces a material. Rules: `invalid-number`, `unknown-unit`, `invalid-conversion`,
   * `no-conversion`, `invalid-shelf-life`, `price-negative`, `base-unit-fixed`.
   */
  upsert(material: Material, context: Context): Material {
    checkMaterial(material);
    const before = this.documents.get(material.number);
    if (before && before.baseUnit !== material.baseUnit && this.#stocked.first(material.number)) {
      throw conflict(
        'base-unit-fixed',
        `Material ${material.number} has stock in ${before.baseUnit}.`,
        'baseUnit',
      );
    }
    return this.#store.transaction(
      context,
      () => this.documents.put(material.number, material).data,
    );
  }

  /** The material; refuses with `unknown-material`. */
  expect(number: string, field: string): Material {
    const material = this.documents.get(number);
    if (material) return material;
    throw invalid('unknown-material', `Material ${number} is not known.`, field);
  }
}

export class MasterData {
  readonly suppliers: Suppliers;
  readonly materials: Materials;
  /** Plants are settings of the landscape, not documents that change: they leave no history. */
  readonly plants: Collection<Plant>;
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    this.suppliers = new Suppliers(store);
    this.materials = new Materials(store);
    this.plants = store.collection('Plant', { recorded: false });
  }

  /** Fills an empty warehouse in one transaction and without events; the data is taken as it is. */
  seed(data: WmsSeed, context: Context): void {
    this.#store.transaction(context, () => {
      for (const plant of data.plants) this.plants.put(plant.code, plant);
      for (const supplier of data.suppliers)
        this.suppliers.documents.put(supplier.number, supplier);
      for (const material of data.materials)
        this.materials.documents.put(material.number, material);
    });
  }

  /** The plant; refuses with `unknown-plant`. */
  plant(code: string, field: string): Plant {
    const plant = this.plants.get(code);
    if (plant) return plant;
    throw invalid('unknown-plant', `Plant ${code} is not known.`, field);
  }
}

function checkMaterial(material: Material): void {
  if (!materialNumber.test(material.number)) {
    throw invalid('invalid-number', `${material.number} is no material number.`, 'number');
  }
  if (!unitsOfMeasure.has(material.baseUnit)) {
    throw invalid('unknown-unit', `Unit ${material.baseUnit} is not known.`, 'baseUnit');
  }
  for (const [i, each] of material.alternativeUnits.entries()) {
    if (!isPositive(each.numerator) || !isPositive(each.denominator)) {
      throw invalid(
        'invalid-conversion',
        'A conversion is a positive fraction.',
        `alternativeUnits[${i}]`,
      );
    }
  }
  const { price, orderUnit, baseUnit, shelfLifeDays } = material;
  if (convertQuantity(price, orderUnit, baseUnit, material) === undefined) {
    throw invalid('no-conversion', `No conversion from ${orderUnit} to ${baseUnit}.`, 'orderUnit');
  }
  if (shelfLifeDays !== undefined && !(Number.isInteger(shelfLifeDays) && shelfLifeDays > 0)) {
    throw invalid('invalid-shelf-life', 'A shelf life is a number of whole days.', 'shelfLifeDays');
  }
  if (isNegative(price)) throw invalid('price-negative', 'A price is not negative.', 'price');
}
