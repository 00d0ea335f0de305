/**
 * What happens while a trial runs: on a terminal one line that is written over, elsewhere (a CI log) a
 * line every two seconds.
 */
import { stopwatch } from '../harness/clock.ts';
import { describeDuration } from '../harness/duration.ts';
import type { Progress } from '../harness/progress.ts';
import type { Owed } from '../harness/workload.ts';
import type { Output } from './shell.ts';

const everyMs = 2000;

export class LiveLine {
  readonly #output: Output;
  readonly #label: string;
  readonly #elapsed = stopwatch();
  #nextAt = 0;
  #shown = false;

  /** `label` stands before the line, to tell runs apart. */
  constructor(output: Output, label = '') {
    this.#output = output;
    this.#label = label === '' ? '' : `${label}: `;
  }

  readonly show = (progress: Progress): void => {
    const text = `${this.#label}${liveText(progress)}`;
    if (this.#output.isTTY === true) {
      const room = (this.#output.columns ?? 80) - 1;
      this.#output.write(`\r\u001b[2K${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
      this.#shown = true;
      return;
    }
    if (this.#elapsed() < this.#nextAt) return;
    this.#nextAt = this.#elapsed() + everyMs;
    this.#output.write(`${text}\n`);
  };

  /** Takes the line away, so that what follows begins clean. */
  end(): void {
    if (this.#shown) this.#output.write('\r\u001b[2K');
    this.#shown = false;
  }
}

export function liveText({
  phase,
  elapsedMs,
  commits,
  exchanges,
  faultsFired,
  owed,
}: Progress): string {
  const figures = [
    `${commits} documents`,
    `${exchanges} exchanges`,
    `${faultsFired} faults fired`,
    owedText(owed),
  ];
  return `${phase} ${describeDuration(elapsedMs)} | ${figures.join(' | ')}`;
}

function owedText(owed: readonly Owed[]): string {
  const total = owed.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'nothing owed';
  const most = owed.toSorted((a, b) => b.count - a.count).slice(0, 3);
  const named = most.map(({ what, count }) => `${what} ${count}`).join(', ');
  return `owed ${total}: ${named}${owed.length > most.length ? ', ...' : ''}`;
}
