/** A document as pairs of path and text, so that two of them can be laid side by side. */

/** Lines of a list are called by their own `line` number when they have one. */
export function flattened(
  value: unknown,
  path = '',
  into = new Map<string, string>(),
): Map<string, string> {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, index) => {
      const line = (each as { readonly line?: unknown } | null)?.line;
      flattened(each, `${path}[${typeof line === 'string' ? line : index + 1}]`, into);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      flattened(each, path === '' ? name : `${path}.${name}`, into);
    }
  } else if (value !== undefined) into.set(path, String(value));
  return into;
}

export interface Difference {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What one version changed of the version before. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [old, now] = [flattened(before), flattened(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }));
}
