/** Times as people read them. Trial time counts from the first record. */
import { describeDuration } from '../../../harness/duration.ts';
import { model } from './model.ts';

/** `+12.3 s` since the trial began. */
export const since = (at: number): string => `+${describeDuration(at - model.startedAt)}`;

/** `+12.345 s`, fine enough to tell neighbours apart. */
export function exactly(at: number): string {
  const ms = at - model.startedAt;
  if (ms < 60_000) return `+${(ms / 1000).toFixed(3)} s`;
  const minutes = Math.floor(ms / 60_000);
  return `+${minutes}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')}`;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** Date and time of the trial's clock. */
export const onClock = (at: number): string => `${clock.format(at)} UTC`;

export const lasted = describeDuration;
