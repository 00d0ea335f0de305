import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryHistory } from './history.ts';
import type { NewRecord } from './record.ts';

const record = (at: number): NewRecord => ({ type: 'phase', at, phase: 'workload' });

test('positions are places: from 0, without gaps, in the order of appending', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), (times) => {
      const history = new MemoryHistory();
      const returned = times.map((at) => history.append(record(at)));
      expect(returned.map(({ position }) => position)).toEqual(times.map((_, index) => index));
      expect([...history]).toEqual(returned);
      expect([...history]).toEqual([...history]);
      expect(history.length).toBe(times.length);
      times.forEach((at, index) => expect(history.at(index)?.at).toBe(at));
      expect(history.at(times.length)).toBeUndefined();
    }),
  );
});

test('listeners hear each record in the same turn, until they stop', () => {
  const history = new MemoryHistory();
  history.append(record(0));
  const heard: number[] = [];
  const stop = history.subscribe(({ at }) => heard.push(at));
  const other: number[] = [];
  history.subscribe(({ at }) => other.push(at));
  history.append(record(1));
  expect(heard).toEqual([1]);
  stop();
  history.append(record(2));
  expect([heard, other]).toEqual([[1], [1, 2]]);
});

test('a listener may append; the record that it hears is in the history already', () => {
  const history = new MemoryHistory();
  history.subscribe((heard) => {
    expect(history.at(heard.position)).toBe(heard);
    if (heard.at === 1) history.append(record(10));
  });
  history.append(record(1));
  expect([...history].map(({ at, position }) => [at, position])).toEqual([
    [1, 0],
    [10, 1],
  ]);
});

test('a reader that is under way sees what is appended meanwhile', () => {
  const history = new MemoryHistory();
  history.append(record(0));
  const seen: number[] = [];
  for (const { at } of history) {
    seen.push(at);
    if (at < 3) history.append(record(at + 1));
  }
  expect(seen).toEqual([0, 1, 2, 3]);
});
