/** Suppliers of a coatings maker in Hamburg: mostly German, some Dutch, American and British. */
import type { Faker } from '@faker-js/faker';
import type { Supplier } from '../domain/master-data.ts';
import type { KeyedRandom } from '../harness/random.ts';
import type { Source } from './landscape-data.ts';
import { pickWeighted } from './weighted-pick.ts';

type CountryCode = 'DE' | 'NL' | 'US' | 'GB';

interface Country {
  readonly families?: readonly string[];
  readonly trades: readonly string[];
  readonly forms: readonly string[];
  readonly cities: readonly string[];
  readonly street: (faker: Faker) => string;
  readonly postalCode: (faker: Faker) => string;
  readonly taxNumber: (faker: Faker) => string;
  readonly bankAccount: (faker: Faker) => string;
}

const words = (text: string): readonly string[] => text.split(', ');
const house = (faker: Faker, most = 180): string => String(faker.number.int({ min: 1, max: most }));

const englishTrades = words(
  'Chemicals, Coatings, Pigments, Resins, Packaging, Labels, Fasteners, Industrial Supplies, Solvents, Tooling, Logistics, Laboratories',
);

const germany: Country = {
  families: words(
    'Brandt, Köhler, Petersen, Schröder, Lindemann, Vogt, Krüger, Harms, Meißner, Ostermann, Böttcher, Seidel, Jansen, Rademacher, Thomsen, Wüst, Fuchs, Ehlers, Kühn, Dietrich',
  ),
  trades: words(
    'Chemie, Farben, Pigmente, Harze, Verpackungen, Etiketten, Schrauben, Industriebedarf, Lösemittel, Werkzeuge, Spedition, Dichtungstechnik',
  ),
  forms: words('GmbH, GmbH, GmbH & Co. KG, AG, KG'),
  cities: words(
    'Hamburg, Köln, Düsseldorf, Mannheim, Leverkusen, Bremen, Stuttgart, Nürnberg, Leipzig, Kassel, Lübeck, Osnabrück',
  ),
  street: (faker) =>
    `${faker.helpers.arrayElement(words('Industriestraße, Hafenstraße, Am Güterbahnhof, Gewerbering, Lindenallee, Mühlenweg, Werkstraße, Siemensstraße'))} ${house(faker)}`,
  postalCode: (faker) => `${house(faker, 9)}${faker.string.numeric(4)}`,
  taxNumber: (faker) => `DE${faker.string.numeric({ length: 9, allowLeadingZeros: false })}`,
  bankAccount: (faker) => faker.finance.iban({ countryCode: 'DE' }),
};

const netherlands: Country = {
  families: words(
    'De Vries, Van Dijk, Bakker, Visser, Smit, Meijer, Mulder, De Boer, Hendriks, Van den Berg, Dekker, Brouwer, Kuipers, Veenstra',
  ),
  trades: words(
    'Chemie, Verf, Pigmenten, Harsen, Verpakkingen, Etiketten, Bevestiging, Industrie, Oplosmiddelen, Gereedschap, Transport',
  ),
  forms: words('B.V., B.V., B.V., N.V.'),
  cities: words('Rotterdam, Eindhoven, Utrecht, Zwolle, Breda, Groningen, Arnhem, Dordrecht'),
  street: (faker) =>
    `${faker.helpers.arrayElement(words('Havenweg, Industrieweg, Kanaaldijk, Stationsstraat, Nijverheidsstraat, Energieweg'))} ${house(faker)}`,
  postalCode: (faker) =>
    `${house(faker, 9)}${faker.string.numeric(3)} ${faker.string.alpha({ length: 2, casing: 'upper' })}`,
  taxNumber: (faker) => `NL${faker.string.numeric(9)}B0${house(faker, 9)}`,
  bankAccount: (faker) => faker.finance.iban({ countryCode: 'NL' }),
};

const unitedStates: Country = {
  trades: englishTrades,
  forms: words('Inc., Inc., LLC, Corp.'),
  cities: words('Cleveland, Pittsburgh, Houston, Charlotte, Milwaukee, Akron, Newark, Louisville'),
  street: (faker) => faker.location.streetAddress(),
  postalCode: (faker) => faker.location.zipCode('#####'),
  taxNumber: (faker) => `${house(faker, 9)}${faker.string.numeric(1)}-${faker.string.numeric(7)}`,
  // No IBAN over there: routing number and account, in the eighteen characters that an ERP has for them.
  bankAccount: (faker) => `${faker.finance.routingNumber()}-${faker.finance.accountNumber(8)}`,
};

const unitedKingdom: Country = {
  trades: englishTrades,
  forms: words('Ltd, Ltd, Ltd, plc'),
  cities: words('Manchester, Hull, Leeds, Bristol, Sheffield, Birmingham, Newcastle upon Tyne'),
  street: (faker) =>
    `${house(faker)} ${faker.helpers.arrayElement(words('Mill Road, Dock Street, Canal Street, Station Road, Foundry Lane, Victoria Way'))}`,
  postalCode: (faker) => faker.helpers.replaceSymbols('??# #??'),
  taxNumber: (faker) => `GB${faker.string.numeric({ length: 9, allowLeadingZeros: false })}`,
  bankAccount: (faker) => faker.finance.iban({ countryCode: 'GB' }),
};

const countries: Readonly<Record<CountryCode, Country>> = {
  DE: germany,
  NL: netherlands,
  US: unitedStates,
  GB: unitedKingdom,
};

const countryWeights: readonly [CountryCode, number][] = [
  ['DE', 55],
  ['NL', 18],
  ['US', 15],
  ['GB', 12],
];
const termsWeights: readonly [string, number][] = [
  ['NT30', 50],
  ['ZB14', 25],
  ['NT60', 20],
  ['0001', 5],
];

/** Most trade in euros with the one company code; those abroad like their own money, some with other decimals. */
const currencyWeights: Readonly<Record<CountryCode, readonly (readonly [string, number])[]>> = {
  DE: [['EUR', 1]],
  NL: [['EUR', 1]],
  US: [
    ['USD', 60],
    ['EUR', 20],
    ['JPY', 12],
    ['KWD', 8],
  ],
  GB: [
    ['GBP', 60],
    ['EUR', 40],
  ],
};

/** The supplier of a number. None is blocked at first. */
export function generateSupplier(number: string, { random, faker }: Source): Supplier {
  const code = pickWeighted(countryWeights, random, 'country', number);
  const country = countries[code];
  const name = nameOf(country, faker, random, number);
  return {
    number,
    name,
    country: code,
    city: faker.helpers.arrayElement(country.cities),
    street: country.street(faker),
    postalCode: country.postalCode(faker),
    // A reserved domain: no mail that a trial sends by mistake reaches anyone.
    email: `orders@${slugOf(name)}.example`,
    taxNumber: country.taxNumber(faker),
    currency: pickWeighted(currencyWeights[code], random, 'currency', number),
    paymentTerms: pickWeighted(termsWeights, random, 'terms', number),
    bankAccount: country.bankAccount(faker),
    blocked: false,
  };
}

function nameOf(country: Country, faker: Faker, random: KeyedRandom, number: string): string {
  const family = () =>
    country.families ? faker.helpers.arrayElement(country.families) : faker.person.lastName();
  const partners = random.chance(0.3, 'partners', number) ? `${family()} & ${family()}` : family();
  const trade = faker.helpers.arrayElement(country.trades);
  return `${partners} ${trade} ${faker.helpers.arrayElement(country.forms)}`;
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\w -]/g, '')
    .trim()
    .replaceAll(/[ _-]+/g, '-')
    .toLowerCase();
