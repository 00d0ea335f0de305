/** A file that is written piece by piece, in large pieces. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { SeatrialError } from '../../harness/seatrial-error.ts';

const largePiece = 256 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'it is not allowed',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

export class TextFile {
  readonly path: string;
  readonly #file: number;
  #pieces: string[] = [];
  #size = 0;

  /** Throws `export.not-written`. */
  constructor(path: string) {
    this.path = path;
    this.#file = this.#attempt(() => openSync(path, 'w'));
  }

  write(text: string): void {
    this.#pieces.push(text);
    this.#size += text.length;
    if (this.#size >= largePiece) this.#flush();
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#file);
    }
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pieces.join(''), 'utf8');
    this.#pieces = [];
    this.#size = 0;
    this.#attempt(() => {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
    });
  }

  #attempt<R>(work: () => R): R {
    try {
      return work();
    } catch (cause) {
      const { code = '', message } = cause as NodeJS.ErrnoException;
      throw new SeatrialError({
        code: 'export.not-written',
        task: `write ${this.path}`,
        reason: reasons[code] ?? message,
        cause,
      });
    }
  }
}
