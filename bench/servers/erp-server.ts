/**
 * An ERP, plain or S/4HANA, on a port in a process of its own, so that the load generator does not compete with it
 * for one event loop. Takes commands over IPC; see {@link ErpServerCommand}.
 */
import { openArchive } from '../../harness/archive/open-archive.ts';
import { RealClock, VirtualClock } from '../../harness/clock.ts';
import { fillWithOrders } from '../fill-with-orders.ts';
import { type Wire, insertLandscape } from '../insert-landscape.ts';
import { collectGarbage } from '../memory.ts';

/** A fresh ERP that already holds so many orders; the one before it is let go. */
export interface ErpServerCommand {
  readonly orders: number;
  /** `plain` when missing. */
  readonly wire?: Wire;
  /** Folder or server that history and documents are kept in; in memory when missing. */
  readonly data?: string;
  /** Filled in virtual time, where no answer waits for the disk; it does not listen then. */
  readonly virtual?: boolean;
}

/** Where the ERP listens, what to send it, and what the orders that it holds cost. */
export interface ErpServerReady {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Bytes of one answer's body. */
  readonly replyBytes: number;
  /** Of the heap, for each order stored; 0 for fewer than can be weighed. */
  readonly bytesPerOrder: number;
}

let close = async (): Promise<void> => undefined;

async function ready({ orders, wire, data, virtual }: ErpServerCommand): Promise<ErpServerReady> {
  await close();
  const archive = data === undefined ? undefined : openArchive(data);
  const inserting = await insertLandscape(
    wire,
    virtual === true ? new VirtualClock() : new RealClock(),
    archive,
  );
  const { landscape, ask, path, headers } = inserting;
  const body = inserting.nextOrder();
  close = () => landscape.close();
  const before = collectGarbage();
  await fillWithOrders(inserting, orders);
  archive?.flush();
  const bytesPerOrder = orders === 0 ? 0 : (collectGarbage() - before) / orders;
  await landscape.listen();
  const url = landscape.addresses()['erp']?.url as string;
  const reply = await (await ask('POST', path, body)).text();
  return { url, path, headers, body, replyBytes: Buffer.byteLength(reply), bytesPerOrder };
}

process.on('message', (command: ErpServerCommand) => {
  void ready(command).then((answer) => process.send?.(answer));
});

// The bench that started it is gone.
process.on('disconnect', () => void close().then(() => process.exit()));
