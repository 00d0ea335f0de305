/**
 * What k6-operator does with a TestRun, on one machine: the commands of its initializer, its runners and its
 * starter. Source: grafana/k6-operator at e2c9571, pkg/resources/jobs/initializer.go and runner.go,
 * pkg/segmentation, pkg/resources/containers/curl_start.go.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { segmentWords } from '../../cli/load/run-k6.ts';
import { realSleep } from '../../harness/clock.ts';

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

export interface RunnerPod {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where k6's own API listens; 6565 in a pod. */
  readonly port: number;
}

/** The script is packed and inspected before anything runs. */
export async function initialize(
  k6: string,
  script: string,
  archive: string,
  environment: Readonly<Record<string, string>>,
): Promise<Finished> {
  mkdirSync(dirname(archive), { recursive: true });
  const told = Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const packed = await run(k6, ['archive', script, ...told, '-O', archive], environment);
  if (packed.code !== 0) return packed;
  return run(k6, ['inspect', '--execution-requirements', archive], environment);
}

/** One pod of k6, which waits until it is told to begin. */
export const startRunner = (k6: string, pod: RunnerPod): Promise<Finished> => {
  const { index, of, script, environment, port } = pod;
  const words = [
    'run',
    '--quiet',
    ...segmentWords({ index, of }),
    script,
    `--address=127.0.0.1:${port}`,
    '--paused',
    '--tag',
    `instance_id=${index}`,
    '--tag',
    'testrun_name=seatrial-peak-day',
  ];
  return run(k6, words, { ...environment, HOSTNAME: `seatrial-peak-day-${index}` });
};

/** Lets a runner that waits begin. */
export async function resume(port: number): Promise<void> {
  const attributes = { paused: false, stopped: false };
  const body = JSON.stringify({ data: { attributes, id: 'default', type: 'status' } });
  await answered(`http://127.0.0.1:${port}/v1/status`, { method: 'PATCH', body });
}

/** What is answered as soon as it is well. */
export async function answered(url: string, request: RequestInit): Promise<Response> {
  let last: unknown;
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      const answer = await fetch(url, request);
      if (answer.ok) return answer;
      last = answer.status;
    } catch (error) {
      last = error;
    }
    await realSleep(100);
  }
  throw new Error(`${url} did not answer in time.`, { cause: last });
}

function run(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Finished> {
  const child = spawn(program, words, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
