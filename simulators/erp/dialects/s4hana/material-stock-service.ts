/** API_MATERIAL_STOCK_SRV: stock by plant, storage location and stock type. Read only. */
import { type Decimal, isZero, subtract } from '../../../../domain/decimal.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import { type EntitySet, type Service, erased } from '../../../odata/entity-set.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { Material } from '../../../../domain/master-data.ts';
import type { StockBalance } from '../../erp-documents.ts';
import { materialStockFields } from './fields/material-stock-fields.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';
import { vendorUnit } from './units.ts';

export const materialStockModel = (): ServiceModel =>
  serviceModel('API_MATERIAL_STOCK_SRV', materialStockFields);

interface StockRow {
  readonly balance: StockBalance;
  readonly special: string;
  readonly type: string;
  readonly quantity: Decimal;
}

/** Stock types: 01 unrestricted use, 07 blocked; special stock K is the supplier's consignment. */
const rowsOf = (balance: StockBalance): StockRow[] =>
  [
    { balance, special: '', type: '01', quantity: subtract(balance.quantity, balance.consignment) },
    { balance, special: 'K', type: '01', quantity: balance.consignment },
    { balance, special: '', type: '07', quantity: balance.blocked },
  ].filter((each) => each.special + each.type === '01' || !isZero(each.quantity));

export function materialStockService(model: ServiceModel, around: Surroundings): Service {
  const { stock, masterData } = around.core;
  /** A material lies in a handful of places, all of which have a name. */
  const stockOf = (material: string): StockRow[] =>
    [...masterData.plants.values()].flatMap((plant) =>
      plant.storageLocations.flatMap((location) => {
        const balance = stock.balance(material, plant.code, location);
        return balance === undefined ? [] : rowsOf(balance);
      }),
    );
  const materials: EntitySet = erased<Material>({
    type: typeOf(model, 'A_MaterialStock'),
    fields: {
      Material: (material) => material.number,
      MaterialBaseUnit: (material) => vendorUnit(material.baseUnit),
    },
    navigations: { to_MatlStkInAcctMod: (material) => stockOf(material.number) },
    find: (key) => masterData.materials.get(key['Material'] ?? ''),
    rows: ({ equals }) =>
      equals.get('Material')?.flatMap((each) => masterData.materials.get(each) ?? []) ??
      masterData.materials.values(),
  });
  const balances: EntitySet = erased<StockRow>({
    type: typeOf(model, 'A_MatlStkInAcctMod'),
    fields: {
      Material: ({ balance }) => balance.material,
      Plant: ({ balance }) => balance.plant,
      StorageLocation: ({ balance }) => balance.storageLocation,
      InventorySpecialStockType: ({ special }) => special,
      InventoryStockType: ({ type }) => type,
      MaterialBaseUnit: ({ balance }) => vendorUnit(balance.unit),
      MatlWrhsStkQtyInMatlBaseUnit: ({ balance, quantity }) =>
        fixed(quantity, unitsOfMeasure.get(balance.unit)?.decimals ?? 3),
    },
    find: (key) =>
      stockOf(key['Material'] ?? '').find(
        ({ balance, special, type }) =>
          balance.plant === key['Plant'] &&
          balance.storageLocation === key['StorageLocation'] &&
          special === key['InventorySpecialStockType'] &&
          type === key['InventoryStockType'],
      ),
    *rows({ equals }) {
      const named = equals.get('Material');
      if (named !== undefined) for (const each of named) yield* stockOf(each);
      else for (const balance of stock.balances.values()) yield* rowsOf(balance);
    },
  });
  return service(model, [materials, balances], {}, around.pageSize);
}
