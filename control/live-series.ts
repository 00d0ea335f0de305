/**
 * What happened over time, in a bounded number of points: when there would be too many, two become one
 * and each stands for twice the time.
 */
import type { HistoryRecord } from '../harness/record.ts';
import type { LiveView, SeriesPoint } from '../report/console/live-view.ts';

const mostPoints = 240;

type Point = { -readonly [Field in keyof SeriesPoint]: SeriesPoint[Field] };

export class LiveSeries {
  readonly #startedAt: number;
  #widthMs = 250;
  #points: Point[] = [];

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  see(record: HistoryRecord, inFlight: () => number): void {
    const point = this.#pointAt(record.at);
    if (record.type === 'exchange.completed') {
      point.exchanges++;
      if (record.outcome !== 'ok') point.failed++;
    } else if (record.type === 'fault.fired') point.faults++;
    else if (record.type === 'commit') point.inFlight = inFlight();
  }

  /** As of `now`; what has not changed since goes on as it was. */
  view(now: number, inFlight: number): LiveView['series'] {
    this.#pointAt(now).inFlight = inFlight;
    return { widthMs: this.#widthMs, points: this.#points.map((each) => ({ ...each })) };
  }

  #pointAt(at: number): Point {
    const elapsed = Math.max(0, at - this.#startedAt);
    while (elapsed >= this.#widthMs * mostPoints) this.#halve();
    const index = Math.floor(elapsed / this.#widthMs);
    while (this.#points.length <= index) {
      const inFlight = this.#points.at(-1)?.inFlight ?? 0;
      const atMs = this.#points.length * this.#widthMs;
      this.#points.push({ atMs, inFlight, exchanges: 0, failed: 0, faults: 0 });
    }
    return this.#points[index] as Point;
  }

  #halve(): void {
    const merged: Point[] = [];
    for (let i = 0; i < this.#points.length; i += 2) {
      const first = this.#points[i] as Point;
      const second = this.#points[i + 1];
      merged.push({
        atMs: first.atMs,
        inFlight: second?.inFlight ?? first.inFlight,
        exchanges: first.exchanges + (second?.exchanges ?? 0),
        failed: first.failed + (second?.failed ?? 0),
        faults: first.faults + (second?.faults ?? 0),
      });
    }
    this.#points = merged;
    this.#widthMs *= 2;
  }
}
