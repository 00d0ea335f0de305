/** One run of k6: its plan in a file, its scripts, its share, and what it found. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadPlan, loadBegins } from '../../load/plan.ts';
import { SeatrialError } from '../../harness/seatrial-error.ts';
import type { K6 } from './find-k6.ts';
import { inContainer } from './k6-container.ts';
import type { Segment } from './option-readers.ts';

export interface ThresholdResult {
  readonly metric: string;
  readonly limit: string;
  readonly ok: boolean;
}

export interface K6Result {
  readonly thresholds: readonly ThresholdResult[];
  /** Requests of the load, and iterations that found no room. */
  readonly requests: number;
  readonly iterations: number;
  readonly dropped: number;
  /** Documents that k6 was told it made. */
  readonly created: number;
  /** What k6 wrote, for whoever must find out. */
  readonly log: string;
}

export interface K6Run {
  readonly plan: LoadPlan;
  readonly env: Readonly<Record<string, string>>;
  readonly segment: Segment | undefined;
  readonly stop: AbortSignal;
  /** All is prepared and the first arrivals come. */
  readonly onBegin: () => void;
}

/** Exit code of k6 when a threshold was crossed. */
const crossed = 99;

/** Throws `load.failed` when k6 ends in any other way than with its thresholds judged. */
export async function runK6(k6: K6, run: K6Run): Promise<K6Result> {
  const { plan, env, segment } = run;
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-load-'));
  try {
    const planFile = join(folder, 'plan.json');
    const summaryFile = join(folder, 'summary.json');
    writeFileSync(planFile, JSON.stringify(plan));
    const words = [
      'run',
      '--quiet',
      '--no-usage-report',
      '--no-color',
      `--summary-export=${summaryFile}`,
      ...(segment === undefined ? [] : segmentWords(segment)),
      scriptOf(plan),
    ];
    const told = { ...env, SEATRIAL_LOAD_PLAN: planFile };
    const all = k6.container ? inContainer(words, folder, Object.keys(told)) : words;
    const { code, log } = await ended(k6.path, all, { ...run, env: told });
    if (code === 0 || code === crossed) return { ...summaryOf(summaryFile), log };
    throw new SeatrialError({
      code: 'load.failed',
      task: 'run the load',
      reason: `k6 ended with code ${String(code)}: ${log.slice(-2000).trim()}`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Equal shares; k6 numbers iterations through all of them, so that no two shards have one order. */
export function segmentWords({ index, of }: Segment): string[] {
  const ends = Array.from({ length: of + 1 }, (_, n) =>
    n === 0 ? '0' : n === of ? '1' : `${n}/${of}`,
  );
  return [
    `--execution-segment=${ends[index - 1] as string}:${ends[index] as string}`,
    `--execution-segment-sequence=${ends.join(',')}`,
  ];
}

/** Beside this file as sources or built, whichever this file is. */
const scriptOf = ({ target }: LoadPlan): string =>
  fileURLToPath(new URL(`../../load/k6/${target}${extname(import.meta.url)}`, import.meta.url));

function ended(
  path: string,
  words: readonly string[],
  { env, stop, onBegin }: Pick<K6Run, 'env' | 'stop' | 'onBegin'>,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, words, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    let begun = false;
    const take = (chunk: Buffer): void => {
      log = (log + chunk.toString('utf8')).slice(-64_000);
      if (begun || !log.includes(loadBegins)) return;
      begun = true;
      onBegin();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const interrupt = (): void => void child.kill('SIGINT');
    stop.addEventListener('abort', interrupt, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      stop.removeEventListener('abort', interrupt);
      resolve({ code, log });
    });
  });
}

interface Exported {
  readonly metrics: Readonly<
    Record<
      string,
      { readonly thresholds?: Readonly<Record<string, boolean>>; readonly count?: number }
    >
  >;
}

function summaryOf(file: string): Omit<K6Result, 'log'> {
  const { metrics } = JSON.parse(readFileSync(file, 'utf8')) as Exported;
  const countOf = (name: string): number => metrics[name]?.count ?? 0;
  return {
    // The export says of each whether it was crossed.
    thresholds: Object.entries(metrics).flatMap(([metric, { thresholds = {} }]) =>
      Object.entries(thresholds).map(([limit, failed]) => ({ metric, limit, ok: !failed })),
    ),
    requests: countOf('http_reqs'),
    iterations: countOf('iterations'),
    dropped: countOf('dropped_iterations'),
    created: countOf('seatrial_documents'),
  };
}
