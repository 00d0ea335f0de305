/**
 * The business calendar of a landscape. Business takes weeks where a rehearsal has a minute, so a
 * business day may last less than a day of trial time: dates on documents come from here, timestamps
 * from the clock.
 */
import type { Clock } from './clock.ts';

const dayMs = 86_400_000;

export interface CalendarOptions {
  readonly businessDayMs?: number;
  readonly firstDay?: number;
  /** Trial time at which the first business day began; default now. */
  readonly startedAt?: number;
}

export class Calendar {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #firstDayAt: number;
  #lastDay = Number.NaN;
  #lastDate = '';
  /** Trial milliseconds that one business day lasts. */
  readonly businessDayMs: number;

  /** `firstDay` is midnight UTC of the first business date (default: the date of the clock's now). */
  constructor(clock: Clock, options: CalendarOptions = {}) {
    this.#clock = clock;
    this.#startedAt = options.startedAt ?? clock.now();
    this.businessDayMs = options.businessDayMs ?? dayMs;
    this.#firstDayAt = options.firstDay ?? Math.floor(this.#startedAt / dayMs) * dayMs;
  }

  /** Options that make the same calendar again, whenever that is. */
  get settings(): Required<CalendarOptions> {
    const { businessDayMs } = this;
    return { businessDayMs, firstDay: this.#firstDayAt, startedAt: this.#startedAt };
  }

  /** The business instant, milliseconds since the epoch, that a trial time stands for. */
  businessTime(at: number = this.#clock.now()): number {
    const elapsedDays = (at - this.#startedAt) / this.businessDayMs;
    if (this.businessDayMs === dayMs)
      return this.#firstDayAt + (this.#startedAt % dayMs) + (at - this.#startedAt);
    return this.#firstDayAt + Math.floor(elapsedDays * dayMs);
  }

  /** The business date, `YYYY-MM-DD`. */
  today(at: number = this.#clock.now()): string {
    const day = Math.floor(this.businessTime(at) / dayMs);
    if (day !== this.#lastDay) {
      this.#lastDay = day;
      this.#lastDate = civilDate(day);
    }
    return this.#lastDate;
  }

  /** Trial milliseconds for a duration in business days. */
  trialMs(businessDays: number): number {
    return businessDays * this.businessDayMs;
  }
}

/** `YYYY-MM-DD` of a day number since the epoch (Hinnant's civil-from-days). */
function civilDate(day: number): string {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
