/** Places in a JSON value and changes at them: what tests of bad input mutate valid requests with. */

/** The way to one value, by member names and list positions. */
export type Path = readonly (string | number)[];

/** Every place of the value, itself first. */
export function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, each]) => paths(each, [...at, name]))];
}

/** The value with something done at one place; the value itself stays as it is. */
export function changed(
  value: unknown,
  path: Path,
  act: (at: Record<string, unknown>, name: string) => void,
): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(value) as Record<string, unknown>;
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>;
  act(at, String(path.at(-1)));
  return copy;
}
