/** Options of queries that several rows have: what they are called and how their text is read. */
import { type Duration, milliseconds } from '../harness/duration.ts';
import { type Schema, count, duration, flag, instant, text } from './schemas.ts';
import { malformed } from '../simulators/plain/wire-refusal.ts';
import { parseTimestamp } from '../simulators/plain/wire-formats.ts';
import type { QueryOption } from './endpoint.ts';

const option =
  (schema: Schema, must: string, parse: (given: string) => unknown) =>
  (name: string, description: string): QueryOption => ({
    name,
    description,
    schema,
    read: (given) => {
      const value = parse(given);
      if (value !== undefined) return value;
      throw malformed('invalid-query', `${name} must be ${must}.`, name);
    },
  });

export const wholeOption = (name: string, description: string, most: number): QueryOption =>
  option(count(0, most), `a whole number from 0 to ${most}`, (given) =>
    /^\d{1,15}$/.test(given) && Number(given) <= most ? Number(given) : undefined,
  )(name, description);

export const flagOption = option(flag, 'true or false', (given) =>
  given === 'true' ? true : given === 'false' ? false : undefined,
);

export const durationOption = option(duration, 'a duration like 500ms, 30s or 5m', readDuration);

export const instantOption = option(
  instant,
  'milliseconds since the epoch or an RFC 3339 timestamp',
  (given) => (/^\d{1,15}$/.test(given) ? Number(given) : parseTimestamp(given)),
);

export const textOption = option(text(2000), 'a text of 1 to 2000 characters', (given) =>
  given.length >= 1 && given.length <= 2000 ? given : undefined,
);

export const choiceOption = (
  name: string,
  description: string,
  values: readonly string[],
): QueryOption =>
  option({ type: 'string', enum: values }, `one of ${values.join(', ')}`, (given) =>
    values.includes(given) ? given : undefined,
  )(name, description);

function readDuration(given: string): number | undefined {
  try {
    return milliseconds((/^\d+$/.test(given) ? Number(given) : given) as Duration);
  } catch {
    return undefined;
  }
}
