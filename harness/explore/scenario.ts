/**
 * What one run of an exploration tries: a seed, a random subset of the faults (swarm testing: a fault
 * that is always on hides what only shows without it), and a random part of the business, in which now and
 * then something comes often that is rare. fast-check chooses.
 */
import * as fc from 'fast-check';
import type { Divisible, Excerpt } from '../excerpt.ts';
import type { Fault } from '../fault.ts';
import { labelled } from '../shrink/firing.ts';
import type { Reproduction } from '../shrink/reproduction.ts';

/** Every run that there could be of these faults and this business. */
export function scenarios(
  faults: readonly Fault[],
  divisible: Divisible | undefined,
): fc.Arbitrary<Reproduction> {
  const labels = labelled(faults).map(({ label }) => label);
  return fc.record(
    {
      seed: fc.integer({ min: 1, max: 0x7fff_ffff }).map((value) => value.toString(36)),
      enabled: fc.oneof(
        { weight: 1, arbitrary: fc.constant(labels) },
        { weight: 3, arbitrary: fc.subarray(labels) },
      ),
      ...(divisible === undefined ? {} : { excerpt: excerpts(divisible) }),
    },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Reproduction>;
}

function excerpts({ parts, plainer, rare = [] }: Divisible): fc.Arbitrary<Excerpt> {
  const all = Array.from({ length: parts }, (_, part) => part);
  return fc.record(
    {
      parts: fc.oneof(
        { weight: 1, arbitrary: fc.constant(all) },
        { weight: 3, arbitrary: fc.subarray(all, { minLength: Math.min(2, parts) }) },
      ),
      plain: fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.subarray([...plainer], { maxLength: 2 }) },
      ),
      // Never all at a time: where everything is odd, what is odd hides the rest.
      often:
        rare.length === 0
          ? fc.constant([])
          : fc.oneof(
              { weight: 1, arbitrary: fc.constant([]) },
              { weight: 3, arbitrary: fc.subarray([...rare], { minLength: 1, maxLength: 6 }) },
            ),
    },
    { noNullPrototype: true },
  );
}

/** So many of them, the same for the same seed of the exploration; `from` goes on where others ended. */
export function* drawn(
  scenario: fc.Arbitrary<Reproduction>,
  seed: string,
): Generator<Reproduction, never> {
  const start = [...seed].reduce(
    (value, character) => (value * 31 + character.charCodeAt(0)) | 0,
    7,
  );
  for (let batch = 0; ; batch++) {
    yield* fc.sample(scenario, { seed: start + batch, numRuns: 100 });
  }
}
