/**
 * A strict reader of the XML that tests look at: it throws on whatever is not well-formed, which is its
 * point. No DTD, no CDATA, no comments: reports have none.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, decoded. */
  readonly text: string;
}

const name = /[A-Za-z_][\w.-]*/y;
const attribute = /\s+([A-Za-z_][\w.-]*)="([^"<]*)"/y;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Throws when the text is not one well-formed document. */
export function parseXml(text: string): XmlElement {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (illegal)
    throw new Error(`Character ${JSON.stringify(illegal[0])} at ${illegal.index} is not allowed.`);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error('There is no declaration.');
  const reader = new Reader(text, declaration.length);
  const root = reader.element();
  if (text.slice(reader.at).trim() !== '')
    throw new Error(`Something stands behind the root at ${reader.at}.`);
  return root;
}

class Reader {
  readonly #text: string;
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  element(): XmlElement {
    this.#expect('<');
    const tag = this.#match(name)[0] as string;
    const attributes = this.#attributes();
    if (this.#take('/>')) return { name: tag, attributes, children: [], text: '' };
    this.#expect('>');
    const children: XmlElement[] = [];
    let text = '';
    while (!this.#take(`</${tag}>`)) {
      if (this.#text[this.at] === '<') children.push(this.element());
      else text += this.#characters();
    }
    return { name: tag, attributes, children, text };
  }

  #attributes(): Record<string, string> {
    const found: Record<string, string> = {};
    for (;;) {
      attribute.lastIndex = this.at;
      const match = attribute.exec(this.#text);
      if (!match) return found;
      this.at = attribute.lastIndex;
      const [, key, value] = match as unknown as [string, string, string];
      if (Object.hasOwn(found, key)) throw new Error(`Attribute ${key} stands twice.`);
      // A reader makes spaces of the white space that is not written as a reference.
      found[key] = decoded(value.replaceAll(/[\t\n\r]/g, ' '));
    }
  }

  #characters(): string {
    const end = this.#text.indexOf('<', this.at);
    if (end < 0) throw new Error('An element is not closed.');
    const raw = this.#text.slice(this.at, end);
    if (raw.includes(']]>')) throw new Error('"]]>" stands in the text.');
    this.at = end;
    return decoded(raw.replaceAll(/\r\n?/g, '\n'));
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    if (!match)
      throw new Error(`Not well-formed at ${this.at}: ${this.#text.slice(this.at, this.at + 30)}`);
    this.at = pattern.lastIndex;
    return match;
  }

  #take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  #expect(expected: string): void {
    if (!this.#take(expected)) throw new Error(`"${expected}" is missing at ${this.at}.`);
  }
}

function decoded(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (whole, entity: string) => {
    if (!whole.endsWith(';')) throw new Error(`"${whole}" is a bare ampersand.`);
    const code = /^#(\d+)$/.exec(entity)?.[1];
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = entities[entity];
    if (character === undefined) throw new Error(`"${whole}" is no entity.`);
    return character;
  });
}
