/** Durations as people write them: `250ms`, `3s`, `5m`, `2h`, `1d`, or a number of milliseconds. */
import { SeatrialError } from './seatrial-error.ts';

export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const shape = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** Milliseconds of a duration. Throws `duration.invalid` naming `field` when it is not one. */
export function milliseconds(duration: Duration, field = 'duration'): number {
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return duration;
  const match = typeof duration === 'string' ? shape.exec(duration) : null;
  if (match) return wholeMicroseconds(Number(match[1]) * (unitMs[match[2] as string] as number));
  throw new SeatrialError({
    code: 'duration.invalid',
    task: `read ${field}`,
    reason: `${JSON.stringify(duration)} is not a duration`,
    hint: 'Write it like "250ms", "3s", "5m", "2h" or "1d", or as milliseconds.',
  });
}

/** Takes away what binary fractions add: 16.1 s are 16,100 ms and not a hair more. */
const wholeMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000;

/** A duration for people: the two largest units that say something. */
export function describeDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${tenths / 10} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return twoUnits(seconds, 60, 'min', 's');
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1440) return twoUnits(minutes, 60, 'h', 'min');
  return twoUnits(Math.round(ms / 3_600_000), 24, 'd', 'h');
}

function twoUnits(count: number, size: number, large: string, small: string): string {
  const rest = count % size;
  return `${Math.floor(count / size)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
