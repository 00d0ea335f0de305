/** Whether the machine has what Camel needs, and the jars at their first use: Maven Central has them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));
const pom = `${here}pom.xml`;
/** The pom that the jars in `target/lib` are for; written when they are all there. */
const stamp = `${here}target/lib.pom.xml`;

const archive = 'target/camel.jsa';

const runs = (command: string, flag: string): boolean =>
  spawnSync(command, [flag], { stdio: 'ignore' }).status === 0;

const hasJars = (): boolean =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(pom, 'utf8');

/** What is missing for Camel to start at once, in a line; undefined when nothing is. */
export function missing(): string | undefined {
  if (!runs('java', '-version')) return 'It needs Java 17 or later on PATH.';
  if (!hasJars()) return 'Its jars come with: npm run example:camel:install';
  return undefined;
}

/** Fetches the jars unless they are there. Throws when there is no Java or Maven, or Maven fails. */
export function install(): void {
  if (!runs('java', '-version')) throw new Error('Camel needs Java 17 or later on PATH.');
  if (hasJars()) return;
  if (!runs('mvn', '-version')) throw new Error('The jars of Camel are fetched by Maven: no mvn.');
  rmSync(`${here}target/lib`, { recursive: true, force: true });
  const goal = ['--quiet', '--batch-mode', '-Dstyle.color=never', 'dependency:copy-dependencies'];
  execFileSync('mvn', goal, { cwd: here, stdio: 'inherit' });
  keepClasses();
  writeFileSync(stamp, readFileSync(pom));
}

/**
 * Lets Java keep the classes of a dry run in an archive, with which Camel starts in a third of the
 * time. Where that does not work it starts without one.
 */
function keepClasses(): void {
  const nowhere = ['PROCUREMENT', 'ERP', 'WMS'].flatMap((system) => [
    [`SEATRIAL_${system}_URL`, 'http://127.0.0.1:9'],
    ...['BASE_PATH', 'TOKEN_PATH', 'CLIENT_ID', 'CLIENT_SECRET'].map((name) => [
      `SEATRIAL_${system}_${name}`,
      '/none',
    ]),
  ]);
  const env = {
    ...process.env,
    ...Object.fromEntries(nowhere),
    PORT: '0',
    SEATRIAL_DATA_DIR: here,
  };
  const flags = [`-XX:ArchiveClassesAtExit=${archive}`, '-Dcamel.main.duration-max-seconds=4'];
  const command = javaCommand(['carry', 'naive', 'dry-run'], flags);
  spawnSync('sh', ['-c', command], { cwd: here, env, stdio: 'ignore', timeout: 60_000 });
}

/** Camel with these routes. One small process for a short life: no second compiler, no threads for garbage. */
export const javaCommand = (
  routes: readonly string[],
  flags: readonly string[] = [`-XX:SharedArchiveFile=${archive}`],
): string =>
  [
    'exec java -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:cds=off -Xlog:cds+dynamic=off',
    ...flags,
    // The empty last place is this folder, with its properties. Named `.` it would be no class archive's.
    `-cp 'target/lib/*:'`,
    `-Dcamel.main.routes-include-pattern=${routes.map((file) => `file:routes/${file}.yaml`).join(',')}`,
    'org.apache.camel.main.Main',
  ].join(' ');
