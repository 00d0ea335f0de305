/** Reads the sources again for what no message brought: pages of documents changed since the last look. */
import type { Time } from './environment.ts';
import type { Ports, Source } from './ports.ts';
import type { Rule } from './rule.ts';

type Found = (rule: Rule, key: string, document: unknown) => void;

const everyMs = 3000;
/** Looks back further than the last answer, for commits that came late and clocks that differ. */
const overlapMs = 6000;

export class Reconciler {
  readonly #rules: readonly Rule[];
  readonly #ports: Ports;
  readonly #clock: Time;
  readonly #found: Found;
  readonly #listedAt = new Map<Source, number>();
  readonly #since = new Map<Source, number>();
  /** What was there before this integration is not its to carry. */
  readonly #startedAt: number;
  #timer: { cancel(): void } | undefined;

  constructor(rules: readonly Rule[], ports: Ports, clock: Time, found: Found) {
    this.#rules = rules;
    this.#ports = ports;
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
    const lists = new Map<Source, Rule[]>();
    for (const rule of this.#rules) {
      const source = rule.source(this.#ports);
      lists.set(source, [...(lists.get(source) ?? []), rule]);
    }
    for (const [source, rules] of lists) {
      if (!this.#isDue(source)) continue;
      try {
        await this.#list(source, rules);
      } catch {
        // A source that cannot be read now is read in the next round, from where it was.
      }
    }
  }

  #isDue(source: Source): boolean {
    const { restMs = 0 } = source;
    const now = this.#clock.now();
    if (now - (this.#listedAt.get(source) ?? -Infinity) < restMs) return false;
    this.#listedAt.set(source, now);
    return true;
  }

  async #list(source: Source, rules: readonly Rule[]): Promise<void> {
    let newest = this.#since.get(source) ?? this.#startedAt;
    const youngest = this.#clock.now() - (source.graceMs ?? 0);
    const lookFrom = Math.max(this.#startedAt, newest - overlapMs);
    for await (const page of source.changedSince(lookFrom)) {
      for (const item of page) {
        const changedAt = Date.parse(item.changedAt ?? item.createdAt ?? '') || 0;
        if (changedAt > youngest) continue;
        newest = Math.max(newest, changedAt);
        for (const rule of rules) this.#found(rule, source.keyOf(item), item);
      }
    }
    this.#since.set(source, newest);
  }
}
