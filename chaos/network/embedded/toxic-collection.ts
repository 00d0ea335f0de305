/** The toxics of a proxy, in the order in which they were added, on all its connections. */
import { KeyedRandom } from '../../../harness/random.ts';
import {
  badRequestBody,
  invalidStream,
  invalidToxicType,
  toxicAlreadyExists,
  toxicNotFound,
} from './api-error.ts';
import type { Connection } from './connection.ts';
import type { Encodable } from './go-json-encode.ts';
import { type Decoded, type FieldValue, decodeObject, mismatch } from './go-json-decode.ts';
import type { JsonNode } from './go-json-scan.ts';
import { type Direction, PlacedToxic } from './placed-toxic.ts';
import type { ToxicType } from './toxic.ts';
import { toxicTypes } from './toxics/index.ts';

const wrapperNames = { type: 'toxics.ToxicWrapper', field: 'ToxicWrapper.' };
const updateNames = {
  type: 'struct { Attributes interface {} "json:\\"attributes\\""; Toxicity float32 "json:\\"toxicity\\"" }',
  field: '.',
};

export class ToxicCollection {
  readonly #proxy: string;
  readonly #seed: () => string;
  readonly #connections: ReadonlySet<Connection>;
  readonly #chains: Readonly<Record<Direction, PlacedToxic[]>> = { upstream: [], downstream: [] };

  constructor(proxy: string, seed: () => string, connections: ReadonlySet<Connection>) {
    this.#proxy = proxy;
    this.#seed = seed;
    this.#connections = connections;
  }

  chain(direction: Direction): readonly PlacedToxic[] {
    return this.#chains[direction];
  }

  /** Throws `toxic not found`. */
  get(name: string): PlacedToxic {
    const { upstream, downstream } = this.#chains;
    const found = [...upstream, ...downstream].find((each) => each.name === name);
    if (found === undefined) throw toxicNotFound();
    return found;
  }

  /** Adds what the body says, to open connections too. Refused, it changes nothing. */
  async add(body: JsonNode): Promise<PlacedToxic> {
    const toxic = this.#read(body);
    this.#chains[toxic.direction].push(toxic);
    await this.#onLinks(toxic, (link) => link.add(toxic));
    return toxic;
  }

  /** Changes attributes and toxicity; name, type and stream stay. */
  async update(name: string, body: JsonNode): Promise<PlacedToxic> {
    const toxic = this.get(name);
    const { values, nested } = decodeObject(
      body,
      updateNames,
      { toxicity: 'float32' },
      { attributes: (node) => needObject(node, '.attributes', `toxics.${toxic.type.goName}`) },
    );
    const attributes = attributesIn(toxic.type, nested['attributes']);
    toxic.change(values['toxicity'] as number | undefined, attributes);
    await this.#onLinks(toxic, (link) => link.update(toxic));
    return toxic;
  }

  async remove(name: string): Promise<void> {
    const toxic = this.get(name);
    const chain = this.#chains[toxic.direction];
    chain.splice(chain.indexOf(toxic), 1);
    await this.#onLinks(toxic, (link) => link.remove(toxic));
  }

  async removeAll(): Promise<void> {
    for (const { name } of [...this.#chains.upstream, ...this.#chains.downstream]) {
      await this.remove(name);
    }
  }

  toJson(): Encodable[] {
    const { upstream, downstream } = this.#chains;
    return [...upstream, ...downstream].map((each) => each.toJson());
  }

  #read(body: JsonNode): PlacedToxic {
    const { values, nested } = decodeObject(
      body,
      wrapperNames,
      {
        name: 'string',
        type: 'string',
        stream: 'string',
        toxicity: 'float32',
        firstConnections: 'int',
        seed: 'string',
      },
      { attributes: (node) => needObject(node, 'ToxicWrapper.attributes', 'toxics.NoopToxic') },
    );
    const { stream, direction, type, name } = this.#placed(values);
    const { upstream, downstream } = this.#chains;
    if ([...upstream, ...downstream].some((each) => each.name === name)) throw toxicAlreadyExists();
    const { firstConnections, seed } = values as { firstConnections?: number; seed?: string };
    if (firstConnections !== undefined && firstConnections < 0) {
      throw badRequestBody('firstConnections must not be negative');
    }
    return new PlacedToxic({
      name,
      type,
      direction,
      stream,
      toxicity: (values['toxicity'] as number | undefined) ?? 1,
      values: attributesIn(type, nested['attributes']),
      random: new KeyedRandom(seed ?? this.#seed()).fork(this.#proxy),
      ...(firstConnections === undefined ? {} : { firstConnections }),
      ...(seed === undefined ? {} : { seed }),
    });
  }

  #placed(values: Decoded['values']): {
    stream: string;
    direction: Direction;
    type: ToxicType;
    name: string;
  } {
    const type = toxicTypes.get(String(values['type'] ?? ''));
    const stream = type?.stream ?? String(values['stream'] ?? 'downstream');
    const direction = stream.toLowerCase();
    if (direction !== 'upstream' && direction !== 'downstream') throw invalidStream();
    if (type === undefined) throw invalidToxicType();
    return { stream, direction, type, name: String(values['name'] || `${type.type}_${stream}`) };
  }

  async #onLinks(
    toxic: PlacedToxic,
    change: (link: Connection['links'][Direction]) => Promise<void>,
  ): Promise<void> {
    const links = [...this.#connections].map(({ links }) => links[toxic.direction]);
    await Promise.all(links.map(change));
  }
}

function attributesIn(type: ToxicType, node: JsonNode | undefined): Record<string, FieldValue> {
  if (node === undefined) return {};
  const names = { type: `toxics.${type.goName}`, field: `${type.goName}.attributes.` };
  return decodeObject(node, names, type.attributes).values;
}

function needObject(node: JsonNode, field: string, wanted: string): void {
  if (node.kind !== 'object' && node.kind !== 'null') throw mismatch(node.kind, field, wanted);
}
