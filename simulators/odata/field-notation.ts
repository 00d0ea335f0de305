/**
 * Field lists in short: `Name:S10` is an Edm.String of 10, `D13,3` an Edm.Decimal, `DT` Edm.DateTime,
 * `DTO` Edm.DateTimeOffset, `T` Edm.Time, `B` Edm.Boolean; `°` marks what only the system writes, `¹`
 * what is set at creation only. A type is a head (`A_Set key(A, B) not: updatable`), its fields, and
 * `nav:` lines with `name=A_Target*` (`*` for many).
 */
import type { EdmType, EntityType, Navigation, Property } from './model.ts';

const simpleTypes: Readonly<Record<string, EdmType>> = {
  DT: 'Edm.DateTime',
  DTO: 'Edm.DateTimeOffset',
  T: 'Edm.Time',
  B: 'Edm.Boolean',
  I16: 'Edm.Int16',
  I32: 'Edm.Int32',
  Byte: 'Edm.Byte',
  Guid: 'Edm.Guid',
  Double: 'Edm.Double',
};

/** Reads one field. `alpha` names the fields that lose their leading zeros. */
function readField(text: string, keys: readonly string[], alpha: ReadonlySet<string>): Property {
  const [, name = '', notation = '', mark] = /^(\w+):(\w+(?:,\d+)?)([°¹])?$/.exec(text) ?? [];
  const isKey = keys.includes(name);
  const common = {
    name,
    isKey,
    creatable: mark !== '°',
    updatable: mark === undefined && !isKey,
    alpha: alpha.has(name),
  };
  const simple = simpleTypes[notation];
  if (simple !== undefined) return { ...common, type: simple };
  const decimal = /^D(\d+),(\d+)$/.exec(notation);
  if (decimal !== null) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
    return { ...common, type: 'Edm.Decimal', precision, scale };
  }
  const string = /^S(\d*)$/.exec(notation);
  if (string === null) throw new TypeError(`Not a field: ${text}`);
  const maxLength = string[1] === '' ? {} : { maxLength: Number(string[1]) };
  return { ...common, type: 'Edm.String', ...maxLength };
}

/** Reads the entity types of a service; navigations to sets that it does not have are left out. */
export function readEntityTypes(
  notation: string,
  alpha: ReadonlySet<string>,
): ReadonlyMap<string, EntityType> {
  const blocks = notation.trim().split(/\n(?=A_)/);
  const sets = new Set(blocks.map((block) => /^\w+/.exec(block)?.[0] ?? ''));
  return new Map(
    blocks.map((block) => {
      const type = readEntityType(block, alpha, sets);
      return [type.set, type];
    }),
  );
}

function readEntityType(
  block: string,
  alpha: ReadonlySet<string>,
  sets: ReadonlySet<string>,
): EntityType {
  const [head = '', ...rest] = block.split('\n');
  const [, set = '', keyList = '', not = ''] =
    /^(\w+) key\(([^)]*)\)(?: not: (.*))?$/.exec(head.trim()) ?? [];
  const keyNames = keyList.split(', ');
  const words = rest.join(' ').split(/\s+/);
  const properties = words
    .filter((word) => word.includes(':') && word !== 'nav:')
    .map((word) => readField(word, keyNames, alpha));
  const byName = new Map(properties.map((each) => [each.name, each]));
  const navigations = words.flatMap((word) => readNavigation(word, sets));
  return {
    set,
    name: `${set}Type`,
    properties,
    byName,
    keys: keyNames.map((name) => byName.get(name) as Property),
    navigations: new Map(navigations.map((each) => [each.name, each])),
    creatable: !not.includes('creatable'),
    updatable: !not.includes('updatable'),
    deletable: !not.includes('deletable'),
  };
}

function readNavigation(word: string, sets: ReadonlySet<string>): Navigation[] {
  const [, name = '', target = '', many] = /^(to_\w+)=(\w+)(\*)?,?$/.exec(word) ?? [];
  return sets.has(target) ? [{ name, target, many: many === '*' }] : [];
}
