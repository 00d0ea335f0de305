/**
 * Makes this process collect its garbage sooner. Whoever reads a long history makes much garbage and
 * keeps little, and V8 left alone lets the heap grow to several times what is in use before it looks.
 */
import { setFlagsFromString } from 'node:v8';

/** For the rest of the process; costs a few percent of time, and memory is what a long history needs. */
export function leanHeap(): void {
  // The heap may grow by so much of what was in use when it was last collected.
  setFlagsFromString('--heap-growing-percent=30');
  // What is new is collected in a small space; it is nearly all garbage.
  setFlagsFromString('--semi-space-growth-factor=1');
}
