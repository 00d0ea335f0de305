/**
 * The same on all of them, in one run on one machine: 16 connections that create a 3-line order and read
 * one, in turn. For each the first ten seconds after its start and how it does once warm, because a JVM
 * needs its time, and a mock that searches what it stored grows slower. The short form leaves out what
 * must be installed.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { type Bench, type Figure, atLeast, reported } from './figure.ts';
import { installPeers } from './peers/install-peers.ts';
import { otherPeers } from './peers/other-peers.ts';
import { ownPeers } from './peers/own-peers.ts';
import { type PeerRate, peerRate } from './peers/peer-rate.ts';
import type { Peer } from './peers/peer.ts';

interface PeerFigures {
  readonly peer: Peer;
  readonly first: PeerRate;
  readonly warm: PeerRate;
}

export const peersBench: Bench = async ({ short, json }): Promise<Figure[]> => {
  const [firstSeconds, warmingSeconds, warmSeconds] = short ? [1, 0, 1] : [10, 15, 5];
  if (!short) installPeers();
  const all: PeerFigures[] = [];
  for (const peer of short ? ownPeers : [...ownPeers, ...otherPeers]) {
    if (!json) process.stderr.write(`  ${peer.name} ...\n`);
    const running = await peer.start();
    try {
      const first = await peerRate(running, firstSeconds);
      if (warmingSeconds > 0) await peerRate(running, warmingSeconds);
      all.push({ peer, first, warm: await peerRate(running, warmSeconds) });
    } finally {
      running.stop();
    }
  }
  if (!json) console.log(tableOf(all).toString());
  if (!short) writeFileSync(page, pageOf(all));
  return figuresOf(all);
};

function figuresOf(all: readonly PeerFigures[]): Figure[] {
  const of = (name: string): PeerFigures | undefined =>
    all.find(({ peer }) => peer.name.startsWith(name));
  const own = of('seatrial s4hana') as PeerFigures;
  const ratio = (
    figure: string,
    name: string,
    phase: 'first' | 'warm',
    least: number,
  ): Figure[] => {
    const other = of(name);
    if (other === undefined) return [];
    const value = own[phase].perSecond / other[phase].perSecond;
    return [atLeast(figure, value, least, `times ${other.peer.name}`)];
  };
  return [
    reported('peers-s4hana', own.warm.perSecond, 'requests/s'),
    reported('peers-bare', of('bare')?.warm.perSecond ?? 0, 'requests/s'),
    ...ratio('peers-wiremock-start', 'WireMock', 'first', 3),
    ...ratio('peers-wiremock-warm', 'WireMock', 'warm', 1),
    ...ratio('peers-mockoon', 'Mockoon', 'warm', 20),
    ...ratio('peers-mock-sap', 'mock-sap', 'warm', 40),
  ];
}

const heads = ['what', 'does', 'first 10 s, /s', 'warm, /s', 'warm p99, ms', 'failed'];

const cellsOf = ({ peer: { name, does }, first, warm }: PeerFigures): string[] => [
  name,
  does,
  ...[first.perSecond, warm.perSecond].map((each) => Math.round(each).toLocaleString('en-US')),
  String(warm.p99Ms),
  `${(Math.max(first.failed, warm.failed) * 100).toFixed(1)} %`,
];

function tableOf(all: readonly PeerFigures[]): Table.Table {
  const table = new Table({ head: heads, style: { head: [], border: [] } });
  table.push(...all.map(cellsOf));
  return table;
}

const page = fileURLToPath(new URL('../docs/peers.md', import.meta.url));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const pageOf = (all: readonly PeerFigures[]): string => `# Beside others

Made by \`npm run bench -- peers\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; the load average of the last five minutes was ${loadavg()[1]?.toFixed(1)}. The load generator runs on the same cores.

Each is asked the same by 16 connections: create a purchase order of three lines, read one, and again. What they do with it differs, and is said beside the name: a stub that keeps nothing has less to do than an ERP that checks units, prices and posting dates, numbers the order, keeps its versions and writes a history. First the ten seconds after its start, then five after another fifteen.

${row(heads)}
${row(heads.map(() => '---'))}
${all.map((each) => row(cellsOf(each))).join('\n')}

Each is started as its documentation says, with request logs and journals off where that is an option: WireMock with \`--no-request-journal\` and response templates, Mockoon's server with a data bucket behind a CRUD route, mountebank with an imposter of two fixed answers, json-server on a file, mock-sap with \`--no-csrf --no-request-log --quiet\`. seatrial's ERPs hold a thousand orders when it begins; S/4HANA is asked with CSRF token and cookies.
`;
