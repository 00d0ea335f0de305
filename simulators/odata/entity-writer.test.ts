/** What a writer keeps of the row before must never show in the next one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { erased } from './entity-set.ts';
import { EntityWriter } from './entity-writer.ts';
import { readEntityTypes } from './field-notation.ts';
import type { EntityType } from './model.ts';

interface Thing {
  readonly id: string;
  readonly part: string;
  readonly name: string | undefined;
  readonly size: string | undefined;
  readonly on: string | undefined;
  readonly done: boolean | undefined;
}

const type = readEntityTypes(
  `A_Thing key(Thing, Part)
  Thing:S10 Part:S10 Colour:S10 Name:S40 Size:D13,3 MadeOn:DT IsDone:B Note:S40
  nav: to_Thing=A_Thing to_Parts=A_Thing*`,
  new Set(),
).get('A_Thing') as EntityType;

const newWriter = (): EntityWriter => {
  const writer: EntityWriter = new EntityWriter(
    'THINGS',
    erased<Thing>({
      type,
      fields: {
        Thing: ({ id }) => id,
        Part: ({ part }) => part,
        Name: ({ name }) => name,
        Size: ({ size }) => size,
        MadeOn: ({ on }) => on,
        IsDone: ({ done }) => done,
      },
      find: () => undefined,
      rows: () => [],
    }),
    () => writer,
  );
  return writer;
};

// Few values, so that neighbours often share some of them.
const things = fc.record({
  id: fc.constantFrom('1', '2', "O'Neill / 3"),
  part: fc.constantFrom('10', '20'),
  name: fc.constantFrom(undefined, '', 'a', 'quoted "b"', 'straße'),
  size: fc.constantFrom(undefined, '1', '12.5'),
  on: fc.constantFrom(undefined, '2026-11-21', '2026-11-22'),
  done: fc.constantFrom(undefined, true, false),
});
const roots = fc.constantFrom('http://erp/one', 'http://other/two');

test('a row is written as by a writer that has written no other', () => {
  const written = fc.array(fc.tuple(things, roots), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(written, (rows) => {
      const used = newWriter();
      for (const [row, root] of rows) {
        expect(used.write(row, root)).toBe(newWriter().write(row, root));
      }
    }),
  );
});

test('what is written is JSON that says what the row says, at its own address', () => {
  fc.assert(
    fc.property(things, roots, (row, root) => {
      const writer = newWriter();
      const json = JSON.parse(writer.write(row, root)) as Record<string, any>;
      const uri = writer.uri(row, root);
      expect(json['__metadata']).toEqual({ id: uri, uri, type: 'THINGS.A_ThingType' });
      expect(json['to_Parts'].__deferred.uri).toBe(`${uri}/to_Parts`);
      expect(json).toMatchObject({
        Thing: row.id,
        Part: row.part,
        Name: row.name ?? '',
        Size: row.size ?? '0.000',
        IsDone: row.done ?? false,
      });
    }),
  );
  const [thing] = fc.sample(things, 1);
  expect(newWriter().uri({ ...thing, id: "O'Neill / 3", part: '20' }, 'http://erp/one')).toBe(
    "http://erp/one/A_Thing(Thing='O''Neill%20%2F%203',Part='20')",
  );
});
