/**
 * What it costs to keep history and documents on disk, and what it is worth: the rate of inserts, the
 * memory for a stored order line, the start of a landscape that has a million documents, and what a
 * kill in the middle of the work leaves.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopwatch } from '../harness/clock.ts';
import { PostgresServer, noPostgres } from '../test/postgres-server.ts';
import { type Bench, type Figure, atLeast, atMost, reported } from './figure.ts';
import { insertRate } from './insert-rate.ts';
import { killAgainAndAgain } from './killed-landscape.ts';
import { median } from './measure.ts';
import { ServerProcess } from './server-process.ts';
import type { ErpServerCommand, ErpServerReady } from './servers/erp-server.ts';

const erpServer = (): ServerProcess<ErpServerCommand, ErpServerReady> =>
  new ServerProcess('servers/erp-server.ts');

async function inFolder<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const historyOnDiskBench: Bench = ({ short }) =>
  inFolder(async (folder): Promise<Figure[]> => {
    const { ratio, rate } = await keptRate(folder, short);
    return [
      atLeast('history-on-disk', ratio, 0.7, 'of the rate in memory'),
      reported('history-on-disk-rate', rate, 'orders/s'),
    ];
  });

/** The server has the same cores as the landscape and whoever asks it. */
export const historyInPostgresBench: Bench = async ({ short }) => {
  if (noPostgres('the bench of histories in PostgreSQL')) return [];
  const server = await PostgresServer.start();
  try {
    const { ratio, rate } = await keptRate(server.fresh(), short);
    return [
      reported('history-in-postgres', ratio, 'of the rate in memory'),
      reported('history-in-postgres-rate', rate, 'orders/s'),
    ];
  } finally {
    await server.remove();
  }
};

/** Inserts a second, and as a part of those in memory. The two take turns: the machine may be shared. */
async function keptRate(
  place: string,
  short: boolean,
): Promise<{ readonly ratio: number; readonly rate: number }> {
  const [rounds, seconds] = short ? [3, 1] : [9, 3];
  const [kept, held] = [erpServer(), erpServer()];
  try {
    const there = await kept.ready({ orders: 100, wire: 's4hana', data: place });
    const inMemory = await held.ready({ orders: 100, wire: 's4hana' });
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const [rate, memory] = [
        await insertRate(there, seconds),
        await insertRate(inMemory, seconds),
      ];
      if (round === 0) continue;
      ratios.push(rate / memory);
      rates.push(rate);
    }
    return { ratio: median(ratios), rate: median(rates) };
  } finally {
    kept.stop();
    held.stop();
  }
}

/** Heap for each stored order line, and the start-up with all of them, of one landscape. */
export const keptMemoryBench: Bench = ({ short }) =>
  inFolder(async (folder): Promise<Figure[]> => {
    const orders = short ? 20_000 : 1_000_000;
    const server = erpServer();
    try {
      const { bytesPerOrder } = await server.ready({ orders, data: folder, virtual: true });
      await server.ended();
      const startMs: number[] = [];
      for (let round = 0; round < 3; round++) startMs.push(await startWith(folder));
      return [
        atMost('memory-per-line', bytesPerOrder / 3, 2048, 'bytes of heap'),
        reported('kept-documents', orders, 'orders'),
        atMost('start-with-documents', median(startMs) / 1000, 5, 's'),
      ];
    } finally {
      server.stop();
    }
  });

export const sigkillBench: Bench = ({ short }) =>
  inFolder(async (folder): Promise<Figure[]> => {
    const kills = short ? 3 : 50;
    const result = await killAgainAndAgain({ place: folder, kills, seed: 'sigkill' });
    const { lost, doubled, undelivered, acknowledged } = result;
    const wrong = lost.length + doubled.length + undelivered.length;
    return [
      atMost('sigkill', wrong, 0, `lost, doubled or undelivered after ${kills} kills`),
      reported('sigkill-acknowledged', acknowledged, 'orders'),
    ];
  });

/** Milliseconds until `bench/servers/kept-server.ts` has answered its first request from the folder. */
function startWith(folder: string): Promise<number> {
  const file = fileURLToPath(new URL('servers/kept-server.ts', import.meta.url));
  const elapsedMs = stopwatch();
  const child = spawn(process.execPath, [file, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`Failed to start with ${folder}: code ${code}.`)),
    );
    child.stdout.once('data', () => {
      const took = elapsedMs();
      child.removeAllListeners('exit');
      child.once('exit', () => resolve(took));
      child.kill();
    });
  });
}
