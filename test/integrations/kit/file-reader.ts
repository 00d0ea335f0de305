/** Reads the files in which a warehouse tells what it counted: each once, and only when it is whole. */
import type { Time } from './environment.ts';
import type { FileReading } from './policies.ts';
import type { WmsPort } from './ports.ts';
import { type Storage, stored } from './stored.ts';

const everyMs = 500;

/** What a reader works with, and whom it tells of each confirmation. */
export interface Surroundings {
  readonly files: NonNullable<WmsPort['files']>;
  readonly reading: FileReading;
  readonly clock: Time;
  readonly storage: Storage;
  readonly found: (confirmation: string) => void;
}

export class FileReader {
  readonly #around: Surroundings;
  readonly #done: Set<string>;
  #timer: { cancel(): void } | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#done = stored(around.storage, 'files', () => new Set());
  }

  start(): void {
    this.#timer = this.#around.clock.after(everyMs, () => {
      void this.#round().finally(() => this.start());
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.start = () => {};
  }

  async #round(): Promise<void> {
    try {
      for (const name of await this.#around.files.list()) {
        if (!this.#done.has(name)) await this.#take(name);
      }
    } catch {
      // What cannot be read now is read in the next round.
    }
  }

  async #take(name: string): Promise<void> {
    const { files, reading, found } = this.#around;
    const lines = await files.read(name);
    if (reading.whole === 'byTrailer' && lines.at(-1) !== `END;${lines.length - 1}`) return;
    for (const line of lines) {
      const [confirmation = ''] = line.split(';');
      if (confirmation !== 'END') found(confirmation);
    }
    if (reading.done === 'remembered') this.#done.add(name);
    await files.archive(name);
  }
}
