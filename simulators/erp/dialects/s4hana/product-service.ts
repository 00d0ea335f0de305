/** API_PRODUCT_SRV: materials with their texts, plants, storage locations, units and valuation. */
import { timestamp } from '../../../../domain/calendar-date.ts';
import { currencyDecimals } from '../../../../domain/currency.ts';
import type { Decimal } from '../../../../domain/decimal.ts';
import type { Material, Plant } from '../../../../domain/master-data.ts';
import type { AlternativeUnit } from '../../../../domain/unit-of-measure.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { ErpCore } from '../../erp-core.ts';
import { productFields } from './fields/product-fields.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';
import { domainUnit, vendorUnit } from './units.ts';

export const productModel = (): ServiceModel => serviceModel('API_PRODUCT_SRV', productFields);

export const productService = (model: ServiceModel, around: Surroundings): Service =>
  new ProductService(model, around).service();

interface PlantRow {
  readonly material: Material;
  readonly plant: Plant;
}

interface LocationRow extends PlantRow {
  readonly location: string;
}

interface UnitRow {
  readonly material: Material;
  readonly unit: AlternativeUnit;
}

const unitsOf = (material: Material): UnitRow[] => [
  {
    material,
    unit: { unit: material.baseUnit, numerator: '1' as Decimal, denominator: '1' as Decimal },
  },
  ...material.alternativeUnits.map((unit) => ({ material, unit })),
];

const locationsOf = (row: PlantRow): LocationRow[] =>
  row.plant.storageLocations.map((location) => ({ ...row, location }));

class ProductService {
  readonly #model: ServiceModel;
  readonly #around: Surroundings;
  readonly #core: ErpCore;

  constructor(model: ServiceModel, around: Surroundings) {
    this.#model = model;
    this.#around = around;
    this.#core = around.core;
  }

  service(): Service {
    const sets = [
      this.#products(),
      this.#descriptions(),
      this.#units(),
      this.#plants(),
      this.#locations(),
      this.#valuations(),
    ];
    return service(this.#model, sets, {}, this.#around.pageSize);
  }

  #materials({ equals }: Hints): Iterable<Material> {
    const { materials } = this.#core.masterData;
    return (
      equals
        .get('Product')
        ?.toSorted()
        .flatMap((each) => materials.get(each) ?? []) ?? materials.values()
    );
  }

  readonly #plantsOf = (material: Material): PlantRow[] =>
    [...this.#core.masterData.plants.values()].map((plant) => ({ material, plant }));

  /** Sets with several rows a material. */
  #derived<Row extends { readonly material: Material }>(
    set: string,
    fields: EntitySet<Row>['fields'],
    rowsOf: (material: Material) => readonly Row[],
    more: Partial<EntitySet<Row>> = {},
  ): EntitySet {
    const type = typeOf(this.#model, set);
    const materials = (hints: Hints) => this.#materials(hints);
    return erased<Row>({
      type,
      fields,
      find: (key) => {
        const material = this.#core.masterData.materials.get(key['Product'] ?? '');
        const rows = material === undefined ? [] : rowsOf(material);
        return rows.find((row) =>
          type.keys.every(({ name }) => String(fields[name]?.(row) ?? '') === key[name]),
        );
      },
      *rows(hints) {
        for (const material of materials(hints)) yield* rowsOf(material);
      },
      ...more,
    });
  }

  #products(): EntitySet {
    const { materials } = this.#core.masterData;
    const changedAt = (number: string): string => timestamp(materials.entry(number)?.at ?? 0);
    return erased<Material>({
      type: typeOf(this.#model, 'A_Product'),
      fields: {
        Product: ({ number }) => number,
        ProductType: () => 'ROH',
        LastChangeDate: ({ number }) => changedAt(number).slice(0, 10),
        LastChangeDateTime: ({ number }) => changedAt(number),
        IsMarkedForDeletion: ({ deleted }) => deleted,
        PurchaseOrderQuantityUnit: ({ orderUnit, baseUnit }) =>
          orderUnit === baseUnit ? '' : vendorUnit(orderUnit),
        ProductGroup: ({ materialGroup }) => materialGroup.slice(0, 9),
        BaseUnit: ({ baseUnit }) => vendorUnit(baseUnit),
        IsBatchManagementRequired: ({ batchManaged }) => batchManaged,
        IndustrySector: () => 'C',
      },
      navigations: {
        to_Description: (material) => [{ material }],
        to_Plant: this.#plantsOf,
        to_ProductUnitsOfMeasure: unitsOf,
        to_Valuation: this.#plantsOf,
      },
      find: (key) => materials.get(key['Product'] ?? ''),
      rows: (hints) => this.#materials(hints),
      create: (body, context) => this.#create(body, context),
      update: ({ number }, { values }, context) => {
        const { ProductGroup: group, IsMarkedForDeletion: deleted } = values;
        const change = {
          ...(group === undefined ? {} : { materialGroup: String(group) }),
          ...(deleted === undefined ? {} : { deleted: deleted === true }),
        };
        this.#core.masterData.changeMaterial(number, change, context);
      },
    });
  }

  #create({ values, nested }: Body, context: Context): Material {
    const baseUnit = domainUnit(String(values['BaseUnit'] ?? ''));
    const orderUnit = String(values['PurchaseOrderQuantityUnit'] ?? '');
    const units = (nested['to_ProductUnitsOfMeasure'] ?? []).map((each): AlternativeUnit => ({
      unit: domainUnit(String(each.values['AlternativeUnit'] ?? '')),
      numerator: (each.values['QuantityNumerator'] ?? '1') as Decimal,
      denominator: (each.values['QuantityDenominator'] ?? '1') as Decimal,
    }));
    const valuation = nested['to_Valuation']?.[0]?.values;
    return this.#core.masterData.createMaterial(
      {
        number: String(values['Product'] ?? ''),
        description: String(nested['to_Description']?.[0]?.values['ProductDescription'] ?? ''),
        materialGroup: String(values['ProductGroup'] ?? ''),
        baseUnit,
        orderUnit: orderUnit === '' ? baseUnit : domainUnit(orderUnit),
        alternativeUnits: units.filter(({ unit }) => unit !== baseUnit),
        valuation:
          valuation?.['InventoryValuationProcedure'] === 'S' ? 'standard' : 'movingAverage',
        price: (valuation?.['StandardPrice'] ??
          valuation?.['MovingAveragePrice'] ??
          '0') as Decimal,
        taxCode: 'V1',
        batchManaged: values['IsBatchManagementRequired'] === true,
        deleted: values['IsMarkedForDeletion'] === true,
      },
      context,
    );
  }

  #descriptions(): EntitySet {
    return this.#derived<{ readonly material: Material }>(
      'A_ProductDescription',
      {
        Product: ({ material }) => material.number,
        Language: () => 'EN',
        ProductDescription: ({ material }) => material.description.slice(0, 40),
      },
      (material) => [{ material }],
      {
        update: ({ material }, { values }, context) => {
          const description = values['ProductDescription'];
          const change = description === undefined ? {} : { description: String(description) };
          this.#core.masterData.changeMaterial(material.number, change, context);
        },
      },
    );
  }

  #units(): EntitySet {
    return this.#derived<UnitRow>(
      'A_ProductUnitsOfMeasure',
      {
        Product: ({ material }) => material.number,
        AlternativeUnit: ({ unit }) => vendorUnit(unit.unit),
        QuantityNumerator: ({ unit }) => unit.numerator,
        QuantityDenominator: ({ unit }) => unit.denominator,
        BaseUnit: ({ material }) => vendorUnit(material.baseUnit),
      },
      unitsOf,
    );
  }

  #plants(): EntitySet {
    return this.#derived<PlantRow>(
      'A_ProductPlant',
      {
        Product: ({ material }) => material.number,
        Plant: ({ plant }) => plant.code,
        PurchasingGroup: () => '001',
        IsNegativeStockAllowed: ({ plant }) => plant.negativeStockAllowed,
        IsBatchManagementRequired: ({ material }) => material.batchManaged,
        IsMarkedForDeletion: ({ material }) => material.deleted,
        ProcurementType: () => 'F',
        BaseUnit: ({ material }) => vendorUnit(material.baseUnit),
      },
      this.#plantsOf,
      { navigations: { to_StorageLocation: locationsOf } },
    );
  }

  #locations(): EntitySet {
    return this.#derived<LocationRow>(
      'A_ProductStorageLocation',
      {
        Product: ({ material }) => material.number,
        Plant: ({ plant }) => plant.code,
        StorageLocation: ({ location }) => location,
      },
      (material) => this.#plantsOf(material).flatMap(locationsOf),
    );
  }

  #valuations(): EntitySet {
    const { stock, masterData } = this.#core;
    const price = ({ material, plant }: PlantRow): string => {
      const value = stock.valuation(material.number, plant.code)?.movingAverage ?? material.price;
      return fixed(value, currencyDecimals(masterData.currencyOfPlant(plant)));
    };
    const isStandard = ({ material }: PlantRow): boolean => material.valuation === 'standard';
    return this.#derived<PlantRow>(
      'A_ProductValuation',
      {
        Product: ({ material }) => material.number,
        ValuationArea: ({ plant }) => plant.code,
        ValuationType: () => '',
        ValuationClass: () => '3000',
        PriceDeterminationControl: () => '2',
        StandardPrice: (row) => (isStandard(row) ? price(row) : '0.00'),
        PriceUnitQty: () => '1',
        InventoryValuationProcedure: (row) => (isStandard(row) ? 'S' : 'V'),
        MovingAveragePrice: (row) => (isStandard(row) ? '0.00' : price(row)),
        Currency: ({ plant }) => masterData.currencyOfPlant(plant),
        BaseUnit: ({ material }) => vendorUnit(material.baseUnit),
      },
      this.#plantsOf,
    );
  }
}
