import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileStorage } from './file-storage.ts';
import { type Storage, stored } from './stored.ts';

const inFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-storage-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Everything {
  readonly plain: Map<string | number, unknown>;
  readonly deep: { readonly cold: Map<string, unknown>; readonly members: Set<string> };
  readonly list: unknown[];
  count: number;
}

const everything = (storage: Storage): Everything =>
  stored(storage, 'all', () => ({
    plain: new Map<string | number, unknown>([['at first', 1]]),
    deep: { cold: new Map(), members: new Set<string>() },
    list: [],
    count: 0,
  }));

/** As it is told to whoever reads it, entry by entry. */
const seen = ({ plain, deep, list, count }: Everything): unknown => ({
  plain: [...plain.keys()].map((key) => [key, plain.get(key)]),
  cold: [...deep.cold.keys()].map((key) => [key, deep.cold.get(key)]),
  members: [...deep.members],
  list,
  count,
});

type Step = (all: Everything) => void;

const key = fc.constantFrom('a', 'b', 'c', 'd');
const value = fc.oneof(fc.integer(), fc.string(), fc.record({ body: fc.array(fc.string()) }));
const step: fc.Arbitrary<Step | 'write' | 'again'> = fc.oneof(
  fc.tuple(key, value).map(
    ([name, what]): Step =>
      ({ plain }) =>
        void plain.set(name, what),
  ),
  fc.integer({ min: 0, max: 9 }).map(
    (name): Step =>
      ({ plain }) =>
        void plain.set(name, { name }),
  ),
  key.map(
    (name): Step =>
      ({ plain }) =>
        void plain.delete(name),
  ),
  fc.tuple(key, value).map(
    ([name, what]): Step =>
      ({ deep }) =>
        void deep.cold.set(name, what),
  ),
  key.map(
    (name): Step =>
      ({ deep }) =>
        void deep.cold.delete(name),
  ),
  key.map(
    (name): Step =>
      ({ deep }) =>
        void deep.members.add(name),
  ),
  key.map(
    (name): Step =>
      ({ deep }) =>
        void deep.members.delete(name),
  ),
  fc.constant<Step>(({ plain, deep }) => (plain.clear(), deep.members.clear())),
  value.map(
    (what): Step =>
      ({ list }) =>
        void list.push(what),
  ),
  fc.constant<Step>((all) => void all.count++),
  fc.constant('write' as const),
  fc.constant('again' as const),
);

test('says after every start what was there when it was written last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) =>
      inFolder(async (folder) => {
        const open = () => fileStorage(folder, ['all.deep.cold']);
        let file = open();
        let all = everything(file.storage);
        let model = everything(new Map());
        let durable = everything(new Map());
        for (const each of steps) {
          if (each === 'write') {
            await file.saved();
            durable = structuredClone(model);
          } else if (each === 'again') {
            // The old one is not closed, as when its process is killed.
            file = open();
            all = everything(file.storage);
            model = structuredClone(durable);
          } else {
            each(all);
            each(model);
          }
          expect(inOrder(seen(all))).toEqual(inOrder(seen(model)));
        }
      }),
    ),
    { numRuns: 60 },
  );
});

/** What left and came back between two writes has its old place in the file. */
function inOrder(of: unknown): unknown {
  const { plain, cold, members, ...rest } = of as Record<string, [unknown][]>;
  const sorted = (list: readonly unknown[] = []) =>
    list.map((each) => JSON.stringify(each)).toSorted();
  return { ...rest, plain: sorted(plain), cold: sorted(cold), members: sorted(members) };
}

test('keeps the order in which entries came', () =>
  inFolder(async (folder) => {
    const file = fileStorage(folder);
    const numbers = stored(file.storage, 'numbers', () => new Map<number, object>());
    for (const number of [30, 4, 200]) numbers.set(number, { number });
    await file.saved();
    numbers.set(30, { number: 30, again: true });
    numbers.delete(4);
    numbers.set(5, { number: 5 });
    await file.saved();
    const after = stored(fileStorage(folder).storage, 'numbers', () => new Map<number, object>());
    expect([...after]).toEqual([
      [30, { number: 30, again: true }],
      [200, { number: 200 }],
      [5, { number: 5 }],
    ]);
  }));

test('an entry that changed inside is written once it is set again', () =>
  inFolder(async (folder) => {
    const file = fileStorage(folder);
    const jobs = stored(file.storage, 'jobs', () => new Map<number, { attempts: number }>());
    const job = { attempts: 0 };
    jobs.set(1, job);
    await file.saved();
    job.attempts++;
    jobs.set(1, job);
    expect(jobs.get(1)).toBe(job);
    await file.saved();
    const after = stored(fileStorage(folder).storage, 'jobs', () => new Map());
    expect([...after]).toEqual([[1, { attempts: 1 }]]);
  }));

/** Accepts numbers and says so when they are safe, as fast as it can. */
const accepting = (folder: string): string => `
  import { fileStorage } from ${JSON.stringify(new URL('./file-storage.ts', import.meta.url).href)};
  const { storage, saved } = fileStorage(${JSON.stringify(folder)});
  if (!storage.has('jobs')) storage.set('jobs', new Map());
  const jobs = storage.get('jobs');
  for (let number = jobs.size; ; number++) {
    jobs.set(number, { number, text: 'x'.repeat(number % 3000) });
    saved().then(() => process.stdout.write(number + '\\n'));
    if (number % 7 === 0) await new Promise(setImmediate);
  }`;

test('a process that is killed has what it acknowledged', () =>
  inFolder(async (folder) => {
    let acknowledged = -1;
    for (const enough of [1, 300, 3000]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', accepting(folder)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const most = acknowledged + enough;
      child.stdout.on('data', (chunk: Buffer) => {
        // The last line may have been cut off.
        const whole = chunk.toString().split('\n').slice(0, -1).map(Number);
        acknowledged = Math.max(acknowledged, ...whole);
        if (acknowledged >= most) child.kill('SIGKILL');
      });
      await new Promise((resolve) => child.once('close', resolve));
      const jobs = stored(fileStorage(folder).storage, 'jobs', () => new Map<number, unknown>());
      expect(jobs.size).toBeGreaterThan(acknowledged);
      for (let number = 0; number <= acknowledged; number++)
        expect(jobs.get(number)).toEqual({ number, text: 'x'.repeat(number % 3000) });
    }
  }));
