/** Installs the programs that the bench compares with into `.tools/peers`, pinned, when they are not there. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const peersFolder = fileURLToPath(new URL('../../.tools/peers', import.meta.url));
const wiremockVersion = '3.13.1';
export const wiremockJar = join(peersFolder, `wiremock-standalone-${wiremockVersion}.jar`);

const npmPackages = ['@mockoon/commons-server@9.9.0', 'mountebank@2.9.1', 'json-server@0.17.4'];

/** Throws with what the installer said. */
export function installPeers(): void {
  mkdirSync(peersFolder, { recursive: true });
  if (!existsSync(join(peersFolder, 'node_modules/json-server'))) {
    writeFileSync(join(peersFolder, 'package.json'), '{ "private": true }\n');
    copyFileSync(
      fileURLToPath(new URL('../../.npmrc', import.meta.url)),
      join(peersFolder, '.npmrc'),
    );
    run('npm', ['install', '--no-save', '--ignore-scripts', ...npmPackages]);
  }
  if (!existsSync(join(peersFolder, 'venv/bin/mock-sap'))) {
    run('python3', ['-m', 'venv', 'venv']);
    run(join(peersFolder, 'venv/bin/pip'), ['install', '--quiet', 'mock-sap==0.22.0']);
  }
  if (!existsSync(wiremockJar)) {
    const artifact = `org.wiremock:wiremock-standalone:${wiremockVersion}`;
    const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
    run('mvn', ['-q', '-B', copy, `-Dartifact=${artifact}`, `-DoutputDirectory=${peersFolder}`]);
  }
}

function run(program: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, {
    cwd: peersFolder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().slice(-500);
  throw new Error(`Failed to install a peer: ${program} ${words.join(' ')}: ${reason}`);
}
