/** One line that is written over on a terminal, and a line every two seconds elsewhere. */
import { stopwatch } from '../harness/clock.ts';
import type { Output } from './shell.ts';

const everyMs = 2000;
/** On a terminal, too, no more often than anybody can read. */
const oftenestMs = 100;

export class ProgressLine {
  readonly #output: Output;
  readonly #elapsed = stopwatch();
  #nextAt = 0;
  #shown = false;

  constructor(output: Output) {
    this.#output = output;
  }

  show(text: string): void {
    if (this.#elapsed() < this.#nextAt) return;
    const terminal = this.#output.isTTY === true;
    this.#nextAt = this.#elapsed() + (terminal ? oftenestMs : everyMs);
    const room = (this.#output.columns ?? 80) - 1;
    this.#output.write(terminal ? `\r\u001b[2K${text.slice(0, room)}` : `${text}\n`);
    this.#shown ||= terminal;
  }

  /** Takes the line away, so that what follows begins clean. */
  end(): void {
    if (this.#shown) this.#output.write('\r\u001b[2K');
    this.#shown = false;
  }
}
