import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from './name-table.ts';
import { PackedNames } from './packed-names.ts';

const text = fc.oneof(
  fc.constantFrom('a', 'b', 'PO-1', '€', ''),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

describe('PackedNames', () => {
  it('answers as a Map does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (entries) => {
        const names = new PackedNames();
        const map = new Map<string, string>();
        for (const [name, value] of entries) {
          names.set(name, value);
          map.set(name, value);
          for (const [each] of entries) expect(names.get(each)).toBe(map.get(each));
        }
      }),
    );
  });
});

describe('NameTable', () => {
  it('forgets nothing, whenever it was learnt, and takes the last word', () => {
    const names = new NameTable();
    const many = 50_000;
    for (let i = 0; i < many; i++) names.set(`45${i}`, `PO-${i}`);
    for (let i = 0; i < many; i += 3) names.set(`45${i}`, `PX-${i}`);
    for (let i = 0; i < many; i++) {
      if (names.get(`45${i}`) !== (i % 3 === 0 ? `PX-${i}` : `PO-${i}`)) expect.fail(String(i));
    }
    expect([names.has('450'), names.has('none'), names.get('none')]).toEqual([
      true,
      false,
      undefined,
    ]);
  });
});
