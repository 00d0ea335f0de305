import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowOptions, agrees, contentOf, defineFlow, reader, samePath } from './flow.ts';

const options: FlowOptions = {
  name: 'notes',
  from: { system: 'a', document: 'Note' },
  to: { system: 'b', document: 'Note' },
  key: { from: (note) => note.id, to: (note) => note.reference },
  agree: ['title', { field: 'size', from: (note) => note.pages, to: (note) => note.size }],
  owner: 'a',
  within: '5m',
};

describe('defineFlow', () => {
  it('completes what is left out', () => {
    expect(defineFlow(options)).toMatchObject({ withinMs: 300_000, order: 'none', unique: true });
    expect(defineFlow({ ...options, order: 'version', unique: false, within: 10 })).toMatchObject({
      withinMs: 10,
      order: 'version',
      unique: false,
    });
  });

  it.each([
    ['name', { name: '' }],
    ['owner', { owner: '' }],
  ])('refuses a flow without %s', (field, broken) => {
    expect(() => defineFlow({ ...options, ...broken })).toThrow(
      `${field} must be a text that is not empty`,
    );
  });

  it('names the flow in a mistaken duration', () => {
    expect(() => defineFlow({ ...options, within: 'soon' as '5m' })).toThrow('notes.within');
  });
});

describe('reader', () => {
  it('reads nested paths, and nothing where there is nothing', () => {
    expect(reader('a.b')({ a: { b: 3 } })).toBe(3);
    expect(reader('a.b')({})).toBeUndefined();
    expect(reader('lines[].x')({ lines: 'none' })).toBeUndefined();
  });

  it('reads lines by their numbers, whatever their order', () => {
    const line = fc.record({ line: fc.nat(9).map(String), quantity: fc.nat() });
    const lines = fc.uniqueArray(line, { selector: (each) => each.line });
    fc.assert(
      fc.property(lines, (all) => {
        const read = reader('lines[].quantity');
        expect(read({ lines: all.toReversed() })).toBe(read({ lines: all }));
      }),
    );
    expect(
      reader('lines[].quantity')({
        lines: [
          { line: '2', quantity: 5 },
          { line: '1', quantity: 7 },
        ],
      }),
    ).toBe('1=7 2=5');
  });
});

describe('agrees', () => {
  const [title, size] = defineFlow(options).agree as [
    ReturnType<typeof samePath>,
    ReturnType<typeof samePath>,
  ];

  it('compares values as texts', () => {
    expect(agrees(title, { title: 'x' }, { title: 'x' })).toBe(true);
    expect(agrees(title, { title: 'x' }, { title: 'y' })).toBe(false);
    expect(agrees(size, { pages: 3 }, { size: '3' })).toBe(true);
    expect(agrees(title, {}, {})).toBe(true);
  });

  it('leaves out what is not asked, and lets a rule know better', () => {
    expect(agrees({ ...title, asked: () => false }, { title: 'x' }, { title: 'y' })).toBe(true);
    expect(agrees({ ...title, same: () => true }, { title: 'x' }, { title: 'y' })).toBe(true);
    expect(agrees({ ...title, same: () => false }, { title: 'x' }, { title: 'x' })).toBe(false);
  });

  it('gives equal contents exactly where all fields agree', () => {
    const flow = defineFlow(options);
    const text = fc.constantFrom('x', 'y');
    fc.assert(
      fc.property(text, text, fc.nat(2), fc.nat(2), (a, b, pages, other) => {
        const [source, target] = [
          { title: a, pages },
          { title: b, size: other },
        ];
        const all = flow.agree.every((rule) => agrees(rule, source, target));
        expect(contentOf(flow, 'from', source) === contentOf(flow, 'to', target)).toBe(all);
      }),
    );
  });
});
