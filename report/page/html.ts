/**
 * HTML that cannot be injected into: a template that escapes whatever it is given, unless it is HTML
 * that came out of the same template. So a supplier called `<script>` stays a name.
 */

/** Markup that is safe to place in a page. Made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[];

/** Lists are joined; undefined, false and nothing leave no trace. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = parts[0] as string;
  values.forEach((value, index) => {
    text += rendered(value) + (parts[index + 1] as string);
  });
  return new Html(text);
}

function rendered(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(rendered).join('');
  return escapeHtml(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute; control characters that HTML forbids become spaces. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(/[&<>"']/g, (each) => entities[each] as string)
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ');

/** JSON for a script element: nothing in it can end the element or open a comment. */
export const jsonForScript = (value: unknown): Html =>
  new Html(
    JSON.stringify(value)
      .replaceAll('<', '\\u003c')
      .replaceAll('>', '\\u003e')
      .replaceAll('\u2028', '\\u2028')
      .replaceAll('\u2029', '\\u2029'),
  );
