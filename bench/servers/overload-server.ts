/**
 * A plain ERP with room for so many requests, in a process of its own: says where it is, and when asked
 * what it holds and the most memory that it took since it was asked before.
 */
import { everyReal } from '../../harness/clock.ts';
import { type InsertLandscape, insertLandscape } from '../insert-landscape.ts';
import { collectGarbage } from '../memory.ts';

export interface OverloadCommand {
  /** Opens it with so much room; left out, only looks. */
  readonly mostAtOnce?: number;
  readonly lines: number;
}

export interface OverloadReady {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly orders: number;
  readonly heapBytes: number;
  readonly peakRssBytes: number;
}

let inserting: InsertLandscape | undefined;
let peakRssBytes = 0;
everyReal(20, () => {
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
});

async function ready({ mostAtOnce, lines }: OverloadCommand): Promise<OverloadReady> {
  if (inserting === undefined) {
    inserting = await insertLandscape('plain');
    await inserting.landscape.listen(mostAtOnce === undefined ? {} : { mostAtOnce });
  }
  const { landscape, path, headers } = inserting;
  const order = JSON.parse(inserting.nextOrder()) as { lines: object[] };
  const [line] = order.lines;
  const many = Array.from({ length: lines }, (_, index) => ({
    ...line,
    line: String((index + 1) * 10),
  }));
  const heapBytes = collectGarbage();
  const peak = peakRssBytes;
  peakRssBytes = process.memoryUsage.rss();
  const kinds = [...landscape.system('erp').store.collections];
  return {
    url: landscape.addresses()['erp']?.url as string,
    path,
    headers,
    body: JSON.stringify({ ...order, lines: many }),
    orders: kinds.find(({ kind }) => kind === 'PurchaseOrder')?.size ?? 0,
    heapBytes,
    peakRssBytes: peak,
  };
}

process.on('message', (command: OverloadCommand) => {
  void ready(command).then((answer) => process.send?.(answer));
});

// The bench that started it is gone.
process.on('disconnect', () => process.exit());
