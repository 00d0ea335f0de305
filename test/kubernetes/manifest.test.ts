/**
 * The manifest of a load in a cluster, without a cluster: its landscapes with their arguments, the forwarder
 * before each, the integration beside it, and k6 as k6-operator runs it. Needs k6.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { type Server, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type Started, Workbench } from '../../cli/testing/run-seatrial.ts';
import type { LandscapeView } from '../../harness/control.ts';
import { landscapeEnvironment } from '../../harness/start-process.ts';
import { freePort } from '../../harness/watched-process.ts';
import { leftOut } from '../left-out.ts';
import { Manifest } from './manifest.ts';
import { type Finished, answered, initialize, resume, startRunner } from './operator.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const k6 = join(repository, '.tools/bin/k6');
const sound = join(repository, 'test/integrations/sound/main.ts');
const orders = 24;

const manifest = new Manifest();
const bench = new Workbench();
const integrations: ChildProcess[] = [];
const doors: Server[] = [];

/** A pod of the StatefulSet: its landscape, and the integration that hears of it. */
interface Pod {
  readonly landscape: Started;
  readonly data: string;
  readonly control: number;
}

/** The arguments of the manifest, with ports that are free here and folders that are its own. */
async function startPod(n: number, door: number): Promise<Pod> {
  const [control, procurement, erp, wms, webhooks] = await Promise.all(
    Array.from({ length: 5 }, freePort),
  );
  const here: Record<string, string> = {
    7070: String(control),
    41001: String(procurement),
    41002: String(erp),
    41003: String(wms),
    8080: String(webhooks),
    '/data': `data-${n}`,
    '/run/seatrial/': `run-${n}-`,
  };
  const { args, env } = manifest.container('landscape');
  const place = new RegExp(Object.keys(here).join('|'), 'g');
  const words = args.map((word) => word.replaceAll(place, (found) => here[found] as string));
  const told = manifest.environment(env);
  const landscape = bench.start(words, told);
  const headers = { authorization: `Bearer ${told['SEATRIAL_CONTROL_TOKEN']}` };
  const main = `http://127.0.0.1:${control}/v1/landscapes/main`;
  const view = (await (await answered(main, { headers })).json()) as LandscapeView;
  integrations.push(startIntegration(webhooks as number, view));
  await openDoor(n, door, control as number);
  return { landscape, data: `data-${n}`, control: control as number };
}

function startIntegration(port: number, { systems, webhookSecret }: LandscapeView): ChildProcess {
  const addresses = Object.fromEntries(systems.map(({ name, ...address }) => [name, address]));
  return spawn(process.execPath, [sound], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      ...landscapeEnvironment(addresses, webhookSecret),
    },
    stdio: 'ignore',
  });
}

/** The forwarder in the pod, which has an address of its own on loopback. */
function openDoor(n: number, port: number, control: number): Promise<void> {
  const door = createServer((from) => {
    const to = connect(control, '127.0.0.1');
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  });
  doors.push(door);
  return new Promise((resolve) => door.listen(port, `127.0.1.${n}`, resolve));
}

afterAll(() => {
  for (const each of integrations) each.kill();
  for (const each of doors) each.close();
});

describe.skipIf(
  leftOut('k6', existsSync(k6), 'Loads in a cluster', '"npm run tools k6" installs it.'),
)('a load in a cluster', () => {
  test('as k6-operator runs it makes the orders once, and its joined histories hold', async () => {
    const { script, runner, parallelism } = manifest.testRun;
    expect(parallelism).toBe(manifest.shards);
    const door = await freePort();
    const pods = await Promise.all(
      Array.from({ length: manifest.shards }, (_, n) => startPod(n, door)),
    );

    // The volume of the scripts.
    for (const room of ['load', 'harness', 'domain', 'scenarios'])
      cpSync(join(repository, room), join(bench.folder, 'test', room), { recursive: true });
    const drawn = ['--pace', 'max', '--orders', String(orders), '--at-once', '8'];
    const plan = ['--plan', 'test/plan.json', '--seed', 'peak-day', '--patience', '120s'];
    expect((await bench.run('load', ...plan, ...drawn)).code).toBe(0);
    const scriptFile = join(bench.folder, 'test', script.volumeClaim.file);
    const told = manifest.environment(runner.env);
    const common = {
      ...told,
      SEATRIAL_LOAD_PLAN: join(bench.folder, told['SEATRIAL_LOAD_PLAN'] as string),
      SEATRIAL_CONTROL_URLS: `http://127.0.1.%d:${door}`,
    };

    const archive = join(bench.folder, 'tmp', `${script.volumeClaim.file}.archived.tar`);
    const inspected = await initialize(k6, scriptFile, archive, common);
    expect(inspected.code).toBe(0);
    expect(JSON.parse(inspected.output)).toMatchObject({
      scenarios: { orders: { iterations: orders } },
    });

    const runs = await Promise.all(
      pods.map(async ({ control }, n): Promise<Finished> => {
        const port = await freePort();
        const environment = { ...common, SEATRIAL_CONTROL_HOST: `127.0.0.1:${control}` };
        const pod = { index: n + 1, of: pods.length, script: scriptFile, environment, port };
        const ended = startRunner(k6, pod);
        await resume(port);
        return ended;
      }),
    );
    // A shard of six orders leaves promises unknown; together they do not.
    for (const { code, output } of runs) {
      expect([0, 99]).toContain(code);
      expect(output).toMatch(/verdict: (holds|unknown), owed: 0/);
    }

    // As copied while the landscapes go on, and as they leave them.
    const data = pods.map((each) => each.data);
    const copies = data.map((each) => `copy-of-${each}`);
    data.forEach((each, n) =>
      cpSync(join(bench.folder, each), join(bench.folder, copies[n] as string), {
        recursive: true,
      }),
    );
    for (const { landscape } of pods) landscape.signal('SIGTERM');
    for (const { landscape } of pods) expect((await landscape.ended).code).toBe(0);
    for (const places of [copies, data]) {
      const joined = await bench.run('check', ...places, '--json', '-', '--quiet');
      const report = JSON.parse(joined.stdout) as { verdict: string; flows: unknown[] };
      expect([joined.code, report.verdict]).toEqual([0, 'holds']);
      expect(report.flows).toContainEqual(
        expect.objectContaining({ flow: 'order-to-erp', owed: orders, arrived: orders }),
      );
    }
  }, 600_000);
});
