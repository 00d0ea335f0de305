/**
 * Entities as JSON text. What never varies in a type (names, initial values of properties that nothing
 * fills) is joined once when the writer is made, so that writing is a few dozen concatenations.
 */
import type { EntitySet } from './entity-set.ts';
import { fixed, initialJson, initialValue, jsonWriter, ofOnePiece } from './json-text.ts';
import type { Scope } from './filter-program.ts';
import type { Property, Value } from './model.ts';
import { type Shape, wholeShape } from './query-options.ts';

/**
 * What one property shows, with the constant text before it. The text is kept until the value is
 * another: most values (units, flags, currencies, the order's own on its items) are those of the row before.
 */
class Part {
  readonly #before: string;
  readonly #get: (row: object) => Value;
  readonly #json: (value: Value) => string;
  #value: Value;
  #text: string;

  constructor(before: string, get: (row: object) => Value, json: (value: Value) => string) {
    this.#before = ofOnePiece(before);
    this.#get = get;
    this.#json = json;
    this.#text = ofOnePiece(before + json(undefined));
  }

  write(row: object): string {
    const value = this.#get(row);
    if (value !== this.#value) {
      this.#value = value;
      this.#text = this.#before + this.#json(value);
    }
    return this.#text;
  }
}

interface KeyPart {
  /** What stands before the value: the end of the value before it, the name, the quote. */
  readonly before: string;
  readonly get: (row: object) => Value;
}

/** A navigation that is not expanded, around the address of its entity. */
interface Deferred {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export class EntityWriter {
  readonly set: EntitySet;
  readonly #type: string;
  readonly #parts: readonly Part[];
  /** Constant text behind the last part. */
  readonly #rest: string;
  readonly #navigations: readonly Deferred[];
  readonly #writerOf: (set: string) => EntityWriter;
  readonly #writers = new Map<Property, (value: Value) => string>();
  readonly #initial = new Map<string, Value>();
  readonly #keyParts: readonly KeyPart[];
  /** The beginning of all addresses below the root last seen, which seldom changes. */
  #opening = { root: '', text: '' };

  constructor(service: string, set: EntitySet, writerOf: (set: string) => EntityWriter) {
    this.set = set;
    this.#writerOf = writerOf;
    this.#type = ofOnePiece(`","type":"${service}.${set.type.name}`);
    this.#navigations = [...set.type.navigations.keys()].map((name) => ({
      name,
      before: ofOnePiece(`,"${name}":{"__deferred":{"uri":"`),
      after: ofOnePiece(`/${name}"}}`),
    }));
    const { keys } = set.type;
    this.#keyParts = keys.map(({ name }, index) => ({
      before: `${index === 0 ? '' : "',"}${keys.length === 1 ? '' : `${name}=`}'`,
      get: set.fields[name] ?? (() => ''),
    }));
    const parts: Part[] = [];
    let before = '';
    for (const property of set.type.properties) {
      this.#writers.set(property, jsonWriter(property));
      this.#initial.set(property.name, initialValue(property));
      const get = set.fields[property.name];
      before += `,"${property.name}":`;
      if (get === undefined) before += initialJson(property);
      // A getter that takes no row gives every row the same.
      else if (get.length === 0) before += jsonWriter(property)((get as () => Value)());
      else {
        parts.push(new Part(before, get, jsonWriter(property)));
        before = '';
      }
    }
    this.#parts = parts;
    this.#rest = ofOnePiece(before);
  }

  /** `http://host/service/A_PurchaseOrder('4500000001')`. */
  uri(row: object, root: string): string {
    if (this.#opening.root !== root) {
      this.#opening = { root, text: ofOnePiece(`${root}/${this.set.type.set}(`) };
    }
    let keys = '';
    for (const { before, get } of this.#keyParts) keys += before + encoded(get(row));
    // Joined, not added: it becomes a part of the answer many times and should be of one piece.
    return [this.#opening.text, keys, "')"].join('');
  }

  /** The value that a filter or an order sees. */
  readonly read = (row: object, property: Property): Value => {
    const override = this.set.overrides?.(row)?.[property.name];
    if (override !== undefined) return override;
    return this.set.fields[property.name]?.(row) ?? this.#initial.get(property.name);
  };

  /** What a filter or an order may ask about: own properties, and those of what a navigation to one leads to. */
  get scope(): Scope {
    const { type, navigations } = this.set;
    return {
      type,
      read: this.read,
      follow: (name) => {
        const navigation = type.navigations.get(name);
        if (navigation === undefined || navigation.many) return undefined;
        const of = (row: object): object | undefined => navigations?.[name]?.(row)[0];
        return { ...this.#writerOf(navigation.target).scope, of };
      },
    };
  }

  /** One property as JSON. */
  json(row: object, property: Property): string {
    const override = this.set.overrides?.(row)?.[property.name];
    if (override !== undefined) return this.#overrideJson(property, override);
    const get = this.set.fields[property.name];
    return get === undefined
      ? initialJson(property)
      : (this.#writers.get(property)?.(get(row)) ?? '');
  }

  write(row: object, root: string, shape: Shape = wholeShape): string {
    const uri = this.uri(row, root);
    const { etag } = this.set;
    const tag = etag === undefined ? '"}' : `","etag":${JSON.stringify(etag(row))}}`;
    let text = `{"__metadata":{"id":"${uri}","uri":"${uri}${this.#type}${tag}`;
    if (shape.select !== undefined) text += this.#selected(row, shape.select);
    else if (this.set.overrides?.(row) !== undefined) text += this.#overridden(row);
    else {
      for (const part of this.#parts) text += part.write(row);
      text += this.#rest;
    }
    for (const { name, before, after } of this.#navigations) {
      if (shape.select !== undefined && !shape.select.has(name) && !shape.expand.has(name))
        continue;
      const nested = shape.expand.get(name);
      if (nested !== undefined) text += `,"${name}":${this.#expanded(row, name, root, nested)}`;
      else text = text + before + uri + after;
    }
    return `${text}}`;
  }

  #selected(row: object, select: ReadonlySet<string>): string {
    let text = '';
    for (const property of this.set.type.properties) {
      if (select.has(property.name)) text += `,"${property.name}":${this.json(row, property)}`;
    }
    return text;
  }

  #overridden(row: object): string {
    const overrides = this.set.overrides?.(row) ?? {};
    let text = '';
    for (const property of this.set.type.properties) {
      const override = overrides[property.name];
      const get = this.set.fields[property.name];
      const json =
        override !== undefined
          ? this.#overrideJson(property, override)
          : get === undefined
            ? initialJson(property)
            : (this.#writers.get(property)?.(get(row)) ?? '');
      text += `,"${property.name}":${json}`;
    }
    return text;
  }

  #overrideJson(property: Property, value: Value): string {
    if (property.type === 'Edm.Decimal') return `"${fixed(String(value), property.scale ?? 0)}"`;
    return this.#writers.get(property)?.(value) ?? '';
  }

  #expanded(row: object, name: string, root: string, shape: Shape): string {
    const navigation = this.set.type.navigations.get(name);
    if (navigation === undefined) return 'null';
    const rows = this.set.navigations?.[name]?.(row) ?? [];
    const writer = this.#writerOf(navigation.target);
    if (navigation.many) return `{"results":[${writer.all(rows, root, shape)}]}`;
    const [only] = rows;
    return only === undefined ? 'null' : writer.write(only, root, shape);
  }

  all(rows: readonly object[], root: string, shape: Shape): string {
    let text = '';
    for (const row of rows) text += (text === '' ? '' : ',') + this.write(row, root, shape);
    return text;
  }
}

/** A key value in a URL; quotes are doubled. */
function encoded(value: Value): string {
  const text = String(value ?? '');
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isPlain =
      (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!isPlain) return encodeURIComponent(text.toWellFormed()).replaceAll("'", "''");
  }
  return text;
}
