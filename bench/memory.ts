/** How much of the heap is in use once the garbage is gone, in bytes. */
export function collectGarbage(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('Failed to collect garbage: run node with --expose-gc.');
  // The first collection frees what the second finds out to be unreachable (weak references).
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}
