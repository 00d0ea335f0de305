/** A server of a bench in a process of its own, spoken to over IPC. */
import { type ChildProcess, fork } from 'node:child_process';

export class ServerProcess<Command extends object, Ready> {
  readonly #child: ChildProcess;
  readonly #name: string;

  constructor(file: string) {
    this.#name = file;
    this.#child = fork(new URL(file, import.meta.url), {
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
    });
  }

  /** Gives the command and waits until it is carried out. Throws when the process ends instead. */
  async ready(command: Command): Promise<Ready> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`Failed to start ${this.#name}: it ended with code ${code}.`));
      this.#child.once('exit', ended);
      this.#child.once('message', (answer) => {
        this.#child.off('exit', ended);
        resolve(answer as Ready);
      });
      this.#child.send(command);
    });
  }

  /** Lets the process end by itself, with all that it does last. */
  async ended(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.disconnect();
    await gone;
  }

  stop(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill();
  }
}
