/**
 * Folds invariants over a history. One pass dispatches each record only to the invariants that want
 * it; invariants of one group find their states by one look-up. A long history is read once more before
 * that, to learn how long it speaks of each key: a key that it speaks of no more is judged and let go of,
 * so that memory holds only what is under way. What is too much even so is split by the keys' hashes.
 */
import { EndingReader, fold, learn } from './check-fold.ts';
import { type Arrangement, type Group, Router, groupsOf } from './check-groups.ts';
import { Judge, resultOfWhole } from './check-judge.ts';
import type { HistorySource } from './history.ts';
import { type Ending, type Invariant, type InvariantResult, Shared } from './invariant.ts';
import { KeyLives } from './key-lives.ts';
import type { HistoryRecord } from './record.ts';
import { textHash } from './text-hash.ts';

export interface CheckOptions {
  /**
   * Parts that the keys are split into, one checked after the other; default one, and of a long history
   * as many as memory asks for.
   */
  readonly partitions?: number;
  /** Violations listed per invariant; the others are counted. Default 20. */
  readonly listAtMost?: number;
  /**
   * Whether nothing was owed any more when the history ended; default: what its last phase says. Of
   * what is still owed nobody can say yet that it is lost.
   */
  readonly quiet?: boolean;
  /** Whether keys are let go of while it is read, in which case it is read twice; default what it says. */
  readonly long?: boolean;
  /** Records after which keys of a long history are let go of. Default 4096. */
  readonly spanRecords?: number;
  /** Sees each record once, in order. */
  readonly see?: (record: HistoryRecord) => void;
}

/**
 * What a check holds of a key is documents, some four times the length of a commit's text in bytes. Keys with
 * so many characters at a time, counted with one commit each, take 120 to 250 MB.
 */
const charactersAtOnce = 30_000_000;

type Settled = CheckOptions & Required<Pick<CheckOptions, 'listAtMost' | 'spanRecords'>>;

/** Checks every invariant; results in the order given. */
export function check(
  history: HistorySource,
  invariants: readonly Invariant[],
  options: CheckOptions = {},
): InvariantResult[] {
  const settled: Settled = { listAtMost: 20, spanRecords: 4096, ...options };
  const shared = new Shared();
  const fresh = invariants.map((invariant) => invariant.fresh?.(shared) ?? invariant);
  const arranged = groupsOf(fresh.filter(({ whole }) => whole === undefined));
  const judge = new Judge(arranged.running, settled.listAtMost);
  if (options.long ?? history.long ?? false) checkLong(history, arranged, judge, settled);
  else checkShort(history, arranged, judge, settled);
  const folded = arranged.running.map((each) => judge.resultOf(each));
  return fresh.map((invariant) =>
    invariant.whole === undefined
      ? (folded.shift() as InvariantResult)
      : resultOfWhole(invariant, invariant.whole(history), settled.listAtMost),
  );
}

function checkShort(
  history: HistorySource,
  { groups }: Arrangement,
  judge: Judge,
  { partitions = 1, see, ...options }: Settled,
): void {
  const router = new Router(groups);
  for (let part = 0; part < partitions; part++) {
    const read = fold(history, router, {
      see: part === 0 ? see : undefined,
      mine: keysOfPart(part, partitions),
    });
    for (const group of groups) judge.end(group, withQuiet(read, options));
  }
}

function checkLong(
  history: HistorySource,
  { groups }: Arrangement,
  judge: Judge,
  { spanRecords, see, ...options }: Settled,
): void {
  const router = new Router(groups);
  const lives = new KeyLives(spanRecords);
  const lengths = new CommitLengths();
  const seeing = (record: HistoryRecord): void => {
    lengths.see(record);
    see?.(record);
  };
  const ending = withQuiet(learn(history, router, lives, seeing), options);
  const characters = lives.mostAtOnce * lengths.mean;
  const parts = options.partitions ?? Math.max(1, Math.ceil(characters / charactersAtOnce));
  for (let part = 0; part < parts; part++) {
    const leaving = new Leaving(lives, (group, key) => judge.endKey(group, key, ending));
    fold(history, router, {
      see: (record) => leaving.reach(record.position),
      mine: keysOfPart(part, parts),
      begun: (group, key) => leaving.add(group, key),
    });
    for (const group of groups) judge.end(group, ending);
  }
}

/** How long commits are as text. */
class CommitLengths {
  #commits = 0;
  #measured = 0;
  #characters = 0;

  see(record: HistoryRecord): void {
    if (record.type !== 'commit' || this.#commits++ % oneIn !== 0) return;
    this.#measured++;
    this.#characters += JSON.stringify(record).length;
  }

  get mean(): number {
    return this.#measured === 0 ? 0 : this.#characters / this.#measured;
  }
}

/** So few are measured; a prime, because business repeats itself. */
const oneIn = 61;

/** Keys by the span of the history that speaks of them last. */
class Leaving {
  readonly #lives: KeyLives;
  readonly #leave: (group: Group, key: string) => void;
  readonly #due = new Map<number, [Group, string][]>();
  #span = 0;

  constructor(lives: KeyLives, leave: (group: Group, key: string) => void) {
    this.#lives = lives;
    this.#leave = leave;
  }

  add(group: Group, key: string): void {
    const last = this.#lives.lastOf(key);
    const due = this.#due.get(last);
    if (due === undefined) this.#due.set(last, [[group, key]]);
    else due.push([group, key]);
  }

  /** Everything that was due before the record's span leaves. */
  reach(position: number): void {
    for (const span = this.#lives.spanOf(position); this.#span < span; this.#span++) {
      for (const [group, key] of this.#due.get(this.#span) ?? []) this.#leave(group, key);
      this.#due.delete(this.#span);
    }
  }
}

const withQuiet = (ending: Ending, { quiet }: Pick<CheckOptions, 'quiet'>): Ending =>
  quiet === undefined ? ending : { ...ending, quiet };

const keysOfPart = (part: number, parts: number): ((key: string) => boolean) | undefined =>
  parts === 1 ? undefined : (key) => textHash(key) % parts === part;

/** When the trial healed and ended, from its phase records. */
export function endingOf(history: HistorySource): Ending {
  const reader = new EndingReader();
  for (const record of history) reader.read(record);
  return reader.ending;
}
