/**
 * The corpus of broken integrations: each one the sound middleware with one classic bug, the fault
 * that brings the bug out, and the invariants that may name it. Numbers are those of the list of bug
 * classes in docs/bug-corpus.md; from 40 on they are ours.
 */
import type { Policies } from '../kit/policies.ts';
import type { Bug } from './bug.ts';
import { duplicates } from './bugs/duplicates.ts';
import { losses } from './bugs/losses.ts';
import { manners } from './bugs/manners.ts';
import { mappings } from './bugs/mappings.ts';
import { values } from './bugs/values.ts';

export const corpus: readonly Bug[] = [
  ...duplicates,
  ...losses,
  ...values,
  ...manners,
  ...mappings,
].toSorted((a, b) => a.bug - b.bug);

/** Those that the modules for vendors' wires can have. */
export const corpusOnVendors: readonly Bug[] = corpus.filter(({ onVendors }) => onVendors);

/** The broken integration of that name. */
export function brokenIntegration(name: string): Bug {
  const found = corpus.find((each) => each.name === name);
  if (found) return found;
  throw new Error(
    `No broken integration "${name}". There are: ${corpus.map((each) => each.name).join(', ')}`,
  );
}

/** All at once: how the first version of many integrations looks. */
export const naivePolicies: Partial<Policies> = {
  deduplicate: false,
  serialByKey: false,
  truth: 'message',
  lookBeforeCreate: false,
  idempotencyKey: () => undefined,
  retryAfter: 'ignore',
  missingParent: 'drop',
  reconcile: false,
};
