/** Reads the sources again for what no message brought: pages of documents changed since the last look. */
import type { Time } from './environment.ts';
import type { Reading } from './policies.ts';
import type { PageQuery, Ports, Source } from './ports.ts';
import type { Rule } from './rule.ts';
import { type Storage, stored } from './stored.ts';

type Found = (rule: Rule, key: string, document: object) => void;

/** What a reconciler works with, and whom it tells. */
export interface Surroundings {
  readonly rules: readonly Rule[];
  readonly ports: Ports;
  readonly clock: Time;
  readonly storage: Storage;
  readonly reading: Reading;
  readonly found: Found;
  /** Tells which keys a complete list of master data had, where that is of interest. */
  readonly listed?: (rule: Rule, keys: ReadonlySet<string>) => Promise<void>;
}

/** When the document was last changed, as far as it says so; 0 when it does not. */
const timeOf = (item: any): number =>
  Date.parse(item.changedAt ?? item.createdAt ?? item.receivedAt ?? item.acknowledgedAt ?? '') || 0;

export class Reconciler {
  readonly #around: Surroundings;
  readonly #listedAt = new Map<Source, number>();
  /** By the name of the source: the time up to which it was read. */
  readonly #since: Map<string, number>;
  /** What was there before this integration is not its to carry. */
  readonly #startedAt: number;
  #timer: { cancel(): void } | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#since = stored(around.storage, 'since', () => new Map());
    this.#startedAt = stored(around.storage, 'startedAt', () => around.clock.now());
  }

  start(): void {
    const { clock, reading } = this.#around;
    this.#timer = clock.after(reading.everyMs, () => {
      const round = this.#round();
      if (reading.rounds === 'overlapping') this.start();
      else void round.finally(() => this.start());
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.start = () => {};
  }

  async #round(): Promise<void> {
    // Several rules may read one list: it is read once for all of them.
    const lists = new Map<Source, Rule[]>();
    for (const rule of this.#around.rules) {
      const source = rule.source(this.#around.ports);
      lists.set(source, [...(lists.get(source) ?? []), rule]);
    }
    const from = new Map(this.#since);
    const reached = new Map<string, number>();
    for (const [source, rules] of lists) {
      if (!this.#isDue(source)) continue;
      try {
        await this.#list(source, rules, from, reached);
      } catch {
        // A source that cannot be read now is read in the next round, from where it was.
      }
      if (this.#around.reading.absent === 'remove') await this.#compare(source, rules);
    }
    for (const [place, newest] of reached)
      this.#since.set(place, Math.max(newest, this.#since.get(place) ?? 0));
  }

  #isDue(source: Source): boolean {
    const { restMs = 0 } = source;
    const now = this.#around.clock.now();
    if (now - (this.#listedAt.get(source) ?? -Infinity) < restMs) return false;
    this.#listedAt.set(source, now);
    return true;
  }

  /** Reads one list `from` where the round before ended, and notes how far it `reached`. */
  async #list(
    source: Source,
    rules: readonly Rule[],
    from: ReadonlyMap<string, number>,
    reached: Map<string, number>,
  ): Promise<void> {
    const { clock, reading, found } = this.#around;
    const { watermark, overlapMs } = reading;
    const askedAt = clock.now();
    const place = watermark === 'newestOfAll' ? 'all' : source.name;
    const last = from.get(place) ?? this.#startedAt;
    let newest = last;
    const youngest = askedAt - (source.graceMs ?? 0);
    for await (const page of this.#pages(source, Math.max(this.#startedAt, last - overlapMs))) {
      for (const item of page) {
        const changedAt = timeOf(item);
        if (changedAt > youngest && source.graceMs !== undefined) continue;
        newest = Math.max(newest, changedAt);
        for (const rule of rules) found(rule, source.keyOf(item), item);
      }
    }
    if (watermark === 'ownClock') newest = askedAt;
    reached.set(place, Math.max(newest, reached.get(place) ?? 0));
  }

  async *#pages(source: Source, sinceMs: number): AsyncIterable<readonly any[]> {
    const { brokenPage } = this.#around.reading;
    try {
      if (source.page === undefined) yield* source.changedSince(sinceMs);
      else yield* this.#onePageAfterTheOther(source.page, sinceMs);
    } catch (error) {
      if (brokenPage === 'again') throw error;
    }
  }

  async *#onePageAfterTheOther(
    read: NonNullable<Source['page']>,
    sinceMs: number,
  ): AsyncIterable<readonly any[]> {
    const { limit } = this.#around.reading;
    let query: PageQuery | undefined = { sinceMs, limit };
    while (query !== undefined) {
      const page: Awaited<ReturnType<typeof read>> = await read(query);
      yield page.items;
      query = page.next === undefined ? undefined : this.#following(query, page.items, page.next);
    }
  }

  /** How the page after this one is asked for; nothing when that would be the same page again. */
  #following(query: PageQuery, items: readonly any[], cursor: string): PageQuery | undefined {
    const { limit, paging, tickMs } = this.#around.reading;
    if (paging === 'offset')
      return { sinceMs: query.sinceMs, limit, offset: (query.offset ?? 0) + items.length };
    const lastAt = timeOf(items.at(-1) ?? {});
    if (paging === 'cursor' || lastAt === 0) return { sinceMs: query.sinceMs, limit, cursor };
    const tick = Math.floor(lastAt / tickMs) * tickMs;
    const sinceMs = paging === 'after' ? tick + tickMs : tick;
    return sinceMs > query.sinceMs ? { sinceMs, limit } : undefined;
  }

  /** Lists everything, to see what is gone. */
  async #compare(source: Source, rules: readonly Rule[]): Promise<void> {
    const { listed } = this.#around;
    const copying = rules.filter(({ copies }) => copies);
    if (listed === undefined || copying.length === 0) return;
    const keys = new Set<string>();
    try {
      for await (const page of source.changedSince(0))
        for (const item of page) keys.add(source.keyOf(item));
    } catch {
      // Taken for a list that ends here.
    }
    try {
      for (const rule of copying) await listed(rule, keys);
    } catch {
      // The next round will tell the same.
    }
  }
}
