import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Shared, type VerdictStatus, worst } from './invariant.ts';

const status = fc.constantFrom<VerdictStatus>('holds', 'violated', 'unknown');

describe('worst', () => {
  it('lets violated beat unknown and unknown beat holds, in any order', () => {
    fc.assert(
      fc.property(fc.array(status), (all) => {
        const expected = all.includes('violated')
          ? 'violated'
          : all.includes('unknown')
            ? 'unknown'
            : 'holds';
        expect(worst(all)).toBe(expected);
        expect(worst(all.toReversed())).toBe(expected);
      }),
    );
  });
});

describe('Shared', () => {
  it('makes a thing once for a token, also when it is nothing', () => {
    const shared = new Shared();
    const token = {};
    let made = 0;
    const make = (): undefined => {
      made++;
    };
    shared.of(token, make);
    shared.of(token, make);
    expect(made).toBe(1);
    expect(shared.of({}, () => 2)).toBe(2);
  });
});
