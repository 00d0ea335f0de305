/** Looks for the tools that seatrial can use, and asks each for its version. */
import { execFile } from 'node:child_process';
import { toxiproxyImage } from '../chaos/network/toxiproxy-container.ts';
import { automaticToxiproxy } from '../chaos/network/toxiproxy-server.ts';
import { messageOf } from './describe-failure.ts';

export interface Diagnosis {
  readonly tool: string;
  readonly required: boolean;
  readonly found: boolean;
  readonly version?: string;
  readonly purpose: string;
  readonly remedy: string;
}

type Env = Readonly<Record<string, string | undefined>>;

interface Tool {
  readonly tool: string;
  readonly purpose: string;
  readonly remedy: string;
  /** The first that answers counts. */
  readonly commands: readonly (readonly [command: string, ...parameters: string[]])[];
}

const patienceMs = 5000;

const tools: readonly Tool[] = [
  {
    tool: 'docker',
    purpose: 'integrations and Toxiproxy in containers',
    remedy: 'Install docker.io or Docker Engine, start its daemon, and join the group docker.',
    commands: [['docker', 'version', '--format', '{{.Server.Version}}']],
  },
  {
    tool: 'toxiproxy-server',
    purpose: 'network faults through a real Toxiproxy',
    remedy:
      'npm run tools (it needs Go), --toxiproxy container, or TOXIPROXY_URL; until then the embedded one serves.',
    commands: [
      ['toxiproxy-server', '--version'],
      ['.tools/bin/toxiproxy-server', '--version'],
    ],
  },
  {
    tool: 'k6',
    purpose: 'load',
    remedy: 'go install go.k6.io/k6@v1.8.1, or a package from k6.io.',
    commands: [['k6', 'version']],
  },
  {
    tool: 'chromium',
    purpose: 'tests of the report page',
    remedy: 'Install chromium, or set CHROME_PATH.',
    commands: [
      ['chromium', '--version'],
      ['chromium-browser', '--version'],
      ['google-chrome', '--version'],
    ],
  },
];

/** Never throws and never waits long: what does not answer is not found. */
export async function diagnose(env: Env): Promise<Diagnosis[]> {
  const optional = await Promise.all(tools.map((tool) => look(tool, env)));
  const docker = optional.some(({ tool, found }) => tool === 'docker' && found);
  return [node(), wires(env), ...optional, container(docker), ...(await runningToxiproxy(env))];
}

/** Whether `--toxiproxy container` would work. */
function container(docker: boolean): Diagnosis {
  const missing = [
    ...(docker ? [] : ['start Docker']),
    ...(installed('@testcontainers/toxiproxy')
      ? []
      : ['npm install --save-dev testcontainers @testcontainers/toxiproxy']),
  ];
  return {
    tool: 'toxiproxy container',
    required: false,
    found: missing.length === 0,
    version: toxiproxyImage.slice(toxiproxyImage.lastIndexOf(':') + 1),
    purpose: 'network faults through a real Toxiproxy, by --toxiproxy container',
    remedy: `For it: ${missing.join('; ')}.`,
  };
}

function installed(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function node(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return {
    tool: 'node',
    required: true,
    found: major > 22 || (major === 22 && minor >= 18),
    version: process.versions.node,
    purpose: 'seatrial itself, and trial files in TypeScript as they are',
    remedy: 'Install Node 22.18 or later; 24 is what seatrial is tested with.',
  };
}

/** Which Toxiproxy a trial with network faults would take. */
const wires = (env: Env): Diagnosis => ({
  tool: 'toxiproxy',
  required: false,
  found: true,
  version: automaticToxiproxy(env),
  purpose: 'network faults; what a trial takes unless --toxiproxy says otherwise',
  remedy: '',
});

async function look({ commands, ...about }: Tool, env: Env): Promise<Diagnosis> {
  const named = about.tool === 'chromium' ? env['CHROME_PATH'] : undefined;
  const candidates = named === undefined ? commands : [[named, '--version'] as const, ...commands];
  for (const [command, ...parameters] of candidates) {
    const said = await ask(command, parameters, env);
    if (said !== undefined)
      return { ...about, required: false, found: true, version: versionIn(said) };
  }
  return { ...about, required: false, found: false };
}

function ask(
  command: string,
  parameters: readonly string[],
  env: Env,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: patienceMs, env: { ...env } as NodeJS.ProcessEnv };
    execFile(command, [...parameters], options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve(error === null && said !== '' ? said : undefined);
    });
  });
}

const versionIn = (said: string): string =>
  /\d+(?:\.\d+)+\S*/.exec(said)?.[0] ?? (said.split('\n')[0] as string);

/** Only when the environment names one. */
async function runningToxiproxy(env: Env): Promise<Diagnosis[]> {
  const url = env['TOXIPROXY_URL'];
  if (url === undefined || url === '') return [];
  const about = {
    tool: 'TOXIPROXY_URL',
    required: false,
    purpose: `the Toxiproxy at ${url}`,
  };
  try {
    const reply = await fetch(new URL('/version', url), {
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`it answered ${reply.status}`);
    return [{ ...about, found: true, version: versionIn(text), remedy: '' }];
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return [
      {
        ...about,
        found: false,
        remedy: `It does not answer (${messageOf(cause)}): start it, or unset TOXIPROXY_URL.`,
      },
    ];
  }
}
