/**
 * `seatrial/testcontainers`: seatrial in a container, for teams who test in JavaScript. Needs the
 * optional peer `testcontainers` and a Docker.
 *
 *     const seatrial = await new SeatrialContainer().start();
 *     const { environment } = await seatrial.landscape();
 *     const { verdict } = await seatrial.runTrial({ seed: 'a', workload, integration: { url } });
 */
import {
  AbstractStartedContainer,
  GenericContainer,
  type StartedTestContainer,
  Wait,
} from 'testcontainers';
import type { LandscapeDescription } from './control/create-landscape.ts';
import type { TrialDescription, TrialView } from './control/trial-jobs.ts';
import { SeatrialError } from './harness/seatrial-error.ts';

const controlPort = 7070;
/** Inside; outside, Docker chooses. */
const systemPorts = { procurement: 41001, erp: 41002, wms: 41003 } as const;
/** The first ports that `@testcontainers/toxiproxy` publishes. */
const proxyPorts = { procurement: 8666, erp: 8667, wms: 8668 } as const;

/** seatrial with nothing but its control API, until a landscape or a trial is asked for. */
export class SeatrialContainer extends GenericContainer {
  /** `image` is what `docker build` of seatrial was tagged with. */
  constructor(image = 'seatrial:local') {
    super(image);
    this.withExposedPorts(controlPort, ...Object.values(systemPorts))
      .withEnvironment({ SEATRIAL_CONTROL_TOKEN: token })
      .withCommand(
        `serve --bare --host 0.0.0.0 --control ${controlPort} --control-host 0.0.0.0`.split(' '),
      )
      .withTmpFs({ '/tmp': 'rw' })
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges:true')
      // The image has no shell, which waiting for ports would need.
      .withWaitStrategy(Wait.forHttp('/openapi.json', controlPort));
  }

  override async start(): Promise<StartedSeatrialContainer> {
    return new StartedSeatrialContainer(await super.start());
  }
}

/** No secret: it keeps pages in a browser out, and the port is on this machine for one test. */
const token = 'of-a-test-container';

/** A `StartedToxiProxyContainer` that was asked for no proxy of its own. */
export type ToxiproxyInContainer = StartedTestContainer;

export interface TrialSetting {
  /** Carries the network faults; the integration reaches the systems through its ports. */
  readonly toxiproxy?: ToxiproxyInContainer;
  /** Real time that the trial may take; default ten minutes. */
  readonly timeoutMs?: number;
}

type Environment = Readonly<Record<string, string>>;
type SeededTrial = TrialDescription & { readonly seed: string };

export class StartedSeatrialContainer extends AbstractStartedContainer {
  /** Of the control API, from this machine. */
  get controlUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(controlPort)}`;
  }

  get controlToken(): string {
    return token;
  }

  /**
   * Stands a landscape up and says what an integration on this machine needs of it. There is one at a
   * time; `ask('DELETE', '/v1/landscapes/<id>')` takes it down. Throws `container.refused`.
   */
  async landscape(
    description: Omit<LandscapeDescription, 'ports'> = {},
  ): Promise<{ readonly id: string; readonly environment: Environment }> {
    const made = await this.ask<{ id: string; environment: Environment }>(
      'POST',
      '/v1/landscapes',
      { ...description, ports: systemPorts },
    );
    return { id: made.id, environment: this.#fromHere(made.environment, this, systemPorts) };
  }

  /**
   * What the integration of a trial with this seed needs; it can be started before the trial. Throws
   * `container.refused`.
   */
  async environment(
    { seed, systems }: Pick<SeededTrial, 'seed' | 'systems'>,
    { toxiproxy }: TrialSetting = {},
  ): Promise<Environment> {
    const { id, environment } = await this.landscape({ seed, ...(systems ? { systems } : {}) });
    await this.ask('DELETE', `/v1/landscapes/${id}`);
    if (toxiproxy === undefined) return environment;
    return this.#fromHere(environment, toxiproxy, proxyPorts);
  }

  /**
   * Runs a trial to its end. An integration that is a URL has to be reachable from the container.
   * Throws `container.refused`, and `container.no-verdict` when the trial could not be run.
   */
  async runTrial(
    trial: SeededTrial,
    { toxiproxy, timeoutMs = 600_000 }: TrialSetting = {},
  ): Promise<TrialView & Required<Pick<TrialView, 'verdict'>>> {
    const by = toxiproxy && { toxiproxy: `http://${addressOf(toxiproxy)}:8474` };
    const ports = toxiproxy ? proxyPorts : systemPorts;
    const { id } = await this.ask<TrialView>('POST', '/v1/trials', { ports, ...by, ...trial });
    const ended = await this.ask<TrialView>('GET', `/v1/trials/${id}?wait=${timeoutMs}ms`);
    const { verdict } = ended;
    if (verdict !== undefined) return { ...ended, verdict };
    throw new SeatrialError({
      code: 'container.no-verdict',
      task: `run the trial "${ended.name}"`,
      reason: ended.error ?? `it had not ended after ${timeoutMs} ms`,
    });
  }

  /** Anything of the control API. Throws `container.refused` with what the API says. */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(new URL(path, this.controlUrl), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (reply.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    throw new SeatrialError({
      code: 'container.refused',
      task: `${method} ${path}`,
      reason: `${reply.status} ${text}`,
    });
  }

  #fromHere(
    environment: Environment,
    container: StartedTestContainer,
    ports: Readonly<Record<string, number>>,
  ): Environment {
    const urls = Object.entries(ports)
      .map(([system, port]) => [`SEATRIAL_${system.toUpperCase()}_URL`, port] as const)
      .filter(([name]) => name in environment)
      .map(([name, port]) => [
        name,
        `http://${container.getHost()}:${container.getMappedPort(port)}`,
      ]);
    return { ...environment, ...Object.fromEntries(urls) };
  }
}

/** Among containers. */
function addressOf(container: StartedTestContainer): string {
  const [network = 'bridge'] = container.getNetworkNames();
  return container.getIpAddress(network);
}
