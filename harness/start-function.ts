/**
 * An integration in this process, with a life of its own: it starts, may be ended by a fault in the
 * middle of whatever it does, and starts again over what it had stored. What an ended life had begun
 * never goes on: its calls are not answered, its timers do not fire.
 */
import type { Clock, Timer } from './clock.ts';
import { intercepted } from './edge/intercepted.ts';
import type { Crash } from './fault.ts';
import type {
  Integration,
  IntegrationEnvironment,
  RunningFunction,
  RunningIntegration,
} from './integration.ts';
import { Machine, type MachineOptions } from './machine.ts';
import type { Outcome, WireReply, WireRequest } from './wire.ts';
import { cut, reply } from './wire.ts';

type FunctionIntegration = Extract<Integration, { kind: 'function' }>;

/** One life: from a start to a crash or the end of the trial. */
interface Life {
  readonly machine: Machine;
  /** Told when it ends: who waits for an answer of it. */
  readonly waiting: Set<() => void>;
  end(): void;
  running: RunningFunction | undefined;
}

export interface FunctionOptions extends MachineOptions {
  /** Whether HTTP clients without a fetch of their own reach the landscape, too. */
  readonly intercepts: boolean;
  /** Records what became of it. */
  note(event: 'started' | 'killed', detail?: string): void;
}

/** Starts it. Throws what its start function throws. */
export async function startFunction(
  integration: FunctionIntegration,
  environment: Omit<IntegrationEnvironment, 'storage'>,
  options: FunctionOptions,
): Promise<RunningIntegration> {
  const running = new RunningInProcess(integration, environment, options);
  await running.begin();
  return running;
}

class RunningInProcess implements RunningIntegration {
  readonly #integration: FunctionIntegration;
  readonly #environment: Omit<IntegrationEnvironment, 'storage'>;
  readonly #options: FunctionOptions;
  readonly #storage = new Map<string, unknown>();
  readonly #unpatch: () => void;
  #release = (): void => {};
  readonly #lives: Life[] = [];
  #away = 0;
  #death: string | undefined;
  #output = '';
  #left = 0;
  #thrown = 0;

  constructor(
    integration: FunctionIntegration,
    environment: Omit<IntegrationEnvironment, 'storage'>,
    options: FunctionOptions,
  ) {
    this.#integration = integration;
    this.#environment = environment;
    this.#options = options;
    this.#unpatch = Machine.begin();
  }

  async begin(): Promise<void> {
    try {
      if (this.#options.intercepts) this.#release = await intercepted();
      await this.#live();
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  readonly post = async (_path: string, request: WireRequest): Promise<Outcome> => {
    const life = this.#lives.at(-1);
    if (life?.running === undefined) return cut('refused');
    const { running, machine, waiting } = life;
    if (running.webhook === undefined) return reply({ status: 204, headers: {}, body: '' });
    const answered = machine.run(() => this.#answer(running, request));
    // Not a race with a promise of the end: that would remember every answer until then.
    return new Promise((resolve, reject) => {
      const breakOff = (): void => resolve(cut('reset'));
      waiting.add(breakOff);
      answered.then(resolve, reject).finally(() => waiting.delete(breakOff));
    });
  };

  died(): string | undefined {
    return this.#death;
  }

  output(): string {
    return this.#output.trim();
  }

  pending(): number {
    return this.#away + (this.#lives.at(-1)?.running?.pending?.() ?? 0);
  }

  crash({ downMs, keeps }: Crash): void {
    const life = this.#lives.at(-1);
    if (life?.running === undefined) return;
    life.running = undefined;
    life.end();
    if (!keeps) this.#storage.clear();
    this.#options.note('killed', keeps ? 'what it stored is kept' : 'what it stored is lost');
    this.#away++;
    this.#options.clock.after(downMs, () => void this.#comeBack());
  }

  /** What it left running and what of the real machine it used, each in a few words. */
  findings(): string[] {
    const leaks = this.#lives.flatMap(({ machine }) => machine.leaks());
    return [
      ...[...new Set(leaks)].map(
        (name) => `the integration used ${name}: the trial may not replay exactly`,
      ),
      ...(this.#thrown === 0
        ? []
        : [
            `the integration threw ${this.#thrown} times where nobody catches: a process would end`,
          ]),
    ];
  }

  async stop(): Promise<void> {
    const life = this.#lives.at(-1);
    try {
      await life?.machine.run(async () => life.running?.stop?.());
      this.#left = life?.machine.timers ?? 0;
    } finally {
      this.#end();
    }
  }

  /** Timers of the machine that are set although nobody will need them any more. */
  get left(): number {
    return this.#left;
  }

  #end(): void {
    for (const life of this.#lives) life.end();
    this.#release();
    this.#unpatch();
  }

  async #comeBack(): Promise<void> {
    try {
      await this.#live();
      this.#options.note('started', 'again');
    } catch (error) {
      this.#death = `an error when it started again: ${said(error)}`;
    }
    this.#away--;
  }

  async #live(): Promise<void> {
    const number = this.#lives.length + 1;
    const machine = new Machine({
      ...this.#options,
      random: this.#options.random.fork(`integration ${number}`),
      failed: (error) => this.#threw(error),
    });
    const waiting = new Set<() => void>();
    const end = (): void => {
      machine.end();
      for (const breakOff of waiting) breakOff();
    };
    const life: Life = { machine, waiting, end, running: undefined };
    this.#lives.push(life);
    const environment: IntegrationEnvironment = {
      ...this.#environment,
      fetch: answeredWhileAlive(machine, this.#environment.fetch),
      clock: clockOf(machine, this.#options.clock, this.#options.offsetMs),
      storage: this.#storage,
    };
    life.running = await machine.run(async () => this.#integration.start(environment));
  }

  async #answer(running: RunningFunction, request: WireRequest): Promise<Outcome> {
    try {
      const answer: unknown = await running.webhook?.(request);
      if (isReply(answer)) return reply(answer);
      this.#say(`It answered a webhook with what is no answer: ${JSON.stringify(answer)}`);
      return cut('reset');
    } catch (error) {
      this.#say(error);
      return cut('reset');
    }
  }

  #threw(error: unknown): void {
    this.#thrown++;
    this.#say(error);
  }

  #say(error: unknown): void {
    this.#output = `${this.#output}${said(error)}\n`.slice(-4000);
  }
}

/** What a process could have answered: anything else is a connection that breaks. */
function isReply(answer: unknown): answer is WireReply {
  if (typeof answer !== 'object' || answer === null) return false;
  const { status, headers } = answer as Partial<WireReply>;
  const known = Number.isInteger(status) && (status as number) >= 100 && (status as number) < 600;
  return known && typeof headers === 'object';
}

const said = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Answers reach only those who live. */
const answeredWhileAlive =
  (machine: Machine, fetch: IntegrationEnvironment['fetch']): IntegrationEnvironment['fetch'] =>
  async (input, init) => {
    if (!machine.alive) return never();
    try {
      const response = await fetch(input, init);
      return machine.alive ? response : await never<Response>();
    } catch (error) {
      if (machine.alive) throw error;
      return never();
    }
  };

const never = <T>(): Promise<T> => new Promise(() => {});

function clockOf(machine: Machine, clock: Clock, offsetMs: () => number = () => 0): Clock {
  const after = (delayMs: number, action: () => void): Timer =>
    clock.after(delayMs, () => {
      if (machine.alive) machine.act(action);
    });
  return {
    kind: clock.kind,
    speed: clock.speed,
    now: () => clock.now() + offsetMs(),
    after,
    sleep: (delayMs) => new Promise((resolve) => after(delayMs, resolve)),
  };
}
