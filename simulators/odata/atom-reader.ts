/**
 * Atom entries as request bodies. They are read into the shape that the same entity has in JSON, so that
 * one reader checks both against the model.
 */
import type { XmlElement } from '@rgrove/parse-xml';
import { elementsOf, rootOf } from '../xml/xml-text.ts';
import type { EntityType, ServiceModel } from './model.ts';
import { malformed } from './odata-refusal.ts';
import { spaces } from './atom-spaces.ts';

/** More elements within elements than an entity of the deepest service needs. */
const deepest = 60;

type Raw = Record<string, unknown>;

/** Namespaces by prefix, as declared around an element. */
type Scope = Readonly<Record<string, string>>;

/** An element with its namespace, instead of a prefix that says nothing by itself. */
interface Named {
  readonly space: string;
  readonly name: string;
  readonly scope: Scope;
  readonly element: XmlElement;
}

/** Reads an entry: properties as text or `null`, inline links as nested entities. Throws 400 when it is none. */
export function readEntry(text: string): Raw {
  const root = rootOf(text);
  if (root === undefined) throw malformed('Error while parsing an XML stream');
  const named = nameOf(root, {});
  if (named.space !== spaces.atom || named.name !== 'entry') {
    throw malformed('An Atom entry is expected');
  }
  return entry(named, 0);
}

function nameOf(element: XmlElement, outer: Scope): Named {
  let scope = outer;
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name === 'xmlns') scope = { ...scope, '': value };
    else if (name.startsWith('xmlns:')) scope = { ...scope, [`${name.slice(6)}:`]: value };
  }
  const colon = element.name.indexOf(':') + 1;
  const space = scope[element.name.slice(0, colon)] ?? '';
  return { space, name: element.name.slice(colon), scope, element };
}

const childrenOf = ({ element, scope }: Named): Named[] =>
  elementsOf(element).map((child) => nameOf(child, scope));

const find = (of: Named, space: string, name: string): Named | undefined =>
  childrenOf(of).find((child) => child.space === space && child.name === name);

function entry(of: Named, depth: number): Raw {
  if (depth > deepest) throw malformed('The entity is nested too deeply');
  const content = find(of, spaces.atom, 'content');
  const properties = [content ?? of, of]
    .map((each) => find(each, spaces.metadata, 'properties'))
    .find((each) => each !== undefined);
  const members: [string, unknown][] = [];
  for (const each of properties === undefined ? [] : childrenOf(properties)) {
    if (each.space === spaces.data) members.push([each.name, valueOf(each)]);
  }
  for (const link of childrenOf(of)) {
    const { rel = '' } = link.element.attributes;
    if (link.name !== 'link' || !rel.startsWith(spaces.related)) continue;
    const inline = find(link, spaces.metadata, 'inline');
    // A link alone says where something is, and not what: as `__deferred` in JSON.
    if (inline !== undefined) {
      members.push([rel.slice(spaces.related.length), nested(inline, depth + 1)]);
    }
  }
  return Object.fromEntries(members);
}

function nested(inline: Named, depth: number): unknown {
  const one = find(inline, spaces.atom, 'entry');
  if (one !== undefined) return entry(one, depth);
  const feed = find(inline, spaces.atom, 'feed');
  if (feed === undefined) return null;
  const entries = childrenOf(feed).filter(
    ({ space, name }) => space === spaces.atom && name === 'entry',
  );
  return { results: entries.map((each) => entry(each, depth)) };
}

function valueOf({ element, scope }: Named): string | null {
  const isNull = Object.entries(element.attributes).some(
    ([name, value]) =>
      value === 'true' &&
      name.endsWith(':null') &&
      scope[name.slice(0, name.indexOf(':') + 1)] === spaces.metadata,
  );
  if (isNull) return null;
  if (elementsOf(element).length > 0) {
    throw malformed('Error while parsing an XML stream');
  }
  return element.text;
}

/** Text is all that XML has: truth values become what they are in JSON, as far as the type is known. */
export function withTruthValues(model: ServiceModel, type: EntityType, raw: Raw): Raw {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, typed(model, type, name, value)]),
  );
}

const truth: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

function typed(model: ServiceModel, type: EntityType, name: string, value: unknown): unknown {
  if (typeof value === 'string') {
    const isBoolean = type.byName.get(name)?.type === 'Edm.Boolean';
    return isBoolean && Object.hasOwn(truth, value) ? truth[value] : value;
  }
  const target = model.entityTypes.get(type.navigations.get(name)?.target ?? '');
  if (typeof value !== 'object' || value === null || target === undefined) return value;
  const { results } = value as { results?: readonly Raw[] };
  return results === undefined
    ? withTruthValues(model, target, value as Raw)
    : { results: results.map((each) => withTruthValues(model, target, each)) };
}
