/**
 * The master data that all systems of a landscape start with: one company in euros with two plants,
 * and the suppliers and materials it deals with. What counts in a record (units, prices, terms) is
 * drawn by its own number, and a landscape with more suppliers begins with the same ones.
 */
import type { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import type {
  CompanyCode,
  Material,
  PaymentTerms,
  Plant,
  Supplier,
  TaxCode,
} from '../domain/master-data.ts';
import type { KeyedRandom } from '../harness/random.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { World } from '../harness/world.ts';
import { defaultOrganisation } from './erp/settings.ts';
import { generateMaterial } from './landscape-materials.ts';
import { generateSupplier } from './landscape-suppliers.ts';

export interface LandscapeData {
  readonly companyCodes: readonly CompanyCode[];
  readonly plants: readonly Plant[];
  readonly taxCodes: readonly TaxCode[];
  readonly paymentTerms: readonly PaymentTerms[];
  readonly suppliers: readonly Supplier[];
  readonly materials: readonly Material[];
}

export interface LandscapeDataOptions {
  /** How many suppliers, 1 to 1,975 (as many as the BPI Challenge 2019 log has); default 200. */
  readonly suppliers?: number;
  /** How many materials, 1 to 99,999; default 600. */
  readonly materials?: number;
}

/** What a record is made with: keyed draws for what is counted, faker for what is only read. */
export interface Source {
  readonly random: KeyedRandom;
  /** Seeded for all records of a kind, which are made in order: seeding anew for each costs more than all else. */
  readonly faker: Faker;
}

const companyCode = '1000';

/**
 * Generates the data of a landscape from its random source: the same for the same seed. Throws
 * `landscape-data.invalid` when a number asked for is out of range.
 */
export function landscapeData(
  random: KeyedRandom,
  options: LandscapeDataOptions = {},
): LandscapeData {
  const suppliers = checkCount('suppliers', options.suppliers ?? 200, 1975);
  const materials = checkCount('materials', options.materials ?? 600, 99_999);
  const { companyCodes, plants, taxCodes, paymentTerms } = defaultOrganisation;
  const draws = random.fork('master-data');
  const [ofSupplier, ofMaterial] = [sourceOf('supplier', draws), sourceOf('material', draws)];
  const supplierNumber = (i: number) => String(10_300_001 + i);
  const materialNumber = (i: number) => `MAT-${String(i + 1).padStart(5, '0')}`;
  return {
    companyCodes: companyCodes.filter((each) => each.code === companyCode),
    plants: plants.filter((each) => each.companyCode === companyCode),
    taxCodes,
    paymentTerms,
    suppliers: numbers(suppliers, supplierNumber).map((each) => generateSupplier(each, ofSupplier)),
    materials: numbers(materials, materialNumber).map((each) => generateMaterial(each, ofMaterial)),
  };
}

/**
 * A source for all records of one kind. The faker is our own, made of the English locale's class and
 * words: importing the package's root would load all 70 locales, a fifth of a second of every start.
 */
function sourceOf(kind: string, random: KeyedRandom): Source {
  const EnglishFaker = english.constructor as typeof Faker;
  const faker = new EnglishFaker({ locale: [english.rawDefinitions] });
  faker.seed(random.integer(0, 0x7fff_ffff, 'faker', kind));
  return { random, faker };
}

const numbers = (count: number, numberOf: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => numberOf(i));

function checkCount(field: 'suppliers' | 'materials', count: number, most: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new SeatrialError({
    code: 'landscape-data.invalid',
    task: 'generate master data',
    reason: `${field} is ${count}`,
    hint: `Ask for a whole number from 1 to ${most}.`,
  });
}

/** Of the last few seeds: a trial that is run again, or made smaller, has the same data. Nobody changes it. */
const drawn = new Map<string, LandscapeData>();
const mostDrawn = 4;

/** The default data of a world: drawn once, for all systems that share it. */
export function landscapeDataOf({ random }: World): LandscapeData {
  let data = drawn.get(random.seed);
  if (data === undefined) {
    drawn.set(random.seed, (data = landscapeData(random)));
    const [oldest] = drawn.keys();
    if (drawn.size > mostDrawn && oldest !== undefined) drawn.delete(oldest);
  }
  return data;
}
