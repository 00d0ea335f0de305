/**
 * Delta debugging: a subset of a list that still fails, of which no single element can be taken away
 * any more. Zeller and Hildebrandt's ddmin, complements only, with the chance to stop early.
 */

/** `fails` is asked of candidates only; the whole list is taken for failing. */
export async function deltaDebug<T>(
  whole: readonly T[],
  fails: (candidate: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = whole;
  if (kept.length > 0 && (await fails([]))) return [];
  let chunks = 2;
  while (kept.length >= 2) {
    const smaller = await firstFailing(kept, Math.min(chunks, kept.length), fails);
    if (smaller !== undefined) {
      kept = smaller;
      chunks = Math.max(2, chunks - 1);
    } else if (chunks >= kept.length) break;
    else chunks = Math.min(kept.length, chunks * 2);
  }
  return kept;
}

async function firstFailing<T>(
  list: readonly T[],
  chunks: number,
  fails: (candidate: readonly T[]) => Promise<boolean>,
): Promise<readonly T[] | undefined> {
  const bounds = Array.from({ length: chunks + 1 }, (_, i) =>
    Math.round((i * list.length) / chunks),
  );
  if (chunks === 2) {
    // Half of it alone: a single cause is found in few runs.
    for (const [from, to] of [
      [0, bounds[1]],
      [bounds[1], list.length],
    ] as const) {
      const half = list.slice(from, to);
      if (await fails(half)) return half;
    }
    return undefined;
  }
  for (let i = 0; i < chunks; i++) {
    const rest = [...list.slice(0, bounds[i]), ...list.slice(bounds[i + 1])];
    if (await fails(rest)) return rest;
  }
  return undefined;
}
