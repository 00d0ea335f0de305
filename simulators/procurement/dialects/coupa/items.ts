/** Items: the ERP's materials, as the suite shows them and takes them in. */
import type { Material } from '../../../../domain/master-data.ts';
import type { AlternativeUnit } from '../../../../domain/unit-of-measure.ts';
import { isPositive } from '../../../../domain/decimal.ts';
import {
  type Table,
  type View,
  boolean,
  createdAt,
  datetime,
  decimalValue,
  integer,
  list,
  many,
  one,
  string,
  updatedAt,
} from './attributes.ts';
import { type Body, given } from './body.ts';
import { invalid, noAssociation } from './coupa-refusal.ts';
import type { Call, CoupaEndpoint } from './endpoint.ts';
import { codeId } from './identities.ts';
import { uomTable } from './reference-tables.ts';
import { type Resource, changeOf, createOf, listOf, rowsOfAll, showOf } from './resource.ts';
import { moneyText, quantityText, timeText } from './wire-text.ts';

export const commodityTable: Table<string> = {
  keys: ['id', 'name'],
  attributes: { id: integer(codeId), name: string((name) => name) },
};

const alternativeUnits: Table<AlternativeUnit> = {
  keys: ['uom'],
  attributes: {
    uom: string(({ unit }) => unit),
    numerator: decimalValue(({ numerator }) => quantityText(numerator)),
    denominator: decimalValue(({ denominator }) => quantityText(denominator)),
  },
};

const customFields: Table<Material> = {
  keys: [],
  attributes: {
    'order-uom': string(({ orderUnit }) => orderUnit),
    'alternative-uoms': many(
      () => alternativeUnits,
      (material) => material.alternativeUnits,
    ),
    valuation: string(({ valuation }) => valuation),
    'standard-price': decimalValue(({ price }) => moneyText(price)),
    'tax-code': string(({ taxCode }) => taxCode),
    'batch-managed': boolean(({ batchManaged }) => batchManaged),
    'shelf-life-days': integer(({ shelfLifeDays }) => shelfLifeDays),
  },
};

const idOf = ({ number }: Material, { ids }: View): number => ids.idOf('Material', number);

export const itemTable: Table<Material> = {
  keys: ['id', 'item-number', 'name'],
  attributes: {
    id: integer(idOf),
    'created-at': datetime(({ number }, { core }) =>
      timeText(createdAt(core.materials.documents, number)),
    ),
    'updated-at': datetime(({ number }, { core }) =>
      timeText(updatedAt(core.materials.documents, number)),
    ),
    'item-number': string(({ number }) => number),
    name: string(({ description }) => description),
    description: string(({ description }) => description),
    active: boolean(({ deleted }) => !deleted),
    'item-type': string(() => 'Item'),
    tags: list(() => []),
    uom: one(
      () => uomTable,
      ({ baseUnit }) => baseUnit,
    ),
    commodity: one(
      () => commodityTable,
      ({ materialGroup }) => materialGroup,
    ),
    'custom-fields': one(
      () => customFields,
      (material) => material,
    ),
  },
};

const rows = (number: string, { core }: View): Material[] => {
  const material = core.materials.documents.get(number);
  return material === undefined ? [] : [material];
};

const items: Resource<Material> = {
  name: 'items',
  singular: 'Item',
  plural: 'Items',
  object: 'core.item',
  table: itemTable,
  idOf,
  byId: (id, view) => rows(view.ids.numberOf('Material', id) ?? '', view)[0],
  all: (view) => rowsOfAll('Material', rows, view),
  documents: { kind: 'Material', rows },
  indexed: { 'item-number': rows },
  keyOf: ({ number }) => number,
  keyFilters: ['item-number'],
};

/** The item that an association names by number or id. Throws 400 when there is none. */
export function itemIn(
  body: Body,
  { view, core }: Pick<Call, 'view' | 'core'>,
): Material | undefined {
  const named = body.object('item');
  if (named === undefined) return undefined;
  const keys = given({
    id: named.integer('id')?.toString(),
    'item-number': named.text('item-number'),
  });
  const number =
    keys['item-number'] ??
    (keys.id === undefined ? undefined : view.ids.numberOf('Material', Number(keys.id)));
  const found = number === undefined ? undefined : core.materials.documents.get(number);
  if (found !== undefined) return found;
  throw noAssociation('Item', body.at('item'), keys as Record<string, string>, [
    'id',
    'item-number',
  ]);
}

function changes(body: Body): Partial<Material> {
  const custom = body.object('custom-fields');
  const active = body.flag('active');
  const valuation = custom?.text('valuation', 40);
  if (valuation !== undefined && valuation !== 'movingAverage' && valuation !== 'standard') {
    throw invalid(
      'invalid-valuation',
      'must be one of movingAverage, standard',
      'custom-fields.valuation',
    );
  }
  const shelfLifeDays = custom?.integer('shelf-life-days');
  if (shelfLifeDays !== undefined && (shelfLifeDays < 1 || shelfLifeDays > 36_500)) {
    throw invalid('invalid-shelf-life', 'must be from 1 to 36500', 'custom-fields.shelf-life-days');
  }
  return given({
    description: body.text('description', 200) ?? body.text('name', 200),
    deleted: active === undefined ? undefined : !active,
    baseUnit: body.object('uom')?.key('code', 8),
    materialGroup: body.object('commodity')?.text('name', 40),
    orderUnit: custom?.key('order-uom', 8),
    alternativeUnits: custom?.objects('alternative-uoms')?.map(alternativeUnit),
    valuation,
    price: custom?.decimal('standard-price'),
    taxCode: custom?.key('tax-code', 4),
    batchManaged: custom?.flag('batch-managed'),
    shelfLifeDays,
  });
}

function alternativeUnit(body: Body): AlternativeUnit {
  const numerator = body.required('numerator', body.decimal('numerator'));
  const denominator = body.required('denominator', body.decimal('denominator'));
  if (!isPositive(numerator) || !isPositive(denominator)) {
    throw invalid('invalid-conversion', 'must be greater than 0', body.path);
  }
  return { unit: body.required('uom', body.key('uom', 8)), numerator, denominator };
}

function create({ body, core, context }: Call): Material {
  const number = body.required('item-number', body.key('item-number', 40));
  body.required('name', body.text('name', 200));
  const baseUnit = body.required('uom', body.object('uom')?.key('code', 8));
  if (core.materials.documents.has(number)) {
    throw invalid('duplicate', 'has already been taken', 'item-number');
  }
  const usual = {
    materialGroup: '',
    baseUnit,
    orderUnit: baseUnit,
    alternativeUnits: [],
    valuation: 'movingAverage',
    price: '0',
    taxCode: core.settings.taxCodes[0]?.code ?? '',
    batchManaged: false,
    deleted: false,
  };
  return core.materials.upsert({ ...usual, ...changes(body), number } as Material, context);
}

export const itemEndpoints: readonly CoupaEndpoint[] = [
  listOf(items),
  showOf(items),
  createOf(items, { operation: 'createItem', key: ({ text }) => text('item-number'), run: create }),
  changeOf(items, {
    operation: 'updateItem',
    run: (material, { body, core, context }) => {
      const changed = { ...material, ...changes(body) };
      if (JSON.stringify(changed) === JSON.stringify(material)) return material;
      return core.materials.upsert(changed, context);
    },
  }),
];
