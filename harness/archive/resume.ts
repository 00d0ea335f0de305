/** What a landscape does first when it goes on with what one before it left. */
import { Calendar, type CalendarOptions } from '../calendar.ts';
import type { Clock } from '../clock.ts';
import type { InvokedRecord } from '../record.ts';
import { SeatrialError } from '../seatrial-error.ts';
import type { ArchiveHeader } from './archive.ts';
import type { LandscapeArchive } from './landscape-archive.ts';

interface Wanted {
  readonly seed: string;
  readonly systems: Readonly<Record<string, unknown>>;
}

/** Throws `history.other` when the folder holds another landscape. */
export function checkResumed({ seed, systems }: ArchiveHeader, wanted: Wanted): void {
  const [theirs, ours] = [Object.keys(systems), Object.keys(wanted.systems)];
  const reason =
    seed === wanted.seed
      ? `it is of a landscape of ${theirs.join(', ')}, not of ${ours.join(', ')}`
      : `it is of a landscape with the seed ${seed}, not ${wanted.seed}`;
  const isSame = seed === wanted.seed && theirs.sort().join() === ours.sort().join();
  if (isSame) return;
  throw new SeatrialError({
    code: 'history.other',
    task: 'go on with the history that was kept',
    reason,
    hint: 'Leave the seed away to go on with it, or choose another folder.',
  });
}

/** Business days go on where they were. */
export function calendarFor({
  clock,
  calendar,
  archive,
}: {
  readonly clock: Clock;
  readonly calendar?: CalendarOptions;
  readonly archive?: LandscapeArchive;
}): Calendar {
  return new Calendar(clock, archive?.resumed?.calendar ?? calendar);
}

/** Trial time of the last record; a clock that goes on must not begin before it. */
export const lastTimeOf = ({ history }: LandscapeArchive): number =>
  history.at(history.length - 1)?.at ?? 0;

/** Exchanges so near the end can have been open when the process ended. */
const near = 20_000;

/** Whoever was not answered when the process ended does not know what became of his request. */
export function closeExchanges({ history }: LandscapeArchive, at: number): void {
  const open = new Map<string, InvokedRecord>();
  for (const record of history.since(Math.max(0, history.length - near))) {
    if (record.type === 'exchange.invoked') open.set(record.exchange, record);
    else if (record.type === 'exchange.completed') open.delete(record.exchange);
  }
  for (const { exchange, link, callee, operation, key } of open.values()) {
    history.append({
      type: 'exchange.completed',
      at,
      exchange,
      link,
      callee,
      operation,
      ...(key === undefined ? {} : { key }),
      outcome: 'info',
      cut: 'reset',
    });
  }
}
