/** Values over the time of a trial, in a fixed number of bins, however long the history is. */

export const binCount = 240;

/** Maps trial times to bins. */
export class Bins {
  readonly #startedAt: number;
  readonly widthMs: number;

  constructor(startedAt: number, spanMs: number) {
    this.#startedAt = startedAt;
    this.widthMs = Math.max(1, spanMs / binCount);
  }

  of(at: number): number {
    const bin = Math.floor((at - this.#startedAt) / this.widthMs);
    return Math.min(binCount - 1, Math.max(0, bin));
  }
}

/** A level that goes up and down; each bin keeps its peak, so that short crowds are not lost. */
export class Gauge {
  readonly #peaks: number[] = [];
  #level = 0;

  change(bin: number, by: number): void {
    this.#fillTo(bin);
    this.#level += by;
    this.#peaks[bin] = Math.max(this.#peaks[bin] as number, this.#level);
  }

  values(): number[] {
    this.#fillTo(binCount - 1);
    return [...this.#peaks];
  }

  #fillTo(bin: number): void {
    while (this.#peaks.length <= bin) this.#peaks.push(this.#level);
  }
}

/** How often something happened in each bin. */
export class Tick {
  readonly #counts: number[] = Array.from({ length: binCount }, () => 0);

  add(bin: number): void {
    this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
  }

  values(): number[] {
    return [...this.#counts];
  }
}
