/**
 * The general ledger accountant: with each new month he opens its posting period and closes the one
 * before the previous. He sleeps when nobody works, and catches up when somebody does again.
 */
import {
  type CalendarDate,
  addDays,
  instantOf,
  postingPeriodOf,
} from '../../../domain/calendar-date.ts';
import type { Desk } from './desk.ts';

const dayMs = 86_400_000;

export class GlAccountant {
  readonly #desk: Desk;
  readonly #companyCodes: readonly string[];
  readonly #isBusy: () => boolean;
  /** First day of the last month that he opened. */
  #month: CalendarDate;
  #asleep = false;

  constructor(desk: Desk, isBusy: () => boolean) {
    this.#desk = desk;
    this.#isBusy = isBusy;
    this.#companyCodes = desk.procurement.settings.companyCodes.map((each) => each.code);
    this.#month = firstOfMonth(desk.world.calendar.today() as CalendarDate);
  }

  start(): void {
    this.#desk.onAct(() => {
      if (!this.#asleep) return;
      this.#asleep = false;
      this.#desk.quietly(1, () => this.#catchUp());
    });
    this.#schedule();
  }

  #schedule(): void {
    const { calendar } = this.#desk.world;
    const days = (instantOf(nextMonth(this.#month)) - calendar.businessTime()) / dayMs;
    // A moment into the first day, so that rounding does not leave it on the last of the old month.
    this.#desk.quietly(Math.max(1, calendar.trialMs(days + 0.01)), () => {
      if (this.#isBusy()) this.#catchUp();
      else this.#asleep = true;
    });
  }

  #catchUp(): void {
    const today = this.#desk.world.calendar.today() as CalendarDate;
    while (nextMonth(this.#month) <= today) {
      const before = this.#month;
      this.#month = nextMonth(before);
      this.#turn(this.#month, firstOfMonth(addDays(before, -1)));
    }
    this.#schedule();
  }

  #turn(opened: CalendarDate, closed: CalendarDate): void {
    const { periods } = this.#desk.erp;
    for (const companyCode of this.#companyCodes) {
      for (const [action, date] of [
        ['open', opened],
        ['close', closed],
      ] as const) {
        const { year, period } = postingPeriodOf(date);
        const subject = `${companyCode}/${year}/${period}`;
        const deed = {
          actor: 'gl-accountant',
          action: `${action} period`,
          system: 'erp',
          subject,
        } as const;
        this.#desk.act(deed, (context) => periods[action](companyCode, year, period, context));
      }
    }
  }
}

const firstOfMonth = (date: CalendarDate): CalendarDate => `${date.slice(0, 8)}01` as CalendarDate;
const nextMonth = (first: CalendarDate): CalendarDate => firstOfMonth(addDays(first, 31));
