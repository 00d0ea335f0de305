/** All benches by name, with the figures that each prints. */
import type { Bench } from './figure.ts';
import { checkBench } from './check-bench.ts';
import { corpusBench } from './corpus-bench.ts';
import { httpInsertBench, insertGrowthBench, plainHttpInsertBench } from './insert-bench.ts';
import { inProcessBench } from './in-process-bench.ts';
import { pageBench } from './page-bench.ts';
import {
  historyInPostgresBench,
  historyOnDiskBench,
  keptMemoryBench,
  sigkillBench,
} from './kept-bench.ts';
import { peersBench } from './peers-bench.ts';
import { overloadBench } from './overload-bench.ts';
import { proxyBench } from './proxy-bench.ts';
import { realismBench } from './realism-bench.ts';
import { trialsBench } from './trials-bench.ts';
import { odataBench } from './odata-bench.ts';
import { yearRealBench, yearVirtualBench } from './year-bench.ts';
import { startupBench } from './startup-bench.ts';

export const benches: Readonly<Record<string, { figures: readonly string[]; run: Bench }>> = {
  'http-insert': { figures: ['http-insert-ratio'], run: httpInsertBench },
  'plain-http-insert': { figures: ['plain-http-insert-ratio'], run: plainHttpInsertBench },
  odata: {
    figures: ['metadata-cost', 'page-of-50-cost', 'filtered-list-cost', 'filter-growth'],
    run: odataBench,
  },
  growth: { figures: ['insert-growth', 'bytes-per-order'], run: insertGrowthBench },
  'in-process': {
    figures: ['inprocess-read', 'inprocess-insert', 'plain-inprocess-insert'],
    run: inProcessBench,
  },
  check: { figures: ['check-rate', 'check-growth', 'check-memory'], run: checkBench },
  'history-on-disk': {
    figures: ['history-on-disk', 'history-on-disk-rate'],
    run: historyOnDiskBench,
  },
  'history-in-postgres': {
    figures: ['history-in-postgres', 'history-in-postgres-rate'],
    run: historyInPostgresBench,
  },
  'kept-memory': {
    figures: ['memory-per-line', 'start-with-documents'],
    run: keptMemoryBench,
  },
  sigkill: { figures: ['sigkill'], run: sigkillBench },
  proxy: {
    figures: ['proxy-throughput', 'proxy-latency', 'proxy-throughput-crowd', 'proxy-memory'],
    run: proxyBench,
  },
  peers: {
    figures: [
      'peers-s4hana',
      'peers-bare',
      'peers-wiremock-start',
      'peers-wiremock-warm',
      'peers-mockoon',
      'peers-mock-sap',
    ],
    run: peersBench,
  },
  overload: {
    figures: [
      'overload-offered',
      'overload-taken',
      'overload-refused',
      'overload-wrong',
      'overload-memory',
      'overload-recovers',
    ],
    run: overloadBench,
  },
  'year-virtual': {
    figures: [
      'year-virtual',
      'year-virtual-cpu',
      'year-virtual-orders',
      'year-virtual-commits',
      'year-virtual-memory',
    ],
    run: yearVirtualBench,
  },
  'year-real': {
    figures: [
      'year-real',
      'year-real-cpu',
      'year-real-orders',
      'year-real-commits',
      'year-real-memory',
    ],
    run: yearRealBench,
  },
  startup: { figures: ['startup'], run: startupBench },
  page: { figures: ['page', 'page-opens', 'page-finds', 'page-size'], run: pageBench },
  realism: { figures: ['realism'], run: realismBench },
  corpus: {
    figures: [
      'corpus-detected',
      'corpus-median-s',
      'story-median',
      'story-worst',
      'story-replayed',
      'corpus-attributed',
      'false-alarms',
    ],
    run: corpusBench,
  },
  trials: {
    figures: ['trials-per-s', 'trials-per-s-global-fetch', 'calls-per-trial', 'trials-per-s-msw'],
    run: trialsBench,
  },
};
