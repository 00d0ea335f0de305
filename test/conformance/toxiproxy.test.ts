/**
 * Two clients that nobody here wrote drive the embedded server, and the same assertions hold against
 * the real one: `toxiproxy-node-client`, and Toxiproxy's own Go client in a small program of ours.
 */
import { execFile, spawnSync } from 'node:child_process';
import { type AddressInfo, type Server, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Toxiproxy } from 'toxiproxy-node-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopwatch } from '../../harness/clock.ts';
import type { ToxiproxyServer } from '../../chaos/network/toxiproxy-server.ts';
import { leftOut } from '../left-out.ts';
import { realServer, startOurs, startReal } from '../toxiproxy/servers.ts';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

const goProgram = fileURLToPath(new URL('toxiproxy-go-client/', import.meta.url));
const built = temporaryFolder();
const withoutGo = leftOut(
  'go',
  spawnSync('go', ['version']).status === 0,
  "Toxiproxy's own Go client",
  'Install Go 1.23 or later.',
);

interface Exchange {
  readonly text: string;
  readonly error: string | undefined;
  readonly tookMs: number;
}

const exchange = (listen: string, message: string): Promise<Exchange> =>
  new Promise((resolve) => {
    const elapsed = stopwatch();
    let text = '';
    const socket = connect(Number(listen.split(':')[1]), '127.0.0.1', () => socket.write(message));
    const done = (error?: string): void => {
      socket.destroy();
      resolve({ text, error, tookMs: elapsed() });
    };
    socket.on('data', (data) => {
      text += data.toString();
      if (text.length >= message.length) done();
    });
    socket.on('end', () => done('end'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => done(code));
  });

describe.each([
  ['embedded', startOurs, false],
  ['real', startReal, !realServer()],
] as const)('the %s Toxiproxy', (_which, start, left) => {
  let server: ToxiproxyServer;
  let echo: Server;
  let upstream: string;

  beforeAll(async () => {
    if (left) return;
    server = await start();
    echo = createServer((socket) => {
      socket.on('error', () => {});
      socket.pipe(socket);
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    upstream = `127.0.0.1:${(echo.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await server?.close();
    echo?.close();
  });

  test.skipIf(left)('through toxiproxy-node-client', async () => {
    const client = new Toxiproxy(server.url);
    expect(await client.getVersion()).toContain('version');
    const made = await client.createProxy({ name: 'node', listen: '127.0.0.1:0', upstream });
    expect(made.enabled).toBe(true);
    expect(made.listen).not.toContain(':0');
    const again = client.createProxy({ name: 'node', listen: '127.0.0.1:0', upstream });
    await expect(again).rejects.toThrow('409');
    await expect(client.get('none')).rejects.toThrow('404');
    expect(await exchange(made.listen, 'hello')).toMatchObject({ text: 'hello', error: undefined });

    const toxic = { name: 'slow', type: 'latency', stream: 'downstream', toxicity: 1 } as const;
    const slow = await made.addToxic({ ...toxic, attributes: { latency: 150, jitter: 0 } });
    expect((await exchange(made.listen, 'hello')).tookMs).toBeGreaterThanOrEqual(149);
    const changed = await slow.update({ ...toxic, attributes: { latency: 0, jitter: 3 } });
    expect(changed.attributes).toEqual({ latency: 0, jitter: 3 });
    expect((await made.getToxic('slow')).toJson()).toEqual(changed.toJson());
    await slow.remove();
    await expect(made.getToxic('slow')).rejects.toThrow('404');

    await made.addToxic({ ...toxic, name: 'rst', type: 'reset_peer', attributes: { timeout: 0 } });
    expect(await exchange(made.listen, 'hello')).toMatchObject({ text: '', error: 'ECONNRESET' });
    const { listen } = made;
    const disabled = await made.update({ enabled: false, listen, upstream });
    expect(disabled.enabled).toBe(false);
    expect((await exchange(listen, 'hello')).error).toBe('ECONNREFUSED');
    await client.reset();
    expect((await exchange(listen, 'hello')).text).toBe('hello');

    const all = await client.populate([
      { name: 'node', listen, upstream },
      { name: 'other', listen: '127.0.0.1:0', upstream, enabled: false },
    ]);
    expect([all['node']?.enabled, all['other']?.enabled]).toEqual([true, false]);
    expect(Object.keys(await client.getAll()).sort()).toEqual(['node', 'other']);
    for (const proxy of Object.values(await client.getAll())) await proxy.remove();
    expect(await client.getAll()).toEqual({});
  });

  test.skipIf(left || withoutGo)(
    "through Toxiproxy's own Go client",
    { timeout: 180_000 },
    async () => {
      const program = join(built, 'client');
      const build = spawnSync('go', ['build', '-o', program, '.'], {
        cwd: goProgram,
        encoding: 'utf8',
        env: { ...process.env, CGO_ENABLED: '0' },
      });
      expect([build.status, build.stderr]).toEqual([0, expect.any(String)]);
      const said = await new Promise<string>((resolve) => {
        execFile(program, [server.url], (_error, stdout, stderr) => resolve(stdout + stderr));
      });
      const lines = said.trim().split('\n');
      expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
      expect(lines.length).toBeGreaterThanOrEqual(29);
    },
  );
});
