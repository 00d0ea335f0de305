import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';

const server = createServer();
afterAll(() => server.close());

/** Ends only when somebody ends it; whoever listens sees that by the connection. */
const clings = (port: number): string =>
  `require('node:net').connect(${port}, '127.0.0.1'); setInterval(() => {}, 1000)`;

test.skipIf(process.platform === 'win32')(
  'what a process started ends with it, even when it is killed',
  async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const starter = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { spawn } from 'node:child_process';
         import { endWithUs } from '${new URL('dead-mans-switch.ts', import.meta.url).href}';
         const script = ${JSON.stringify(clings(port))};
         endWithUs(spawn(process.execPath, ['--eval', script], { detached: true, stdio: 'ignore' }));`,
      ],
      { stdio: 'inherit' },
    );
    const [socket] = await connected;
    // The other side is killed: that may well be a reset.
    socket.on('error', () => {});
    const left = once(socket, 'close');
    expect(starter.exitCode).toBeNull();
    starter.kill('SIGKILL');
    socket.resume();
    await left;
  },
);
