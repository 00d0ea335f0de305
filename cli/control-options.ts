/** The options of commands that open the control API and the console, and what they print of it. */
import { Option } from 'commander';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ControlServer } from '../control/control-server.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';
import { messageOf } from './describe-failure.ts';
import { port } from './options.ts';
import type { Shell } from './shell.ts';

export interface ControlOptions {
  readonly control?: number;
  readonly console?: boolean;
  readonly controlTokenFile?: string;
  readonly controlHost?: string;
  readonly controlNames?: readonly string[];
  /** Where landscapes listen that are made through the API. */
  readonly host?: string;
}

export const controlOptions = (): Option[] => [
  new Option(
    '--control <port>',
    'open the control API on this loopback port; 0 for any free one',
  ).argParser(port),
  new Option('--console', 'serve the live console in a browser, from the port of the control API'),
  new Option(
    '--control-token-file <file>',
    'write the API token there, readable by you alone, instead of printing it',
  ),
  new Option(
    '--control-host <address>',
    'for containers: the address that the control API listens on; default loopback',
  ),
  new Option(
    '--control-names <list>',
    'for containers: names that the control API answers as, e.g. seatrial,landscape',
  ).argParser((text: string) => text.toLowerCase().split(',')),
];

/** An open control API. */
export interface OpenControl {
  /** Puts a landscape of the command's own under control. */
  show(landscape: Shown): void;
  /** Closes the port and what was made by the API; what was shown stays its maker's. */
  close(): Promise<void>;
}

type Shown = Parameters<typeof import('../control/controlled-landscape.ts').controlled>[0];

/** Opens what the options ask for, and tells where it is; `undefined` when they ask for nothing. */
export async function openControl(
  options: ControlOptions,
  shell: Shell,
): Promise<OpenControl | undefined> {
  const { control, console: wanted = false, controlTokenFile } = options;
  const { host, controlHost, controlNames } = options;
  if (control === undefined && !wanted) return undefined;
  // Loaded only when asked for: it is no part of a quick start.
  const { ControlPlane, startControlServer, consoleAssets, controlled } =
    await import('./control-parts.ts');
  const token = shell.env['SEATRIAL_CONTROL_TOKEN'];
  const plane = new ControlPlane(host);
  const server = await startControlServer({
    plane,
    port: control ?? 0,
    ...(controlHost === undefined ? {} : { host: controlHost }),
    ...(controlNames === undefined ? {} : { names: controlNames }),
    ...(token === undefined || token === '' ? {} : { token }),
    ...(wanted ? { console: consoleAssets() } : {}),
    onFault: (error) => shell.stderr.write(`seatrial: control API: ${stackOf(error)}\n`),
  });
  if (controlTokenFile !== undefined) {
    writeToken(resolve(shell.cwd, controlTokenFile), server.token);
  }
  shell.stderr.write(describe(server, wanted, controlTokenFile));
  return {
    show: (landscape) => void plane.add(controlled(landscape)),
    close: async () => {
      await server.close();
      await plane.close();
    },
  };
}

/** On standard error, because standard output may be a result that a program reads. */
function describe(server: ControlServer, console: boolean, tokenFile: string | undefined): string {
  const { url, token, consoleUrl } = server;
  return [
    `control API      ${url}  (contract: ${url}/openapi.json)`,
    `SEATRIAL_CONTROL_URL=${url}`,
    tokenFile === undefined
      ? `SEATRIAL_CONTROL_TOKEN=${token}`
      : `control token    in ${tokenFile}`,
    ...(console
      ? [`console          ${tokenFile === undefined ? consoleUrl : `${url}/console`}`]
      : []),
    '',
  ].join('\n');
}

function writeToken(path: string, token: string): void {
  try {
    writeFileSync(path, `${token}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new SeatrialError({
      code: 'control.token-not-written',
      task: `write the control token to ${path}`,
      reason: messageOf(cause),
      cause,
    });
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
