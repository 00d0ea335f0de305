/** Whether a database is one that this seatrial wrote, or can read. */
import { SeatrialError } from '../seatrial-error.ts';

/** Raised whenever the version before would misunderstand the tables. */
export const archiveFormat = 1;

/** What a database says of itself. */
export interface Format {
  readonly tables: readonly string[];
  readonly number: number | undefined;
}

/** Throws `history.foreign` and `history.version`; `place` is a file or a server. */
export function checkFormat(place: string, { tables, number }: Format): void {
  if (!tables.includes('record')) {
    throw new SeatrialError({
      code: 'history.foreign',
      task: `read the history ${place}`,
      reason: 'it is no database of seatrial',
      hint: 'Give what "seatrial run" or "seatrial serve" wrote with --data or --store.',
    });
  }
  if (number === archiveFormat) return;
  throw new SeatrialError({
    code: 'history.version',
    task: `read the history ${place}`,
    reason: `it has format ${number}, and this seatrial reads ${archiveFormat}`,
    hint: 'Use the version that wrote it, or "seatrial export" of that version.',
  });
}
