/** Unpacks what the page carries: the index as a whole, of the records only the chunks asked for. */
import type { HistoryRecord } from '../../../harness/record.ts';
import type { IndexModel } from '../archive.ts';
import { byId } from './dom.ts';
import { model } from './model.ts';

const unpacked = new Map<number, Promise<readonly HistoryRecord[]>>();
let packedChunks: readonly string[] | undefined;
let index: Promise<IndexModel> | undefined;

/** Chunks kept unpacked; the oldest go first. */
const kept = 64;

export function archivedIndex(): Promise<IndexModel> {
  return (index ??= unpack<IndexModel>(byId('index').textContent ?? ''));
}

/** The records at these places, in order, each once. */
export async function archivedRecords(positions: Iterable<number>): Promise<HistoryRecord[]> {
  const sorted = [...new Set(positions)].sort((a, b) => a - b);
  const chunks = [...new Set(sorted.map(chunkOf))];
  const records = new Map(
    await Promise.all(chunks.map(async (each) => [each, await chunk(each)] as const)),
  );
  return sorted.flatMap((position) => {
    const found = records.get(chunkOf(position))?.[position % model.chunkRecords];
    return found === undefined ? [] : [found];
  });
}

const chunkOf = (position: number): number => Math.floor(position / model.chunkRecords);

function chunk(number: number): Promise<readonly HistoryRecord[]> {
  let records = unpacked.get(number);
  if (records === undefined) {
    packedChunks ??= (byId('history').textContent ?? '').split('\n');
    records = unpack<readonly HistoryRecord[]>(packedChunks[number] ?? '');
    unpacked.set(number, records);
    const [oldest] = unpacked.keys();
    if (unpacked.size > kept && oldest !== undefined) unpacked.delete(oldest);
  }
  return records;
}

async function unpack<T>(base64: string): Promise<T> {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as T;
}
