/** Atom says what JSON says, read and written. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEntry, withTruthValues } from './atom-reader.ts';
import { atomReply } from './atom-writer.ts';
import { type Body, readBody } from './body-reader.ts';
import { erased } from './entity-set.ts';
import { EntityWriter } from './entity-writer.ts';
import { readEntityTypes } from './field-notation.ts';
import type { EntityType, ServiceModel } from './model.ts';
import { ODataRefusal } from './odata-refusal.ts';
import { wantsJson } from './representation.ts';

interface Thing {
  readonly id: string;
  readonly name: string | undefined;
  readonly size: string | undefined;
  readonly on: string | undefined;
  readonly at: string | undefined;
  readonly done: boolean | undefined;
  readonly parts: readonly Thing[];
}

const entityTypes = readEntityTypes(
  `A_Thing key(Thing)
  Thing:S10 Name:S400 Size:D13,3 MadeOn:DT ChangedAt:DTO IsDone:B Count:I32
  nav: to_Thing=A_Thing to_Parts=A_Thing*`,
  new Set(),
);
const type = entityTypes.get('A_Thing') as EntityType;
const model: ServiceModel = { name: 'THINGS', entityTypes, complexTypes: [], functions: new Map() };
const root = 'http://x:8000/THINGS';

const writer: EntityWriter = new EntityWriter(
  'THINGS',
  erased<Thing>({
    type,
    fields: {
      Thing: ({ id }) => id,
      Name: ({ name }) => name,
      Size: ({ size }) => size,
      MadeOn: ({ on }) => on,
      ChangedAt: ({ at }) => at,
      IsDone: ({ done }) => done,
      Count: ({ parts }) => parts.length,
    },
    navigations: {
      to_Parts: ({ parts }) => parts,
      to_Thing: ({ parts }) => parts.slice(0, 1),
    },
    etag: ({ id }) => `W/"'${id}'"`,
    find: () => undefined,
    rows: () => [],
  }),
  () => writer,
);

const atomOf = (json: string): string =>
  atomReply(
    { status: 200, headers: {}, body: `{"d":${json}}` },
    { kind: 'entry', type },
    { model, root, path: 'A_Thing', at: 0 },
  ).body;

const bodyOf = (raw: Record<string, unknown>): Body => readBody(model, type, raw, 'create');
const fromAtom = (text: string): Body => bodyOf(withTruthValues(model, type, readEntry(text)));

/** Whatever XML can hold. */
const words = fc
  .string({ unit: 'binary', maxLength: 20 })
  // oxlint-disable-next-line no-control-regex
  .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
  .filter((text) => text.isWellFormed());

const { thing } = fc.letrec<{ thing: Thing }>((tie) => ({
  thing: fc.record({
    id: fc.stringMatching(/^[\w' /&<-]{1,10}$/),
    name: fc.option(
      fc.oneof(words, fc.constantFrom('<a>&amp;"\'', ' x ', '\r\n', ']]>', '\t', '💥')),
      {
        nil: undefined,
      },
    ),
    size: fc.constantFrom(undefined, '1.000', '12.500', '-7.000'),
    on: fc.constantFrom(undefined, '2026-11-21', '1969-12-31'),
    at: fc.constantFrom(undefined, '2026-11-21T12:13:14.000Z', '1999-01-02T03:04:05.678Z'),
    done: fc.constantFrom(undefined, true, false),
    parts: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('thing'), { maxLength: 3 }),
    ),
  }),
}));

const none = { expand: new Map() };
const shape = { expand: new Map([['to_Parts', { expand: new Map([['to_Thing', none]]) }]]) };

test('an entity that was read as Atom can be sent back, and means what it means as JSON', () => {
  fc.assert(
    fc.property(thing, (row) => {
      const json = writer.write(row, root, shape);
      const read = bodyOf(JSON.parse(json) as Record<string, unknown>);
      expect(fromAtom(atomOf(json))).toEqual(read);
    }),
  );
});

const entryOf = (properties: string, more = ''): string =>
  '<a:entry xmlns:a="http://www.w3.org/2005/Atom" xmlns:p="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
  'xmlns:q="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
  `<a:content type="application/xml"><q:properties>${properties}</q:properties></a:content>${more}</a:entry>`;

describe('entries are read', () => {
  test('whatever the prefixes are', () => {
    const { values } = fromAtom(
      entryOf('<p:Name>b</p:Name><p:IsDone>1</p:IsDone><p:Size q:null="true"/><Other>x</Other>'),
    );
    expect(values).toEqual({ Name: 'b', IsDone: true });
  });

  test('with properties beside the content, and links that say only where something is', () => {
    const rel = 'http://schemas.microsoft.com/ado/2007/08/dataservices/related/to_Parts';
    const beside =
      '<entry xmlns="http://www.w3.org/2005/Atom"><link rel="edit" href="x"/>' +
      `<link rel="${rel}" href="x"/><properties xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">` +
      '<Name xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices">b</Name></properties></entry>';
    expect(fromAtom(beside)).toEqual({ values: { Name: 'b' }, nested: {} });
  });

  test.each([
    ['no XML', '{"Name":"b"}'],
    ['nothing', ''],
    ['another document', '<feed xmlns="http://www.w3.org/2005/Atom"/>'],
    ['no namespace', '<entry><content/></entry>'],
    ['elements in a value', entryOf('<p:Name><p:Name/></p:Name>')],
    ['an entity of its own', `<!DOCTYPE a [<!ENTITY x "y">]>${entryOf('<p:Name>&x;</p:Name>')}`],
    ['an unknown property', entryOf('<p:Nothing>1</p:Nothing>')],
    ['a wrong value', entryOf('<p:IsDone>maybe</p:IsDone>')],
    ['depth', `${'<a>'.repeat(100_000)}`],
  ])('never when it is %s', (_what, text) => {
    expect(() => fromAtom(text)).toThrow(ODataRefusal);
  });

  test('and refused, never thrown at, when something was done to them', () => {
    const json = writer.write(
      { id: '1', name: 'a', size: '1.000', on: '2026-11-21', at: undefined, done: true, parts: [] },
      root,
    );
    const good = atomOf(json);
    const change = fc.tuple(fc.nat(good.length), fc.nat(9), fc.string({ maxLength: 5 }));
    fc.assert(
      fc.property(change, ([at, length, into]) => {
        try {
          fromAtom(good.slice(0, at) + into + good.slice(at + length));
        } catch (error) {
          expect(error).toBeInstanceOf(ODataRefusal);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the format is', () => {
  test.each([
    [undefined, '', false],
    ['*/*', '', false],
    ['application/json', '', true],
    ['application/json;odata=verbose', '', true],
    ['application/json, text/plain, */*', '', true],
    ['application/json;q=0.5, application/atom+xml;q=0.9', '', false],
    ['application/xml;q=0.5, application/json;q=0.9', '', true],
    ['application/atom+xml,application/xml', '', false],
    ['application/atom+xml, application/json', '', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', '', false],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', '', false],
    ['application/json;q=0', '', false],
    ['application/atom+xml', '$top=1&$format=json', true],
    ['application/atom+xml', '%24format=json', true],
    ['application/json', '$format=atom', false],
    ['application/json', '$format=application/xml&$top=1', false],
    ['application/json', "$filter=Name eq '$format=xml'", true],
  ])('for Accept %s with ?%s JSON: %s', (accept, query, json) => {
    expect(wantsJson({ headers: accept === undefined ? {} : { accept }, query })).toBe(json);
  });

  test('Atom for a feed and a service document alike, unless JSON is wanted more', () => {
    const accept = 'application/atomsvc+xml;q=0.8, application/json;q=0.5, */*;q=0.1';
    expect(wantsJson({ headers: { accept }, query: '' })).toBe(true);
    expect(wantsJson({ headers: { accept }, query: '' }, true)).toBe(false);
  });

  test('that of the body, when nothing else says', () => {
    expect(wantsJson({ headers: { 'content-type': 'application/json' }, query: '' })).toBe(true);
    expect(wantsJson({ headers: { 'content-type': 'application/xml' }, query: '' })).toBe(false);
  });
});
