/** Reads the sources again for what no message brought: pages of documents changed since the last look. */
import type { Time } from './environment.ts';
import type { Rule, Tools } from './rule.ts';

type Found = (rule: Rule, key: string, document: unknown) => void;

const everyMs = 3000;
/** Looks back further than the last answer, for commits that came late and clocks that differ. */
const overlapMs = 6000;

export class Reconciler {
  readonly #rules: readonly Rule[];
  readonly #tools: Tools;
  readonly #clock: Time;
  readonly #found: Found;
  readonly #since = new Map<string, number>();
  /** What was there before this integration is not its to carry. */
  readonly #startedAt: number;
  #timer: { cancel(): void } | undefined;

  constructor(rules: readonly Rule[], tools: Tools, clock: Time, found: Found) {
    this.#rules = rules.filter((rule) => rule.list !== undefined);
    this.#tools = tools;
    this.#clock = clock;
    this.#found = found;
    this.#startedAt = clock.now();
  }

  start(): void {
    this.#timer = this.#clock.after(everyMs, () => void this.#round().finally(() => this.start()));
  }

  stop(): void {
    this.#timer?.cancel();
    this.start = () => {};
  }

  async #round(): Promise<void> {
    // Several rules may read one list: it is read once for all of them.
    const lists = new Map<string, Rule[]>();
    for (const rule of this.#rules) {
      const name = `${rule.from} ${rule.list?.path}`;
      lists.set(name, [...(lists.get(name) ?? []), rule]);
    }
    for (const [name, rules] of lists) {
      try {
        await this.#list(name, rules);
      } catch {
        // A source that cannot be read now is read in the next round, from where it was.
      }
    }
  }

  async #list(name: string, rules: readonly Rule[]): Promise<void> {
    const { from, list } = rules[0] as Rule;
    const path = list?.path as string;
    const client = this.#tools[from];
    let newest = this.#since.get(name) ?? this.#startedAt;
    const lookFrom = Math.max(this.#startedAt, newest - overlapMs);
    const since = `&changedSince=${encodeURIComponent(iso(lookFrom))}`;
    let cursor: string | undefined;
    do {
      const next: string =
        cursor === undefined ? since : `${since}&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await client.get(`${path}?limit=200${next}`);
      for (const item of body.items) {
        newest = Math.max(newest, Date.parse(item.changedAt ?? item.createdAt ?? '') || 0);
        for (const rule of rules) this.#found(rule, rule.list?.key(item) as string, item);
      }
      cursor = body.next;
    } while (cursor !== undefined);
    this.#since.set(name, newest);
  }
}

const iso = (at: number): string => new Date(at).toISOString();
