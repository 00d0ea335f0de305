/** API_MATERIAL_STOCK_SRV: stock by plant, storage location and stock type. Read only. */
import { type Decimal, isZero, subtract } from '../../../../domain/decimal.ts';
import { unitsOfMeasure } from '../../../../domain/unit-of-measure.ts';
import { type EntitySet, type Service, erased } from '../../../odata/entity-set.ts';
import { fixed } from '../../../odata/json-text.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { Material } from '../../../../domain/master-data.ts';
import type { ErpCore } from '../../erp-core.ts';
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
  const sets = [materialsSet(model, around.core), balancesSet(model, around.core)];
  return service(model, sets, {}, around.pageSize);
}

/** A material lies in a handful of places, all of which have a name. */
const stockOf = ({ stock, masterData }: ErpCore, material: string): StockRow[] =>
  [...masterData.plants.values()].flatMap((plant) =>
    plant.storageLocations.flatMap((location) => {
      const balance = stock.balance(material, plant.code, location);
      return balance === undefined ? [] : rowsOf(balance);
    }),
  );

function materialsSet(model: ServiceModel, core: ErpCore): EntitySet {
  const { materials } = core.masterData;
  return erased<Material>({
    type: typeOf(model, 'A_MaterialStock'),
    fields: {
      Material: (material) => material.number,
      MaterialBaseUnit: (material) => vendorUnit(material.baseUnit),
    },
    navigations: { to_MatlStkInAcctMod: (material) => stockOf(core, material.number) },
    find: (key) => materials.get(key['Material'] ?? ''),
    rows: ({ equals }) =>
      equals.get('Material')?.flatMap((each) => materials.get(each) ?? []) ?? materials.values(),
  });
}

function balancesSet(model: ServiceModel, core: ErpCore): EntitySet {
  return erased<StockRow>({
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
      stockOf(core, key['Material'] ?? '').find(
        ({ balance, special, type }) =>
          balance.plant === key['Plant'] &&
          balance.storageLocation === key['StorageLocation'] &&
          special === key['InventorySpecialStockType'] &&
          type === key['InventoryStockType'],
      ),
    *rows({ equals }) {
      const named = equals.get('Material');
      if (named !== undefined) for (const each of named) yield* stockOf(core, each);
      else for (const balance of core.stock.balances.values()) yield* rowsOf(balance);
    },
  });
}
