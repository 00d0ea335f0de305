import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, jsonForScript } from './html.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<script>', '</script>', '<!--', '"onload="x', "'", '&lt;', '<img src=x>'),
);

describe('markup from data', () => {
  it('lets no value end an attribute or an element', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const { text } = html`<a title="${value}">${value}</a>`;
        expect(text.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
        expect(text.match(/"/g)).toHaveLength(2);
      }),
    );
  });

  it('can be read back by undoing the entities', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const undone = escapeHtml(value)
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(undone).toBe(value);
      }),
    );
  });

  it('keeps what came out of the template, and joins lists', () => {
    const inner = html`<b>${'<'}</b>`;
    expect(html`${[inner, inner]}${undefined}${false}${0}`.text).toBe('<b>&lt;</b><b>&lt;</b>0');
  });
});

describe('JSON inside a script element', () => {
  it('means the same and holds nothing that HTML would read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, (value, text) => {
        const written = jsonForScript({ value, text }).text;
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(written).not.toMatch(/[<>\u2028\u2029]/);
      }),
    );
  });
});
