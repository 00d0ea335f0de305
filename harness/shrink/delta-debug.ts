/**
 * Delta debugging: a subset of a list that still fails, of which no single element can be taken away
 * any more. After Zeller and Hildebrandt's ddmin, but in sweeps: what a sweep found to be needed is
 * asked for again only by the next finer one, so that many needed elements do not cost their square.
 */

/** `fails` is asked of candidates only; the whole list is taken for failing. */
export async function deltaDebug<T>(
  whole: readonly T[],
  fails: (candidate: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (whole.length > 0 && (await fails([]))) return [];
  let kept = whole;
  let size = Math.ceil(kept.length / 2);
  while (kept.length >= 2) {
    const before = kept.length;
    kept = await swept(kept, size, fails);
    if (size === 1 && kept.length === before) break;
    // What shrank a lot is halved again first: a single cause is found in few runs.
    size = Math.max(1, Math.min(Math.floor(size / 2), Math.ceil(kept.length / 2)));
  }
  return kept;
}

/** Takes away one stretch of this size after the other, wherever the rest still fails. */
async function swept<T>(
  list: readonly T[],
  size: number,
  fails: (candidate: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = list;
  let from = 0;
  while (from < kept.length && kept.length > 1) {
    const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
    if (rest.length > 0 && (await fails(rest))) kept = rest;
    else from += size;
  }
  return kept;
}
