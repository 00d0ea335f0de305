/** One pattern of traffic through one server, and what both ends saw of it: bytes, when, and how it ended. */
import { createHash } from 'node:crypto';
import { type Socket, connect, createServer } from 'node:net';
import { realSleep, stopwatch } from '../../../harness/clock.ts';

export type Ending = 'open' | 'fin' | 'rst' | 'refused';

/** What one end of the connection saw. */
export interface Seen {
  readonly bytes: number;
  readonly hash: string;
  readonly ending: Ending;
  /** Milliseconds since the client connected: first byte, half of the bytes, last byte, the end. */
  readonly times: {
    readonly first: number;
    readonly half: number;
    readonly last: number;
    readonly end: number;
  };
}

export interface Observation {
  readonly client: Seen;
  readonly upstream: Seen;
  /** Statuses of the API calls on the way. */
  readonly statuses: readonly number[];
}

type Step =
  | { readonly send: number }
  | { readonly upstreamSend: number }
  | { readonly do: 'end' | 'reset' | 'upstreamEnd' | 'upstreamReset' | 'reconnect' }
  | { readonly api: readonly [method: string, path: string, body?: object] };

export interface Pattern {
  readonly name: string;
  /** Toxics of the proxy before anybody connects. */
  readonly toxics?: readonly object[];
  /** What upstream does with what it receives; default `echo`. */
  readonly upstream?: 'echo' | 'sink' | 'absent' | 'slow';
  /** Milliseconds after the client connected, and what happens then. `{p}` is the proxy's path. */
  readonly steps: readonly (readonly [atMs: number, step: Step])[];
  readonly lastsMs: number;
}

class Watched {
  ending: Ending = 'open';
  readonly #since: () => number;
  readonly #hash = createHash('sha1');
  readonly #arrivals: [at: number, bytes: number][] = [];
  bytes = 0;
  #endedAt = -1;

  constructor(since: () => number) {
    this.#since = since;
  }

  watch(socket: Socket, got: (data: Buffer) => void = () => {}): void {
    socket.on('data', (data: Buffer) => {
      this.#hash.update(data);
      this.bytes += data.length;
      this.#arrivals.push([this.#since(), this.bytes]);
      got(data);
    });
    socket.on('end', () => this.#end('fin'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) =>
      this.#end(code === 'ECONNREFUSED' ? 'refused' : 'rst'),
    );
  }

  #end(ending: Ending): void {
    if (this.ending !== 'open') return;
    this.ending = ending;
    this.#endedAt = this.#since();
  }

  seen(): Seen {
    const half = this.#arrivals.find(([, bytes]) => bytes * 2 >= this.bytes);
    return {
      bytes: this.bytes,
      hash: this.#hash.digest('hex').slice(0, 8),
      ending: this.ending,
      times: {
        first: this.#arrivals[0]?.[0] ?? -1,
        half: half?.[0] ?? -1,
        last: this.#arrivals.at(-1)?.[0] ?? -1,
        end: this.#endedAt,
      },
    };
  }
}

/** Bytes that show when one of them is lost or out of its place. */
const numbered = (from: number, count: number): Buffer => {
  const bytes = Buffer.alloc(count);
  for (let i = 0; i < count; i++) bytes[i] = ((from + i) * 2_654_435_761) >>> 24;
  return bytes;
};

export async function observe(url: string, pattern: Pattern): Promise<Observation> {
  const { upstream: mode = 'echo', toxics = [], steps, lastsMs } = pattern;
  let since = stopwatch();
  const elapsed = (): number => since();
  const [client, upstream] = [new Watched(elapsed), new Watched(elapsed)];
  let accepted: Socket | undefined;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    accepted = socket;
    upstream.watch(socket, (data) => {
      if (mode === 'echo') socket.write(data);
    });
    if (mode === 'slow') {
      socket.pause();
      realSleep(300).then(() => socket.resume());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  if (mode === 'absent') await new Promise((resolve) => server.close(resolve));
  const name = `p${port}`;
  const path = `/proxies/${name}`;
  const bytes = (): number => client.bytes + upstream.bytes;
  const statuses: number[] = [];
  const api = async (method: string, at: string, body?: object): Promise<string> => {
    const reply = await fetch(url + at, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    statuses.push(reply.status);
    return reply.text();
  };
  const made = await api('POST', '/proxies', {
    name,
    listen: '127.0.0.1:0',
    upstream: `127.0.0.1:${port}`,
  });
  for (const toxic of toxics) await api('POST', `${path}/toxics`, toxic);
  const address = (JSON.parse(made) as { listen: string }).listen.split(':');
  const open = (): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect({
        port: Number(address[1]),
        host: '127.0.0.1',
        allowHalfOpen: true,
        noDelay: true,
      });
      client.watch(socket);
      socket.once('connect', () => resolve(socket));
      socket.once('error', () => resolve(socket));
    });
  let socket = await open();
  since = stopwatch();
  let [sent, answered] = [0, 0];
  const act = async (step: Step): Promise<void> => {
    if ('send' in step) {
      socket.write(numbered(sent, step.send));
      sent += step.send;
    } else if ('upstreamSend' in step) {
      accepted?.write(numbered(answered, step.upstreamSend));
      answered += step.upstreamSend;
    } else if ('api' in step) {
      const [method, at, body] = step.api;
      await api(method, at.replace('{p}', path), body);
    } else if (step.do === 'end') socket.end();
    else if (step.do === 'reset') socket.resetAndDestroy();
    else if (step.do === 'upstreamEnd') accepted?.end();
    else if (step.do === 'upstreamReset') accepted?.resetAndDestroy();
    else {
      socket.destroy();
      socket = await open();
    }
  };
  // One after the other, so that a busy machine makes them late and never turns them around.
  for (const [atMs, step] of steps) {
    await realSleep(Math.max(0, atMs - elapsed()));
    // Whoever ends or changes something means what was sent before to be through.
    if ('do' in step || 'api' in step) await calm(bytes, 10);
    await act(step);
  }
  await realSleep(Math.max(0, lastsMs - elapsed()));
  await calm(bytes, 40);
  const observation = { client: client.seen(), upstream: upstream.seen(), statuses };
  socket.destroy();
  accepted?.destroy();
  server.close();
  await fetch(`${url}${path}`, { method: 'DELETE' });
  return observation;
}

/** Until nothing comes any more, and this process gets its turns on time: what is due had its chance. */
async function calm(bytes: () => number, forMs: number): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const [since, before] = [stopwatch(), bytes()];
    await realSleep(forMs);
    if (since() < forMs + 15 && bytes() === before) return;
  }
}

/** How two observations differ, in words; none when they agree. */
export function differences(ours: Observation, real: Observation): string[] {
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (a !== b) found.push(`${what}: ${a} here, ${b} there`);
  };
  compare('statuses', ours.statuses.join(), real.statuses.join());
  for (const end of ['client', 'upstream'] as const) {
    compare(`bytes at ${end}`, ours[end].bytes, real[end].bytes);
    compare(`order at ${end}`, ours[end].hash, real[end].hash);
    compare(`ending at ${end}`, ours[end].ending, real[end].ending);
    for (const time of ['first', 'half', 'last', 'end'] as const) {
      const [a, b] = [ours[end].times[time], real[end].times[time]];
      // Relative to the other server, and never finer than a busy machine's scheduling.
      if (Math.abs(a - b) > 35 + 0.12 * Math.max(a, b)) {
        found.push(`${time} byte at ${end}: ${Math.round(a)} ms here, ${Math.round(b)} ms there`);
      }
    }
  }
  return found;
}
