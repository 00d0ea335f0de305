/** Master data is the same for a seed, fits every core as it is, and looks like a company's. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPositive } from '../domain/decimal.ts';
import { MemoryHistory } from '../harness/history.ts';
import { KeyedRandom } from '../harness/random.ts';
import { Store } from '../harness/store.ts';
import { landscapeData } from './landscape-data.ts';
import { pickWeighted } from './weighted-pick.ts';
import { WmsCore } from './wms/wms-core.ts';

const context = { at: 0, today: '2026-11-21', by: 'test', correlationId: 'c' };
const of = (seed: string, options = {}) => landscapeData(new KeyedRandom(seed), options);
const share = <T>(list: readonly T[], is: (each: T) => boolean) =>
  list.filter(is).length / list.length;

describe('master data', () => {
  test('is the same for a seed, another for another, and grows at the end', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (seed, few, more) => {
          const small = of(seed, { suppliers: few, materials: few });
          const large = of(seed, { suppliers: few + more, materials: few + more });
          expect(of(seed, { suppliers: few, materials: few })).toEqual(small);
          expect(large.suppliers.slice(0, few)).toEqual(small.suppliers);
          expect(large.materials.slice(0, few)).toEqual(small.materials);
          expect(of(`${seed}!`, { suppliers: few, materials: few })).not.toEqual(small);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('is what it was when this was written: a replay token must go on meaning the same', () => {
    const { suppliers, materials } = of('seatrial', { suppliers: 2, materials: 2 });
    expect({ suppliers, materials }).toMatchInlineSnapshot(`
      {
        "materials": [
          {
            "alternativeUnits": [],
            "baseUnit": "C62",
            "batchManaged": false,
            "deleted": false,
            "description": "Sensor 6XAOLF",
            "materialGroup": "SPARE",
            "number": "MAT-00001",
            "orderUnit": "C62",
            "price": "30.69",
            "taxCode": "V2",
            "valuation": "movingAverage",
          },
          {
            "alternativeUnits": [],
            "baseUnit": "KGM",
            "batchManaged": true,
            "deleted": false,
            "description": "Pigment magenta PG31",
            "materialGroup": "PIGMENT",
            "number": "MAT-00002",
            "orderUnit": "KGM",
            "price": "5.31",
            "shelfLifeDays": 365,
            "taxCode": "V1",
            "valuation": "movingAverage",
          },
        ],
        "suppliers": [
          {
            "bankAccount": "DE72720095049558010072",
            "blocked": false,
            "city": "Hamburg",
            "country": "DE",
            "currency": "EUR",
            "email": "orders@wust-etiketten-gmbh.example",
            "name": "Wüst Etiketten GmbH",
            "number": "10300001",
            "paymentTerms": "NT30",
            "postalCode": "86416",
            "street": "Werkstraße 38",
            "taxNumber": "DE352182648",
          },
          {
            "bankAccount": "DE88024500210090046834",
            "blocked": false,
            "city": "Osnabrück",
            "country": "DE",
            "currency": "EUR",
            "email": "orders@schroder-harms-chemie-kg.example",
            "name": "Schröder & Harms Chemie KG",
            "number": "10300002",
            "paymentTerms": "ZB14",
            "postalCode": "72913",
            "street": "Hafenstraße 56",
            "taxNumber": "DE979808338",
          },
        ],
      }
    `);
  });

  test('has its size and its numbers', () => {
    const { companyCodes, plants, suppliers, materials } = of('numbers');
    expect(companyCodes).toMatchObject([{ code: '1000', currency: 'EUR' }]);
    expect(plants.map((each) => each.code)).toEqual(['1010', '1020']);
    expect([suppliers.length, materials.length]).toEqual([200, 600]);
    expect([suppliers[0]?.number, suppliers[199]?.number]).toEqual(['10300001', '10300200']);
    expect([materials[16]?.number, materials[599]?.number]).toEqual(['MAT-00017', 'MAT-00600']);
    expect(of('numbers', { suppliers: 1975, materials: 1 }).suppliers.at(-1)?.number).toBe(
      '10301975',
    );
  });

  const moneyOf: Readonly<Record<string, readonly string[]>> = {
    DE: ['EUR'],
    NL: ['EUR'],
    GB: ['GBP', 'EUR'],
    US: ['USD', 'EUR', 'JPY', 'KWD'],
  };

  test('has suppliers in currencies without cents and with tenths of them', () => {
    const currencies = new Set(of('money').suppliers.map((each) => each.currency));
    expect([...currencies].toSorted()).toEqual(['EUR', 'GBP', 'JPY', 'KWD', 'USD']);
  });

  test('refers only to what there is, and every field says something', () => {
    const { suppliers, materials, taxCodes, paymentTerms } = of('fields', {
      suppliers: 1975,
      materials: 3000,
    });
    const terms = new Set(paymentTerms.map((each) => each.code));
    const taxes = new Set(taxCodes.map((each) => each.code));
    for (const each of suppliers) {
      expect(terms).toContain(each.paymentTerms);
      expect(each.blocked).toBe(false);
      expect(moneyOf[each.country], each.number).toContain(each.currency);
      for (const [field, value] of Object.entries(each)) expect(value, field).not.toBe('');
      expect(each.email).toMatch(/^orders@[a-z0-9]+(-[a-z0-9]+)*\.example$/);
      expect(each.name.length).toBeLessThanOrEqual(80);
    }
    for (const each of materials) {
      expect(taxes).toContain(each.taxCode);
      expect(isPositive(each.price)).toBe(true);
      expect(each.description).toMatch(/^\S.{0,38}\S$/);
      expect([each.baseUnit, 'DZN']).toContain(each.orderUnit);
      if (each.shelfLifeDays !== undefined) expect(each.batchManaged).toBe(true);
    }
  });

  test('is mixed like a company’s', () => {
    const { suppliers, materials } = of('mix', { suppliers: 1975, materials: 5000 });
    const countries = [
      ['DE', 0.55],
      ['NL', 0.18],
      ['US', 0.15],
      ['GB', 0.12],
    ] as const;
    for (const [code, expected] of countries) {
      expect(Math.abs(share(suppliers, (each) => each.country === code) - expected)).toBeLessThan(
        0.04,
      );
    }
    const units = [
      ['C62', 0.51],
      ['KGM', 0.24],
      ['LTR', 0.16],
      ['MTR', 0.09],
    ] as const;
    for (const [unit, expected] of units) {
      expect(Math.abs(share(materials, (each) => each.baseUnit === unit) - expected)).toBeLessThan(
        0.03,
      );
    }
    expect(share(materials, (each) => each.orderUnit === 'DZN')).toBeGreaterThan(0.03);
    expect(share(materials, (each) => each.batchManaged)).toBeGreaterThan(0.1);
    const logs = materials
      .filter((each) => each.materialGroup === 'SPARE')
      .map((each) => Math.log(Number(each.price) / 38));
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    const spread = Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / logs.length);
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(spread - 0.8)).toBeLessThan(0.1);
  });

  test.each([{ suppliers: 0 }, { suppliers: 1976 }, { materials: 1.5 }, { materials: 100_000 }])(
    'refuses %j',
    (options) => {
      expect(() => of('x', options)).toThrow(/^Failed to generate master data: /);
    },
  );

  test('a warehouse takes every record by itself, too', () => {
    const store = new Store({ system: 'wms', history: new MemoryHistory() });
    const core = new WmsCore({ store, random: new KeyedRandom('x') });
    const { suppliers, materials, plants } = of('wms');
    core.masterData.seed({ suppliers, materials, plants }, context);
    for (const each of suppliers) core.suppliers.upsert(each, context);
    for (const each of materials) core.materials.upsert(each, context);
    expect(core.materials.documents.size).toBe(600);
  });
});

test('a weighted pick follows its weights', () => {
  const random = new KeyedRandom('weights');
  const picks = Array.from({ length: 4000 }, (_, i) =>
    pickWeighted(
      [
        ['often', 3],
        ['never', 0],
        ['seldom', 1],
      ],
      random,
      i,
    ),
  );
  expect(Math.abs(share(picks, (each) => each === 'often') - 0.75)).toBeLessThan(0.03);
  expect(picks).not.toContain('never');
});
