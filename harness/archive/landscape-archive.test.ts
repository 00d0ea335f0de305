import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeKept } from '../../test/kept-places.ts';
import { realSleep } from '../clock.ts';
import type { Outline } from '../collection.ts';
import type { Context } from '../context.ts';
import { type History, MemoryHistory } from '../history.ts';
import { Store } from '../store.ts';
import type { LandscapeArchive } from './landscape-archive.ts';
import { openArchive } from './open-archive.ts';

interface Note {
  readonly text: string;
  readonly tags: readonly string[];
}

const context = (at: number): Context => ({
  at,
  today: '2026-01-01',
  by: 'somebody',
  actor: 'somebody',
  correlationId: `c-${at}`,
});

function storeOf(archive?: LandscapeArchive) {
  const history = archive?.history ?? new MemoryHistory();
  const store = new Store({ system: 'erp', history, ...(archive && { archive }) });
  const notes = store.collection<Note>('Note');
  const tokens = store.collection<Note>('Token', { recorded: false });
  const byTag = notes.index((note) => note.tags);
  const tokensByTag = tokens.index((note) => note.tags);
  return { history, store, notes, tokens, byTag, tokensByTag };
}

type Bench = ReturnType<typeof storeOf>;

/** All that can be asked of a store. */
function seen({ history, store, notes, tokens, byTag, tokensByTag }: Bench, at: number) {
  const versions = [...notes.entries()].map(([id, current]) => {
    const chain = [];
    for (let entry = notes.entry(id); entry !== undefined; entry = entry.previous) {
      chain.push([entry.version, entry.at, entry.data]);
    }
    return [id, current.version, chain];
  });
  return {
    versions,
    tokens: [...tokens.entries()].map(([id, { data, version }]) => [id, version, data]),
    sizes: [notes.size, tokens.size],
    found: tags.map((tag) => [byTag.find(tag), byTag.first(tag), tokensByTag.find(tag)]),
    past: store.asOf(at / 2, () => [[...notes.values()], tags.map((tag) => byTag.find(tag))]),
    outline: [[...notes.outline()], [...tokens.outline()]].map((rows) =>
      rows.map(({ id, version, at }) => ({ id, version, at })),
    ),
    changed: lastChanged(history, [...notes.outline()]),
    history: [...history],
    missing: notes.get('none'),
  };
}

/** By the order that an outline gives, or by the history, which knows it in any case. */
function lastChanged(history: History, outline: readonly Outline[]): string[] {
  const commits = new Map<string, number>();
  for (const record of history) {
    if (record.type === 'commit') commits.set(record.id, record.position);
  }
  const place = ({ id, order }: Outline): number => order ?? commits.get(id) ?? 0;
  return outline.toSorted((a, b) => a.at - b.at || place(a) - place(b)).map(({ id }) => id);
}

type Step =
  | { readonly do: 'put' | 'token'; readonly id: string; readonly note: Note }
  | { readonly do: 'drop'; readonly id: string }
  | { readonly do: 'number' | 'flush' | 'restart' | 'turn' }
  | { readonly do: 'broken'; readonly id: string; readonly note: Note };

// Keys as nobody expects them: databases sort, escape and shorten texts in ways of their own.
const long = 'k'.repeat(3000);
const id = fc.constantFrom(
  '1',
  '2',
  '3',
  '10',
  'a\0b',
  'a\u0001',
  '\uff21',
  '😀',
  long,
  `${long}2`,
);
const tags = ['a', 'b\0', '\uff22', '😀', long];
const note = fc.record({
  text: fc.string({ maxLength: 5, unit: 'binary' }),
  tags: fc.uniqueArray(fc.constantFrom(...tags)),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('put' as const, 'token' as const), id, note }),
  fc.record({ do: fc.constant('drop' as const), id }),
  fc.record({ do: fc.constant('broken' as const), id, note }),
  fc.record({
    do: fc.constantFrom('number', 'flush', 'restart', 'turn').map((each) => each as 'number'),
  }),
);

function act({ store, notes, tokens }: Bench, each: Step, at: number): unknown {
  if (each.do === 'put')
    return store.transaction(context(at), () => notes.put(each.id, each.note).version);
  if (each.do === 'token')
    return store.transaction(context(at), () => tokens.put(each.id, each.note).version);
  if (each.do === 'drop') return store.transaction(context(at), () => tokens.remove(each.id));
  if (each.do === 'number')
    return store.transaction(context(at), () => store.nextNumber('range', 100));
  if (each.do !== 'broken') return undefined;
  try {
    return store.transaction(context(at), () => {
      notes.put(each.id, each.note);
      notes.put(each.id, { ...each.note, text: 'twice' });
      notes.put('99', each.note);
      tokens.remove(each.id);
      tokens.put(each.id, each.note);
      store.nextNumber('range', 100);
      throw new Error('no');
    });
  } catch {
    return 'taken back';
  }
}

describeKept('a store that is kept', (places) => {
  test('answers as one in memory does, whatever was written and whenever it was started again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const place = places.fresh();
        let archive = openArchive(place);
        archive.begin({ seed: 's' } as never);
        let kept = storeOf(archive);
        const memory = storeOf();
        for (const [at, each] of steps.entries()) {
          if (each.do === 'flush') archive.flush();
          else if (each.do === 'turn') await realSleep(0);
          else if (each.do === 'restart') {
            archive.close();
            archive = openArchive(place);
            kept = storeOf(archive);
          }
          expect(act(kept, each, at)).toEqual(act(memory, each, at));
          expect(seen(kept, at)).toEqual(seen(memory, at));
        }
        archive.close();
        archive = openArchive(place);
        expect(seen(storeOf(archive), steps.length)).toEqual(seen(memory, steps.length));
        archive.close();
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('finds keys that its database sorts, escapes or shortens in a way of its own', () => {
    const place = places.fresh();
    const first = openArchive(place);
    first.begin({ seed: 's' } as never);
    const before = storeOf(first);
    const odd = ['\uff21', '😀', 'a\0b', 'a\u0001b', long, `${long}2`, '\uffff'];
    for (const [at, each] of odd.entries()) {
      const written: Note = { text: each, tags: odd.slice(0, at + 1) };
      before.store.transaction(context(at), () => before.notes.put(each, written));
    }
    first.close();
    const second = openArchive(place);
    const { notes, byTag } = storeOf(second);
    for (const [at, each] of odd.entries()) {
      expect(notes.get(each)?.text).toBe(each);
      expect(byTag.find(each).map(({ text }) => text)).toEqual(odd.slice(at));
    }
    expect([...notes.values()].map(({ text }) => text)).toEqual(odd);
    second.close();
  });
});
