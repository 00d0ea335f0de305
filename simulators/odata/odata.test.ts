/** The toolkit on a service of its own: entity tags, literals, filters against what they mean. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../harness/context.ts';
import type { WireReply } from '../../harness/wire.ts';
import { type Service, erased } from './entity-set.ts';
import { readEntityTypes } from './field-notation.ts';
import { compileFilter } from './filter-program.ts';
import { hintsOf } from './filter-hints.ts';
import { parseFilter } from './filter-parser.ts';
import { quoted } from './json-text.ts';
import { type EntityType, type ServiceModel } from './model.ts';
import { ODataRefusal } from './odata-refusal.ts';
import { readKey } from './resource-path.ts';
import { ServiceHandler } from './service-handler.ts';

interface Thing {
  readonly id: string;
  name: string;
  readonly size: string;
  readonly on: string;
  readonly done: boolean;
}

const types = readEntityTypes(
  'A_Thing key(Thing)\n  Thing:S10 Name:S40 Size:D13,3 MadeOn:DT IsDone:B',
  new Set(['Thing']),
);
const type = types.get('A_Thing') as EntityType;
const model: ServiceModel = {
  name: 'THINGS',
  entityTypes: types,
  complexTypes: [],
  functions: new Map(),
};

const fields = {
  Thing: (thing: Thing) => thing.id,
  Name: (thing: Thing) => thing.name,
  Size: (thing: Thing) => thing.size,
  MadeOn: (thing: Thing) => thing.on,
  IsDone: (thing: Thing) => thing.done,
};

const serviceOf = (things: Thing[]): Service => ({
  model,
  sets: new Map([
    [
      'A_Thing',
      erased<Thing>({
        type,
        fields,
        etag: (thing) => `W/"${thing.name}"`,
        find: (key) => things.find((each) => each.id === key['Thing']),
        rows: () => things,
        update: (thing, { values }) => {
          thing.name = String(values['Name']);
        },
        remove: (thing) => void things.splice(things.indexOf(thing), 1),
      }),
    ],
  ]),
  functions: {},
  pageSize: 100,
});

const context = { at: 0 } as Context;
const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  name: 'a',
  size: '1',
  on: '2026-11-21',
  done: false,
  ...more,
});

const ask = (
  handler: ServiceHandler,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = '{"Name":"b"}',
): WireReply | ODataRefusal => {
  try {
    return handler.handle({
      method,
      path,
      query: '',
      headers: { accept: 'application/json', ...headers },
      body,
      root: 'http://x/THINGS',
      context,
    });
  } catch (error) {
    if (error instanceof ODataRefusal) return error;
    throw error;
  }
};

describe('entity tags', () => {
  test('are shown, wanted and checked', () => {
    const handler = new ServiceHandler(serviceOf([thing('1')]));
    const read = ask(handler, 'GET', "A_Thing('1')") as WireReply;
    expect(read.headers['etag']).toBe('W/"a"');
    expect(JSON.parse(read.body)).toMatchObject({ d: { __metadata: { etag: 'W/"a"' } } });
    const change = (ifMatch?: string) =>
      ask(handler, 'PATCH', "A_Thing('1')", ifMatch === undefined ? {} : { 'if-match': ifMatch });
    expect(change()).toMatchObject({ status: 428, code: '/IWBEP/CM_MGW_RT/194' });
    expect(change('foo')).toMatchObject({ status: 400, code: '/IWFND/CM_MGW/094' });
    expect(change('W/"z"')).toMatchObject({ status: 412 });
    expect(change('W/"a"')).toMatchObject({ status: 204 });
    expect(change('W/"a"')).toMatchObject({ status: 412 });
    expect(change('*')).toMatchObject({ status: 204 });
    expect(ask(handler, 'DELETE', "A_Thing('1')", { 'if-match': '*' })).toMatchObject({
      status: 204,
    });
    expect(ask(handler, 'GET', "A_Thing('1')")).toMatchObject({ status: 404 });
  });
});

const keep = (filter: string, row: Thing): boolean =>
  compileFilter(parseFilter(filter), {
    type,
    read: (each, { name }) => fields[name as keyof typeof fields](each as Thing),
  })(row);

describe('filters', () => {
  test('compare as the values do, whatever the text', () => {
    const text = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(text, text, (name, other) => {
        const literal = `'${other.replaceAll("'", "''")}'`;
        const row = thing('1', { name });
        expect(keep(`Name eq ${literal}`, row)).toBe(name === other);
        expect(keep(`Name lt ${literal}`, row)).toBe(name < other);
        expect(keep(`substringof(${literal},Name)`, row)).toBe(name.includes(other));
        expect(keep(`not startswith(Name,${literal})`, row)).toBe(!name.startsWith(other));
        expect(keep(`length(concat(Name,${literal})) eq ${(name + other).length}`, row)).toBe(true);
      }),
    );
  });

  test('compare decimals exactly', () => {
    const tenths = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(tenths, tenths, (a, b) => {
        const [size, other] = [a, b].map((each) => (each / 10).toFixed(1)) as [string, string];
        const row = thing('1', { size });
        expect(keep(`Size gt ${other}M`, row)).toBe(a > b);
        expect(keep(`Size le ${other}`, row)).toBe(a <= b);
        expect(keep(`Size eq '${other}'`, row)).toBe(a === b);
      }),
    );
  });

  test('bind and before or, and brackets before both', () => {
    const truth = fc.boolean();
    fc.assert(
      fc.property(truth, truth, truth, (a, b, c) => {
        const [x, y, z] = [a, b, c].map((each) => (each ? 'IsDone eq false' : 'IsDone eq true'));
        const row = thing('1');
        expect(keep(`${x} or ${y} and ${z}`, row)).toBe(a || (b && c));
        expect(keep(`(${x} or ${y}) and ${z}`, row)).toBe((a || b) && c);
        expect(keep(`not (${x}) or ${z}`, row)).toBe(!a || c);
      }),
    );
  });

  test.each([
    ["MadeOn ge datetime'2026-11-21T00:00:00'", true],
    ["MadeOn gt datetimeoffset'2026-11-20T23:00:00-02:00'", false],
    ["MadeOn eq datetimeoffset'2026-11-21T01:00:00+01:00'", true],
    ['year(MadeOn) eq 2026 and month(MadeOn) eq 11 and day(MadeOn) eq 21', true],
    ["Thing eq '0001'", true],
    ['Size add 2 mul 3 eq 7M and Size sub 1 eq 0', true],
    ["toupper(substring(Name,0,1)) eq 'A'", true],
    ["indexof(Name,'z') eq -1", true],
    ['MadeOn eq null', false],
    ['MadeOn ne null', true],
    ["replace(Name,'a','b') eq 'b' and trim(' x ') eq 'x'", true],
  ])('%s', (filter, is) => {
    expect(keep(filter, thing('1'))).toBe(is);
  });

  test('are refused, never thrown at, whatever they are', () => {
    const words = fc.constantFrom(
      'Name',
      'Size',
      'eq',
      'and',
      'not',
      '(',
      ')',
      "'x'",
      '1M',
      'null',
      ',',
      'substringof',
      '-',
      "datetime'2026-01-01T00:00:00'",
      'Foo/Bar',
      '__proto__',
    );
    const filter = fc.oneof(
      fc.array(words, { maxLength: 9 }).map((each) => each.join(' ')),
      fc.string(),
    );
    fc.assert(
      fc.property(filter, (text) => {
        try {
          keep(text, thing('1'));
        } catch (error) {
          expect(error).toBeInstanceOf(ODataRefusal);
        }
      }),
      { numRuns: 2000 },
    );
    const deep = `${'('.repeat(5000)}IsDone${')'.repeat(5000)}`;
    expect(() => keep(deep, thing('1'))).toThrow(ODataRefusal);
  });

  test('tell an index only what must hold', () => {
    const hints = (filter: string) => hintsOf(parseFilter(filter), type);
    expect(hints("Name eq 'x' and Size gt 1").equals).toEqual(new Map([['Name', ['x']]]));
    expect(hints("(Name eq 'x' or 'y' eq Name) and IsDone").equals.get('Name')).toEqual(['x', 'y']);
    expect(hints("Name eq 'x' or Size gt 1").equals.size).toBe(0);
    expect(hints("not (Name eq 'x')").equals.size).toBe(0);
    expect(hints("datetime'1970-01-02T00:00:00' le MadeOn").from.get('MadeOn')).toBe(86_400_000);
    expect(hints("MadeOn le datetime'1970-01-02T00:00:00'").from.size).toBe(0);
  });
});

test('any text is quoted as JSON, and any key is read back from its address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      expect(JSON.parse(quoted(text))).toBe(text);
      const key = `'${text.replaceAll("'", "''")}'`;
      if (/^\d/.test(text) || text.includes('\u0000')) return;
      expect(readKey(type, key)).toEqual({ Thing: text });
      expect(readKey(type, `Thing=${key}`)).toEqual({ Thing: text });
    }),
  );
});
