/** Fields that several actions take. */
import {
  type Schema,
  count,
  date,
  decimal,
  flag,
  key,
  list,
  named,
  object,
  oneOf,
  text,
} from '../../simulators/plain/schema.ts';

export { count, date, decimal, flag, key, list, named, object, oneOf, text, type Schema };

/** An object of these fields; every action takes a correlation id as well. */
export const body = (title: string, shape: Readonly<Record<string, Schema>>): Schema =>
  named(title, object({ ...shape, 'correlationId?': key(100) }));
