/** Bodies that were valid before something was done to them, for the tests of bad input. */
import * as fc from 'fast-check';
import { changed, paths } from './json-places.ts';

/** What may stand where something else should: the usual suspects, and those of one wire format. */
export const junk = (own: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 12.5, 1e300, [], {}, [[]], [null]),
    fc.constantFrom('', ' ', '-5', '0', '1e5', 'NaN', '9'.repeat(30), '0.0000000000001'),
    fc.constantFrom('2026-02-30', '2999-12-31', '\u0000', '\ud800', '💥', '../..', '__proto__'),
    fc.constantFrom(...own),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.jsonValue({ maxDepth: 2 }),
  );

/** The text with a stretch of it, which may be empty, replaced. */
export const brokenText = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat({ max: text.length }),
      fc.nat({ max: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    .map(([at, length, into]) => text.slice(0, at) + into + text.slice(at + length));

export interface Mutations {
  readonly junk: fc.Arbitrary<unknown>;
  /** Members to put where none of the kind belong, besides those every object of JavaScript has. */
  readonly extra: readonly string[];
}

/** Texts of the JSON body with one place put, dropped or added, broken ones, and the body as it is. */
export function mutatedBody(body: unknown, { junk, extra }: Mutations): fc.Arbitrary<string> {
  const text = JSON.stringify(body);
  const place = fc.constantFrom(...paths(body));
  const put = fc
    .tuple(place, junk)
    .map(([path, value]) =>
      path.length === 0 ? value : changed(body, path, (at, name) => void (at[name] = value)),
    );
  const drop = place.map((path) => changed(body, path, (at, name) => void delete at[name]));
  const add = fc
    .tuple(fc.constantFrom('__proto__', 'constructor', ...extra), junk)
    .map(([name, value]) => `{${JSON.stringify(name)}:${JSON.stringify(value)},${text.slice(1)}`);
  return fc.oneof(
    { weight: 6, arbitrary: put.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: drop.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: add },
    { weight: 1, arbitrary: fc.constant(text) },
    { weight: 1, arbitrary: fc.nat({ max: text.length }).map((end) => text.slice(0, end)) },
    { weight: 1, arbitrary: brokenText(text) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
}
