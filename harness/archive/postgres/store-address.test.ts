import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StoreAddress, isStore, withShard } from './store-address.ts';

describe('the address of a server', () => {
  test.each([
    ['postgres://me@db.example:5433/trials', 'seatrial', undefined],
    ['postgresql://me@db.example/trials?history=monday&shard=2', 'monday', 2],
    ['postgres:///trials?host=/run/postgresql&shard=0', 'seatrial', 0],
    ['postgres://me@/trials?host=/run/postgresql', 'seatrial', undefined],
  ])('%s', (text, schema, shard) => {
    const address = new StoreAddress(text);
    expect(address).toMatchObject({ schema, shard });
    expect(address.connection).not.toMatch(/history|shard/);
  });

  test('never tells a password, wherever it stands', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12}$/);
    fc.assert(
      fc.property(secret, (word) => {
        const texts = [
          `postgres://me:${word}@db/trials?shard=1`,
          `postgres://me@db/trials?password=${word}&sslpassword=${word}`,
        ];
        for (const text of texts) {
          expect(new StoreAddress(text).connection).toContain(word);
          expect(new StoreAddress(text).label).not.toContain(word);
          expect(() => new StoreAddress(`${text}&history=No`)).toThrow('"No" is no name');
        }
        expect(() => new StoreAddress(`postgres://me:${word}@[db`)).toThrow(/^((?!me:).)*$/);
      }),
    );
  });

  test.each(['mysql://me@db/trials', 'monday', '', 'postgres://me@db:port/trials'])(
    'is not %j',
    (text) => {
      expect(() => new StoreAddress(text)).toThrow('it is no address like postgres://');
    },
  );

  test.each(['-1', 'two', '1.5', ''])('has no shard %j', (shard) => {
    expect(() => new StoreAddress(`postgres://db/trials?shard=${shard}`)).toThrow('is no shard');
  });

  test('takes the seat of a process unless it names one', () => {
    expect(withShard('postgres://db/trials', 3)).toBe('postgres://db/trials?shard=3');
    expect(withShard('postgres://db/trials?history=a', 3)).toBe(
      'postgres://db/trials?history=a&shard=3',
    );
    expect(withShard('postgres://db/trials?shard=1', 3)).toBe('postgres://db/trials?shard=1');
  });

  test('is told from a folder', () => {
    expect(['postgres://db/a', 'postgresql:///a', 'monday', './postgres'].map(isStore)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
