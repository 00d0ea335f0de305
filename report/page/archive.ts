/**
 * The history inside the page: records in chunks, each compressed apart, and an index from business
 * keys to places. A browser unpacks the index when somebody first asks for a document, and of the
 * records only the chunks it shows.
 */
import { gzipSync } from 'node:zlib';
import type { Flow } from '../../harness/flow.ts';
import type { HistorySource } from '../../harness/history.ts';
import type { HistoryRecord } from '../../harness/record.ts';
import { Lineage, type LineageModel, differences } from './lineage.ts';

/** Records of a chunk: large enough to compress well, small enough to unpack at once. */
export const chunkRecords = 256;

export interface IndexModel extends LineageModel {
  /** Places of what is not a commit, by the key it is about, as differences. */
  readonly keys: Readonly<Record<string, readonly number[]>>;
}

export interface Archive {
  /** Base64 of gzip of JSON: an array of records each. */
  readonly chunks: readonly string[];
  /** The same of an {@link IndexModel}. */
  readonly index: string;
}

export function archiveOf(history: HistorySource, flows: readonly Flow[]): Archive {
  const chunks: string[] = [];
  const lineage = new Lineage(flows);
  const places = new Places();
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) chunks.push(packed(`[${lines.join(',')}]`));
    lines = [];
  };
  for (const record of history) {
    lines.push(JSON.stringify(record));
    if (lines.length === chunkRecords) flush();
    lineage.see(record);
    places.see(record);
  }
  flush();
  const index: IndexModel = { ...lineage.model(), keys: places.byKey() };
  return { chunks, index: packed(JSON.stringify(index)) };
}

const packed = (text: string): string => gzipSync(text, { level: 6 }).toString('base64');

/** Where each key is spoken of, by exchanges, messages, faults and actors. */
class Places {
  readonly #places = new Map<string, Set<number>>();
  /** Records of an exchange, so that a document leads to the call that made it. */
  readonly #exchanges = new Map<string, number[]>();
  readonly #madeBy: [id: string, exchange: string][] = [];

  see(record: HistoryRecord): void {
    const { position } = record;
    if ('exchange' in record && record.exchange !== undefined) {
      if (record.type === 'commit') this.#madeBy.push([record.id, record.exchange]);
      else this.#noteExchange(record.exchange, position);
    }
    if (record.type !== 'commit' && 'key' in record && record.key !== undefined) {
      this.#note(record.key, position);
    }
  }

  byKey(): Record<string, number[]> {
    for (const [id, exchange] of this.#madeBy) {
      for (const position of this.#exchanges.get(exchange) ?? []) this.#note(id, position);
    }
    // No prototype: a key may be called anything.
    const result = Object.create(null) as Record<string, number[]>;
    for (const [key, places] of this.#places) {
      result[key] = differences([...places].toSorted((a, b) => a - b));
    }
    return result;
  }

  #note(key: string, position: number): void {
    const places = this.#places.get(key);
    if (places) places.add(position);
    else this.#places.set(key, new Set([position]));
  }

  #noteExchange(exchange: string, position: number): void {
    const list = this.#exchanges.get(exchange);
    if (list) list.push(position);
    else this.#exchanges.set(exchange, [position]);
  }
}
