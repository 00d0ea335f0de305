/**
 * The image, the composition and Testcontainers for real, with the Docker of this machine: the image is
 * built, `docker compose up` is healthy and locked down, and a trial runs through containers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer as createHttpServer, get } from 'node:http';
import { type Socket, connect } from 'node:net';
import { ToxiProxyContainer, type StartedToxiProxyContainer } from '@testcontainers/toxiproxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRelay, type Relay, facing } from '../../chaos/network/relay.ts';
import { toxiproxyImage } from '../../chaos/network/toxiproxy-container.ts';
import { openToxiproxyWires } from '../../chaos/network/toxiproxy-wires.ts';
import { diagnose } from '../../cli/diagnose.ts';
import { freePort } from '../../harness/watched-process.ts';
import { network } from '../../index.ts';
import { SeatrialContainer, type StartedSeatrialContainer } from '../../testcontainers.ts';
import { images } from '../../tools/docker/images.ts';
import { compose, ready, root, run, withoutDocker } from './docker-here.ts';

const left = withoutDocker();
const patience = 400_000;
let image = '';

beforeAll(async () => {
  if (!left) image = await ready();
}, patience);

describe.skipIf(left)('the image', { timeout: patience }, () => {
  const inspected = (): { Size: number; Config: Record<string, unknown> } =>
    JSON.parse(run('docker', ['image', 'inspect', image]).stdout)[0];

  test('is small, runs as nobody and says when it is well', () => {
    const { Size, Config } = inspected();
    expect(Size).toBeLessThan(200e6);
    expect(Config['User']).toBe('65532:65532');
    expect(Config['Healthcheck']).toBeDefined();
    expect(Config['Env']).not.toContainEqual(expect.stringMatching(/token|secret|registry/i));
  });

  test('holds what runs and nothing of what builds', () => {
    const script = `const { readdirSync } = require('node:fs');
      const there = (path) => { try { return readdirSync(path).length > 0 } catch { return false } };
      console.log(JSON.stringify([there('/seatrial/dist'), there('/seatrial/node_modules/msw'),
        there('/seatrial/node_modules/@typescript'), there('/seatrial/node_modules/vitest'),
        process.getuid()]))`;
    const entry = ['--rm', '--network', 'none', '--entrypoint', '/nodejs/bin/node'];
    const { stdout, stderr } = run('docker', ['run', ...entry, image, '-e', script]);
    expect([stdout.trim(), stderr]).toEqual(['[true,true,false,false,65532]', '']);
  });

  test('is a command like any other, read-only and without any right', () => {
    const lock = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'];
    const said = run('docker', ['run', '--rm', '--network', 'none', ...lock, image, 'doctor']);
    expect([said.status, said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('toxiproxy');
  });

  test('the image that a trial starts is the one that the composition starts', () => {
    expect(toxiproxyImage).toBe(images.toxiproxy);
    expect(run('cat', ['docker-compose.yml']).stdout).toContain(`image: ${images.toxiproxy}\n`);
    expect(run('cat', ['docker-compose.yml']).stdout).toContain(`image: ${images.k6}\n`);
  });
});

describe.skipIf(left)('the composition', { timeout: patience }, () => {
  const project = `seatrial-test-${process.pid}`;
  const [program = '', ...first] = compose;
  const ports = { control: 0, toxiproxy: 0, procurement: 0, erp: 0, wms: 0 };
  const composed = (parameters: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    run(program, [...first, '-p', project, ...parameters], {
      SEATRIAL_IMAGE: image,
      SEATRIAL_CONTROL_TOKEN: 'of-this-test',
      SEATRIAL_CONTROL_PORT: String(ports.control),
      TOXIPROXY_PORT: String(ports.toxiproxy),
      PROCUREMENT_PORT: String(ports.procurement),
      ERP_PORT: String(ports.erp),
      WMS_PORT: String(ports.wms),
      ...more,
    });
  const idOf = (service: string): string => composed(['ps', '-q', service]).stdout.trim();
  const landscape = (): string => `http://127.0.0.1:${ports.control}/v1/landscapes/main`;
  const toxiproxy = (): string => `http://127.0.0.1:${ports.toxiproxy}`;
  const control = { authorization: 'Bearer of-this-test', 'content-type': 'application/json' };

  beforeAll(async () => {
    // The usual ones may be in use.
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    const up = composed(['up', '-d', '--no-build']);
    if (up.status !== 0) throw new Error(up.stdout + up.stderr);
  }, patience);
  afterAll(() => void composed(['--profile', 'load', 'down', '-v', '-t', '5']), patience);

  test('is well: both by their own health checks', async () => {
    for (const service of ['seatrial', 'toxiproxy']) {
      const health = (): string =>
        run('docker', ['inspect', '-f', '{{.State.Health.Status}}', idOf(service)]).stdout.trim();
      await expect.poll(health, { timeout: 60_000, interval: 500 }).toBe('healthy');
    }
  });

  test('is locked down, and published on loopback only', () => {
    for (const service of ['seatrial', 'toxiproxy']) {
      const [{ HostConfig, Config, NetworkSettings }] = JSON.parse(
        run('docker', ['inspect', idOf(service)]).stdout,
      );
      expect(HostConfig.ReadonlyRootfs).toBe(true);
      expect(HostConfig.CapDrop).toEqual(['ALL']);
      expect(HostConfig.SecurityOpt).toEqual(['no-new-privileges:true']);
      expect(Config.User).toMatch(/^[1-9]\d+:[1-9]\d+$/);
      const bindings = Object.values<{ HostIp: string }[] | null>(NetworkSettings.Ports).flat();
      const published = bindings.filter((each) => each !== null);
      expect(published.length).toBeGreaterThan(0);
      expect(published.every(({ HostIp }) => HostIp === '127.0.0.1')).toBe(true);
    }
  });

  test('an integration reaches the ERP through Toxiproxy, and no longer when the wire is cut', async () => {
    const { environment } = (await (await fetch(landscape(), { headers: control })).json()) as {
      environment: Record<string, string>;
    };
    // What the log says to export is true on this machine, unless other ports were asked for.
    expect(environment['SEATRIAL_ERP_URL']).toBe('http://127.0.0.1:41002');
    const erp = `http://127.0.0.1:${ports.erp}`;
    const token = async (): Promise<number> => {
      const reply = await fetch(`${erp}${environment['SEATRIAL_ERP_TOKEN_PATH']}`, {
        method: 'POST',
        headers: { connection: 'close' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: environment['SEATRIAL_ERP_CLIENT_ID'] as string,
          client_secret: environment['SEATRIAL_ERP_CLIENT_SECRET'] as string,
        }),
      });
      return reply.status;
    };
    const wire = `${toxiproxy()}/proxies/${encodeURIComponent('integration -> erp')}`;
    const enable = (enabled: boolean) =>
      fetch(wire, { method: 'POST', body: JSON.stringify({ enabled }) });
    expect(await token()).toBe(200);
    await enable(false);
    await expect(token()).rejects.toThrow('fetch failed');
    await enable(true);
    expect(await token()).toBe(200);
  });

  test('the control API answers nobody under a name that is not its own', async () => {
    const asked = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const place = { host: '127.0.0.1', port: ports.control, path: '/openapi.json' };
        get({ ...place, headers: { host } }, ({ statusCode }) => resolve(statusCode)).on(
          'error',
          reject,
        );
      });
    const hosts = ['seatrial:7070', 'localhost:9', 'rebound.example:7070'];
    expect(await Promise.all(hosts.map(asked))).toEqual([200, 200, 421]);
  });

  test('a Toxiproxy that publishes its API only is found out before a trial relies on it', async () => {
    const opening = openToxiproxyWires({ toxiproxy: toxiproxy(), seed: 'a' });
    await expect(opening).rejects.toMatchObject({ code: 'toxiproxy.no-passage' });
    const left = await (await fetch(`${toxiproxy()}/proxies`)).json();
    expect(Object.keys(left as object)).toHaveLength(4);
  });

  test('with the profile `load`, k6 lets buyers order', () => {
    const { status, stdout, stderr } = composed(['--profile', 'load', 'run', '--rm', 'k6'], {
      RATE: '10',
      DURATION: '3s',
    });
    expect([status, status === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  });

  test('it stops when it is asked to, with connections open', async () => {
    const open = await Promise.all(
      [ports.control, ports.erp].map(
        (port) =>
          new Promise<Socket>((resolve) => {
            const socket = connect(port, '127.0.0.1', () => resolve(socket));
            socket.on('error', () => {});
            socket.write('GET / HTTP/1.1\r\n');
          }),
      ),
    );
    const id = idOf('seatrial');
    expect(composed(['stop', '-t', '20']).status).toBe(0);
    const { stdout } = run('docker', ['inspect', '-f', '{{.State.ExitCode}}', id]);
    expect(stdout.trim()).toBe('0');
    for (const socket of open) socket.destroy();
  });
});

describe.skipIf(left)('Testcontainers', { timeout: patience }, () => {
  let toxiproxy: StartedToxiProxyContainer;
  let seatrial: StartedSeatrialContainer;

  beforeAll(async () => {
    if (left) return;
    toxiproxy = await new ToxiProxyContainer(images.toxiproxy).start();
    seatrial = await new SeatrialContainer(image).start();
  }, patience);
  afterAll(() => Promise.all([toxiproxy?.stop(), seatrial?.stop()]), patience);

  /** The integration, on this machine: a port of its own that the Toxiproxy can reach. */
  async function integration(
    file: string,
    environment: Readonly<Record<string, string>>,
  ): Promise<{ url: string; stop(): Promise<void> }> {
    const port = await freePort();
    const child: ChildProcess = spawn(process.execPath, [`${root}test/integrations/${file}`], {
      shell: false,
      stdio: 'ignore',
      env: { ...process.env, ...environment, PORT: String(port) },
    });
    const ends = await facing(`http://${toxiproxy.getIpAddress('bridge')}:8474`);
    const relay: Relay = await openRelay(ends, `127.0.0.1:${port}`);
    return {
      url: `http://${relay.address}`,
      stop: async () => {
        child.kill();
        await relay.close();
      },
    };
  }

  const workload = { purchaseOrders: 10, over: '4s' } as const;
  const faults = [
    { kind: 'network.latency', link: '* -> *', options: { latency: 5, jitter: 3, for: '3s' } },
    { kind: 'network.reset', link: 'integration -> erp', options: { at: '1s', for: '500ms' } },
  ];

  test('a landscape for an integration on this machine', async () => {
    const { id, environment } = await seatrial.landscape({ seed: 'a' });
    const api = `${environment['SEATRIAL_ERP_URL']}${environment['SEATRIAL_ERP_BASE_PATH']}`;
    expect((await fetch(`${api}/openapi.json`)).status).toBe(200);
    await seatrial.ask('DELETE', `/v1/landscapes/${id}`);
    await expect(seatrial.ask('GET', `/v1/landscapes/${id}`)).rejects.toMatchObject({
      code: 'container.refused',
    });
  });

  test("a trial in seatrial's image, its wires broken in Toxiproxy's", async () => {
    const seed = 'containers-1';
    const environment = await seatrial.environment({ seed }, { toxiproxy });
    const sound = await integration('sound/main.ts', environment);
    try {
      const { verdict } = await seatrial.runTrial(
        { seed, workload, faults, integration: { url: sound.url } },
        { toxiproxy },
      );
      expect(verdict).toBe('holds');
    } finally {
      await sound.stop();
    }
    expect(await toxiproxy.client.getAll()).toEqual({});
  });

  test('what cannot be run has no verdict', async () => {
    const running = seatrial.runTrial({
      seed: 'a',
      workload,
      faults,
      integration: { url: 'http://127.0.0.1:9' },
      toxiproxy: 'http://127.0.0.1:1',
    });
    await expect(running).rejects.toMatchObject({ code: 'container.no-verdict' });
  });

  test('`toxiproxy: container` leads through a Toxiproxy of its own, a RST included', async () => {
    const upstream = createHttpServer((_incoming, outgoing) => outgoing.end('here'));
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const { port } = upstream.address() as { port: number };
    const link = 'integration -> erp';
    const wires = await openToxiproxyWires({ toxiproxy: 'container', seed: 'a' });
    const through = `http://${await wires.address(link, `127.0.0.1:${port}`)}`;
    const ask = () => fetch(through, { headers: { connection: 'close' } });
    expect(await (await ask()).text()).toBe('here');
    await wires.apply(network.reset(link));
    await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await wires.heal();
    expect(await wires.verifyHealed()).toEqual([]);
    expect(await (await ask()).text()).toBe('here');
    await wires.close();
    await expect(ask()).rejects.toThrow('fetch failed');
    upstream.closeAllConnections();
    upstream.close();
  });

  test('the doctor says that it works', async () => {
    const found = await diagnose(process.env);
    const of = (tool: string) => found.find((each) => each.tool === tool);
    expect([of('docker')?.found, of('toxiproxy container')?.found]).toEqual([true, true]);
  });
});
