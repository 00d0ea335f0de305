/** Runs the real command in a process of its own, as a user does, in a folder of its own. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../harness/testing/temporary-folder.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly ended: Promise<Ended>;
  /** Resolves with what came so far once standard output has the text. */
  saying(text: string): Promise<string>;
  /** What standard error said so far. */
  complaints(): string;
  signal(name: NodeJS.Signals): void;
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const repository = new URL('../../', import.meta.url);

export class Workbench {
  readonly folder = temporaryFolder();

  file(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  start(words: readonly string[], env: Record<string, string> = {}): Started {
    const { NO_COLOR: _, SEATRIAL_DEBUG: __, ...inherited } = process.env;
    const child = spawn(process.execPath, [main, ...words], {
      cwd: this.folder,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
    const saying = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve(stdout);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code }) => reject(new Error(`It ended with ${code}: ${stderr}`)));
      });
    return { ended, saying, complaints: () => stderr, signal: (name) => child.kill(name) };
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.start(words).ended;
  }

  /** A trial of notes whose integration runs in its process; `looksFirst` makes it sound. */
  notesTrial(name: string, { looksFirst = true, more = '' } = {}): string {
    const notes = new URL('harness/testing/note-trial.ts', repository).href;
    return this.file(
      name,
      `import { copier, noteTrial } from '${notes}';
import { duplicate } from 'seatrial';
export default noteTrial({
  faults: [duplicate('source -> integration', { rate: 0.5 })],
  integration: copier({ looksFirst: ${looksFirst} }),
  seed: 'a',
  ${more}
});
`,
    );
  }
}
