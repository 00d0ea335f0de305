/**
 * How the plan's business days pass in trial time. At full length a day is a day. Compressed, an
 * order's whole life must end in time, and lives have a long tail (the slowest take two years): then
 * time since the order is bent by a logarithm, which keeps the order of all steps and gives the first
 * weeks, where most happens, most of the room.
 */
import { type Duration, milliseconds } from '../../../harness/duration.ts';

export interface PaceOptions {
  /** Trial time in which the business shall be done, about; left out, business takes its own time. */
  readonly over?: Duration;
  /** Business days that the trial stands for; default 45 with `over`. Without, days of ordering: 30. */
  readonly businessDays?: number;
}

/** Business days after which even the longest life is over, and the days at which the bend begins. */
const longestLife = 830;
const bend = 10;
/** Of a compressed trial: orders come in the first third, then their lives go on. */
const ordering = 0.33;
const living = 0.57;

export class Pace {
  readonly businessDayMs: number;
  /** Business days in which orders are created. */
  readonly orderingDays: number;
  readonly #lifeDays: number | undefined;

  constructor({ over, businessDays }: PaceOptions) {
    if (over === undefined) {
      this.businessDayMs = 86_400_000;
      this.orderingDays = businessDays ?? 30;
      return;
    }
    const total = businessDays ?? 45;
    this.businessDayMs = milliseconds(over, 'over') / total;
    this.orderingDays = total * ordering;
    this.#lifeDays = total * living;
  }

  /** Business days since the order's creation that a plan's time stands for. Monotone, 0 at 0. */
  days(after: number): number {
    if (this.#lifeDays === undefined || after === 0) return after;
    const bent = Math.log1p(Math.abs(after) / bend) / Math.log1p(longestLife / bend);
    return Math.sign(after) * this.#lifeDays * Math.min(1, bent);
  }

  /** The same in trial milliseconds. */
  ms(after: number): number {
    return this.days(after) * this.businessDayMs;
  }
}
