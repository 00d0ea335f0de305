/** Tokens: what goes in comes out, and what was not copied whole or is of another version says so. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replayToken } from '../replay-token.ts';
import type { Firing } from './firing.ts';
import { type TokenContent, readToken, reproductionToken } from './reproduction-token.ts';

const optional = { noNullPrototype: true, requiredKeys: [] as [] };
const names = fc.string({ minLength: 1, maxLength: 20 });
const firings: fc.Arbitrary<Firing> = fc.record(
  {
    fault: names,
    link: names,
    operation: names,
    key: fc.string(),
    attempt: fc.nat(9),
    version: fc.nat(9),
    as: fc.record(
      { kind: names, settings: fc.dictionary(fc.string(), fc.oneof(fc.nat(), fc.boolean())) },
      { noNullPrototype: true },
    ),
  },
  { requiredKeys: ['fault', 'link', 'operation', 'key', 'attempt'], noNullPrototype: true },
) as fc.Arbitrary<Firing>;

const contents = fc.record(
  {
    trial: names,
    file: names,
    reproduction: fc.record(
      {
        seed: names,
        enabled: fc.array(names),
        firings: fc.array(firings),
        excerpt: fc.record({ parts: fc.array(fc.nat()), plain: fc.array(names) }, optional),
      },
      { requiredKeys: ['seed'], noNullPrototype: true },
    ),
    target: fc.record({ invariant: names, document: names }, { noNullPrototype: true }),
  },
  { requiredKeys: ['reproduction'], noNullPrototype: true },
) as fc.Arbitrary<TokenContent>;

test('a token says all that was put into it', () => {
  fc.assert(
    fc.property(contents, (content) => {
      // By way of JSON, because a dictionary that fast-check makes may have a `__proto__`.
      const plain = JSON.parse(JSON.stringify(content)) as TokenContent;
      expect(readToken(reproductionToken(plain))).toEqual(plain);
    }),
  );
});

test('it is one word that a shell takes as it is', () => {
  fc.assert(
    fc.property(contents, (content) => {
      expect(reproductionToken(content)).toMatch(/^st2\.[\w-]+\.[0-9a-f]{6}$/);
    }),
  );
});

describe('what is no such token', () => {
  const token = reproductionToken({ reproduction: { seed: 'abc' } });

  test('a slip of one character is seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: token.length - 1 }),
        fc.constantFrom(...'abcXYZ019_-'),
        (place, character) => {
          fc.pre(token[place] !== character && token[place] !== '.');
          const wrong = `${token.slice(0, place)}${character}${token.slice(place + 1)}`;
          expect(() => readToken(wrong)).toThrow(/checksum|not a replay token/);
        },
      ),
    );
  });

  test.each([
    ['st9.abc.123456', /another version of seatrial \(st9/],
    ['hello', /not a replay token/],
    ['', /not a replay token/],
    [token.slice(0, -1), /not copied whole/],
  ])('%j says what is wrong', (word, reason) => {
    expect(() => readToken(word)).toThrow(reason);
  });

  test('one of a plain run is its seed', () => {
    expect(readToken(replayToken('5e1f'))).toEqual({ reproduction: { seed: '5e1f' } });
  });
});
