/** A toxic as it was added to a proxy: its settings, its draws, and how it shows in the API. */
import type { KeyedRandom } from '../../../harness/random.ts';
import { type Encodable, Float32 } from './go-json-encode.ts';
import type { FieldValue } from './go-json-decode.ts';
import type { Attributes, ToxicType } from './toxic.ts';

export type Direction = 'upstream' | 'downstream';

export interface PlacedToxicOptions {
  readonly name: string;
  readonly type: ToxicType;
  readonly direction: Direction;
  /** As it was written, which is how it is shown. */
  readonly stream: string;
  readonly toxicity: number;
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly random: KeyedRandom;
  /** Ours: only so many connections, counted from when it was added. */
  readonly firstConnections?: number;
  /** Ours: draws of its own. */
  readonly seed?: string;
}

export class PlacedToxic {
  readonly name: string;
  readonly type: ToxicType;
  readonly direction: Direction;
  attributes: Attributes = {};
  readonly #options: PlacedToxicOptions;
  readonly #met = new Map<number, number>();
  readonly #requests = new Map<string, number>();
  #values: Record<string, FieldValue> = {};
  #toxicity: number;
  #changes = 0;

  constructor(options: PlacedToxicOptions) {
    this.#options = options;
    this.name = options.name;
    this.type = options.type;
    this.direction = options.direction;
    this.#toxicity = options.toxicity;
    for (const [name, type] of Object.entries(this.type.attributes)) {
      this.#values[name] = this.type.defaults?.[name] ?? (type === 'string' ? '' : 0);
    }
    this.#set(options.values);
  }

  /** Takes new settings; connections draw again. */
  change(toxicity: number | undefined, values: Readonly<Record<string, FieldValue>>): void {
    this.#toxicity = toxicity ?? this.#toxicity;
    this.#set(values);
    this.#changes++;
  }

  /** Whether this connection is among those that the toxic strikes. */
  strikes(connection: number): boolean {
    const { firstConnections } = this.#options;
    if (firstConnections !== undefined) {
      const order = this.#met.get(connection) ?? this.#met.size + 1;
      this.#met.set(connection, order);
      if (order > firstConnections) return false;
    }
    if (this.type.drawsPerRequest === true || this.#toxicity >= 1) return true;
    return this.#draw('toxicity', connection, this.#changes) < this.#toxicity;
  }

  /** Whether this request is: drawn by what it asks for and how often it was asked. */
  strikesRequest(request: string): boolean {
    const times = (this.#requests.get(request) ?? 0) + 1;
    this.#requests.set(request, times);
    return this.#toxicity >= 1 || this.#draw('request', request, times) < this.#toxicity;
  }

  draw(connection: number, count: number): number {
    return this.#draw('draw', connection, count);
  }

  toJson(): Encodable {
    const { stream, firstConnections, seed } = this.#options;
    return {
      attributes: { ...this.#values },
      name: this.name,
      type: this.type.type,
      stream,
      toxicity: new Float32(this.#toxicity),
      ...(firstConnections === undefined ? {} : { firstConnections }),
      ...(seed === undefined ? {} : { seed }),
    };
  }

  #draw(purpose: string, ...key: (string | number)[]): number {
    return this.#options.random.draw(purpose, this.name, this.direction, ...key);
  }

  #set(values: Readonly<Record<string, FieldValue>>): void {
    this.#values = { ...this.#values, ...values };
    this.attributes = Object.fromEntries(
      Object.entries(this.#values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : Number(value),
      ]),
    );
  }
}
