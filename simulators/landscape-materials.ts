/** What a coatings maker buys: raw materials by weight and volume, packaging, hardware, hose and film. */
import type { Faker } from '@faker-js/faker';
import { type Decimal, decimal } from '../domain/decimal.ts';
import type { Material } from '../domain/master-data.ts';
import type { KeyedRandom } from '../harness/random.ts';
import type { Source } from './landscape-data.ts';
import { pickWeighted } from './weighted-pick.ts';

interface Family {
  readonly materialGroup: string;
  readonly baseUnit: 'C62' | 'KGM' | 'LTR' | 'MTR';
  /** Median price of a base unit in euros; prices lie log-normally around it. */
  readonly medianPrice: number;
  /** Share kept in lots; of these, 70 % have a shelf life. */
  readonly batchShare: number;
  /** Share also counted by the dozen; every other one of them is ordered by it. */
  readonly dozenShare: number;
  readonly describe: (faker: Faker) => string;
}

const words = (text: string): readonly string[] => text.split(', ');
const one = (faker: Faker, text: string): string => faker.helpers.arrayElement(words(text));
const int = (faker: Faker, min: number, max: number, multipleOf = 1): number =>
  faker.number.int({ min, max, multipleOf });

const family = (
  materialGroup: string,
  baseUnit: Family['baseUnit'],
  medianPrice: number,
  shares: { readonly batch?: number; readonly dozen?: number },
  describe: Family['describe'],
): Family => ({
  materialGroup,
  baseUnit,
  medianPrice,
  batchShare: shares.batch ?? 0,
  dozenShare: shares.dozen ?? 0,
  describe,
});

const families: readonly (readonly [Family, number])[] = [
  [
    family(
      'PIGMENT',
      'KGM',
      7,
      { batch: 0.8 },
      (f) => `Pigment ${f.color.human()} ${one(f, 'PB, PR, PY, PG, RAL')}${int(f, 1, 300)}`,
    ),
    10,
  ],
  [
    family(
      'RESIN',
      'KGM',
      4,
      { batch: 0.7 },
      (f) => `${one(f, 'Alkyd, Epoxy, Acrylic, Polyester, Silicone')} resin ${int(f, 40, 75)} %`,
    ),
    8,
  ],
  [
    family(
      'FILLER',
      'KGM',
      0.6,
      {},
      (f) => `${one(f, 'Calcium carbonate, Talc, Barite, Kaolin, Quartz')} ${int(f, 2, 40)} µm`,
    ),
    6,
  ],
  [
    family(
      'SOLVENT',
      'LTR',
      2.2,
      { batch: 0.3 },
      (f) =>
        `${one(f, 'White spirit, Xylene, Butyl acetate, Ethanol, Isopropanol')} ${int(f, 95, 99)} %`,
    ),
    9,
  ],
  [
    family(
      'ADDITIVE',
      'LTR',
      11,
      { batch: 0.9 },
      (f) =>
        `${one(f, 'Defoamer, Dispersant, Biocide, Thickener, Drier')} ${one(f, 'A, B, K, X')}${int(f, 100, 990, 10)}`,
    ),
    7,
  ],
  [
    family(
      'PACKAGING',
      'C62',
      1.4,
      { dozen: 0.3 },
      (f) =>
        `${one(f, 'Can, Pail, Drum, Lid, Carton')} ${one(f, 'tinplate, plastic, steel, coated')} ${one(f, '0.75 l, 2.5 l, 5 l, 10 l, 20 l')}`,
    ),
    18,
  ],
  [
    family(
      'LABEL',
      'C62',
      0.08,
      { dozen: 0.1 },
      (f) =>
        `Label ${one(f, 'front, back, hazard, barcode')} ${int(f, 40, 200, 10)}x${int(f, 30, 120, 10)} mm`,
    ),
    7,
  ],
  [
    family(
      'FASTENER',
      'C62',
      0.4,
      { dozen: 0.4 },
      (f) =>
        `${one(f, 'Hex bolt, Lock nut, Washer, Stud, Socket screw')} M${one(f, '4, 6, 8, 10, 12')} ${one(f, 'zinc plated, A2, A4, black')}`,
    ),
    10,
  ],
  [
    family(
      'SPARE',
      'C62',
      38,
      {},
      (f) =>
        `${one(f, 'Bearing, Seal kit, Valve, Pump impeller, Sensor, Filter')} ${f.string.alphanumeric({ length: 6, casing: 'upper' })}`,
    ),
    11,
  ],
  [
    family(
      'SAFETY',
      'C62',
      6,
      { dozen: 0.5 },
      (f) =>
        `${one(f, 'Gloves, Goggles, Mask, Overall, Ear plugs')} ${one(f, 'size S, size M, size L, size XL')}`,
    ),
    5,
  ],
  [
    family(
      'HOSE',
      'MTR',
      4,
      {},
      (f) =>
        `${one(f, 'Hose, Cable, Pipe, Stretch film, Sealing cord')} ${int(f, 4, 60, 2)} mm ${one(f, 'PTFE, PVC, steel, rubber')}`,
    ),
    9,
  ],
];

const taxWeights: readonly [string, number][] = [
  ['V1', 88],
  ['V2', 8],
  ['V0', 4],
];

/** The material of a number. */
export function generateMaterial(number: string, { random, faker }: Source): Material {
  const { materialGroup, baseUnit, ...kind } = pickWeighted(families, random, 'family', number);
  const dozen = random.chance(kind.dozenShare, 'dozen', number);
  const batchManaged = random.chance(kind.batchShare, 'batch', number);
  const perishes = batchManaged && random.chance(0.7, 'perishes', number);
  return {
    number,
    // Forty characters is what an ERP's short text holds.
    description: kind.describe(faker).slice(0, 40).trim(),
    materialGroup,
    baseUnit,
    orderUnit: dozen && random.chance(0.5, 'order-by-dozen', number) ? 'DZN' : baseUnit,
    alternativeUnits: dozen
      ? [{ unit: 'DZN', numerator: decimal(12), denominator: decimal(1) }]
      : [],
    valuation: random.chance(0.75, 'valuation', number) ? 'movingAverage' : 'standard',
    price: priceAround(kind.medianPrice, random, number),
    taxCode: pickWeighted(taxWeights, random, 'tax', number),
    batchManaged,
    ...(perishes ? { shelfLifeDays: random.pick([180, 365, 540, 730], 'shelf-life', number) } : {}),
    deleted: false,
  };
}

/** Log-normal around a median with sigma 0.8, in cents and at least one (Box and Muller's transform). */
function priceAround(median: number, random: KeyedRandom, number: string): Decimal {
  const radius = Math.sqrt(-2 * Math.log(1 - random.draw('price', 1, number)));
  const normal = radius * Math.cos(2 * Math.PI * random.draw('price', 2, number));
  return decimal(Math.max(0.01, median * Math.exp(0.8 * normal)).toFixed(2));
}
