/**
 * Answers as Atom (RFC 4287 with OData's own elements): what JSON would show, in the other format. It is
 * made from the JSON text, so that the two cannot disagree; who wants Atom waits a little longer.
 */
import { timestamp } from '../../domain/calendar-date.ts';
import type { WireReply } from '../../harness/wire.ts';
import type { ComplexType, EntityType, Property, ServiceModel } from './model.ts';
import { spaces } from './atom-spaces.ts';
import { xmlHead, xmlText } from '../xml/xml-text.ts';

/** What an answer holds. */
export type Content =
  | { readonly kind: 'service' | 'links' }
  | { readonly kind: 'feed' | 'entry'; readonly type: EntityType }
  | { readonly kind: 'property'; readonly property: Property }
  | { readonly kind: 'complex'; readonly name: string; readonly type: ComplexType };

export interface AtomSurroundings {
  readonly model: ServiceModel;
  readonly root: string;
  /** Path below the service, and its last name. */
  readonly path: string;
  /** Milliseconds of now, which entries are said to be of. */
  readonly at: number;
}

type Members = Readonly<Record<string, unknown>>;

/** The same answer as Atom; `reply` holds JSON. */
export function atomReply(reply: WireReply, content: Content, around: AtomSurroundings): WireReply {
  const { d } = JSON.parse(reply.body) as { d: Members };
  const writer = new AtomWriter(around);
  const [type, body] = writer.document(content, d);
  const headers = { ...reply.headers, 'content-type': `${type};charset=utf-8` };
  return { ...reply, headers, body: xmlHead + body };
}

const outer = `xmlns="${spaces.atom}" xmlns:m="${spaces.metadata}" xmlns:d="${spaces.data}"`;

class AtomWriter {
  readonly #around: AtomSurroundings;
  readonly #updated: string;

  constructor(around: AtomSurroundings) {
    this.#around = around;
    this.#updated = `<updated>${timestamp(around.at).slice(0, 19)}Z</updated>`;
  }

  /** The media type and the document. */
  document(content: Content, d: Members): [type: string, body: string] {
    const base = `${outer} xml:base="${xmlText(this.#around.root)}/"`;
    switch (content.kind) {
      case 'service':
        return ['application/atomsvc+xml', this.#service()];
      case 'feed': {
        const title = this.#around.path.split('/').at(-1) ?? '';
        return ['application/atom+xml;type=feed', this.#feed(content.type, d, title, base)];
      }
      case 'entry':
        return ['application/atom+xml;type=entry', this.#entry(content.type, d, base)];
      case 'links':
        return ['application/xml', linksDocument(d)];
      case 'property': {
        const { property } = content;
        return ['application/xml', element(property, d[property.name], `xmlns:d="${spaces.data}"`)];
      }
      default:
        return ['application/xml', this.#complex(content, d)];
    }
  }

  #service(): string {
    const { model, root } = this.#around;
    const collections = [...model.entityTypes.values()].map(
      ({ set, creatable, updatable, deletable }) =>
        `<app:collection sap:creatable="${creatable}" sap:updatable="${updatable}" sap:deletable="${deletable}" ` +
        `sap:content-version="1" href="${set}"><atom:title type="text">${set}</atom:title></app:collection>`,
    );
    return (
      `<app:service xml:lang="en" xml:base="${xmlText(root)}/" xmlns:app="${spaces.app}" xmlns:atom="${spaces.atom}" ` +
      `xmlns:m="${spaces.metadata}" xmlns:sap="http://www.sap.com/Protocols/SAPData"><app:workspace>` +
      `<atom:title type="text">Data</atom:title>${collections.join('')}</app:workspace>` +
      `<atom:link rel="self" href="${xmlText(root)}/"/><atom:link rel="latest-version" href="${xmlText(root)}/"/></app:service>`
    );
  }

  /** The rows of a list; `href` is the list's address below the service. */
  #feed(type: EntityType, d: Members, href: string, attributes = ''): string {
    const rows = d['results'] as readonly Members[];
    const count = d['__count'] === undefined ? '' : `<m:count>${text(d['__count'])}</m:count>`;
    const next = d['__next'];
    const { root } = this.#around;
    return (
      `<feed ${attributes}><id>${xmlText(`${root}/${href}`)}</id><title type="text">${xmlText(href)}</title>${this.#updated}` +
      `<author><name/></author><link href="${xmlText(href)}" rel="self" title="${type.set}"/>${count}` +
      rows.map((row) => this.#entry(type, row)).join('') +
      `${next === undefined ? '' : `<link rel="next" href="${text(next)}"/>`}</feed>`
    );
  }

  #entry(type: EntityType, d: Members, attributes = ''): string {
    const { id, etag } = d['__metadata'] as { id: string; etag?: string };
    const { model, root } = this.#around;
    const href = id.slice(root.length + 1);
    const properties = type.properties
      .filter(({ name }) => name in d)
      .map((property) => element(property, d[property.name]));
    const links = [...type.navigations.values()]
      .filter(({ name }) => name in d)
      .map(({ name, target, many }) => {
        const related = model.entityTypes.get(target) as EntityType;
        return this.#link(href, { name, many, related }, d[name] as Members | null);
      });
    const tag = etag === undefined ? '' : ` m:etag="${xmlText(etag)}"`;
    return (
      `<entry ${attributes}${tag}><id>${xmlText(id)}</id><title type="text">${xmlText(href)}</title>${this.#updated}` +
      `<category term="${model.name}.${type.name}" scheme="${spaces.scheme}"/>` +
      `<link href="${xmlText(href)}" rel="${type.updatable ? 'edit' : 'self'}" title="${type.name}"/>${links.join('')}` +
      `<content type="application/xml"><m:properties>${properties.join('')}</m:properties></content></entry>`
    );
  }

  #link(
    entry: string,
    { name, many, related }: { name: string; many: boolean; related: EntityType },
    value: Members | null,
  ): string {
    const href = `${entry}/${name}`;
    const opening =
      `<link href="${xmlText(href)}" rel="${spaces.related}${name}" ` +
      `type="application/atom+xml;type=${many ? 'feed' : 'entry'}" title="${name}"`;
    if (value !== null && '__deferred' in value) return `${opening}/>`;
    const inline =
      value === null ? '' : many ? this.#feed(related, value, href) : this.#entry(related, value);
    return `${opening}><m:inline>${inline}</m:inline></link>`;
  }

  #complex({ name, type }: Content & { kind: 'complex' }, d: Members): string {
    const members = type.properties.map((property) => element(property, d[property.name]));
    return (
      `<d:${name} xmlns:d="${spaces.data}" xmlns:m="${spaces.metadata}" ` +
      `m:type="${this.#around.model.name}.${type.name}">${members.join('')}</d:${name}>`
    );
  }
}

const text = (value: unknown): string => xmlText(String(value));

function element(property: Property, value: unknown, attributes = ''): string {
  const { name } = property;
  const opening = attributes === '' ? `<d:${name}` : `<d:${name} ${attributes}`;
  if (value === null || value === undefined) {
    const declared = attributes === '' ? '' : ` xmlns:m="${spaces.metadata}"`;
    return `${opening}${declared} m:null="true"/>`;
  }
  return value === '' ? `${opening}/>` : `${opening}>${text(plain(property, value))}</d:${name}>`;
}

const wireDate = /^\/Date\((-?\d+)/;

/** `2026-11-21T00:00:00` instead of `/Date(ms)/`; everything else is alike in both formats. */
function plain({ type }: Property, value: unknown): unknown {
  if (type !== 'Edm.DateTime' && type !== 'Edm.DateTimeOffset') return value;
  const ms = wireDate.exec(String(value))?.[1];
  if (ms === undefined) return value;
  const iso = timestamp(Number(ms));
  const seconds = iso.endsWith('.000Z') ? iso.slice(0, 19) : iso.slice(0, -1);
  return type === 'Edm.DateTime' ? seconds : `${seconds}Z`;
}

function linksDocument(d: Members): string {
  const uri = (each: Members, space = ''): string => `<uri${space}>${text(each['uri'])}</uri>`;
  const space = ` xmlns="${spaces.data}"`;
  const rows = d['results'] as readonly Members[] | undefined;
  if (rows === undefined) return uri(d, space);
  return `<links${space}>${rows.map((each) => uri(each)).join('')}</links>`;
}
