/** How long each phase of a trial lasted, from the records that begin them. */
import type { HistorySource } from '../harness/history.ts';
import type { HistoryRecord, Phase, PhaseRecord } from '../harness/record.ts';

export interface PhaseModel {
  readonly phase: Phase;
  /** Trial milliseconds since the first record. */
  readonly startedMs: number;
  readonly lastedMs: number;
  /** Why it ended, when the history says. */
  readonly endedBy?: string;
}

/** Takes the records in as they come. */
export class PhaseReader {
  readonly #starts: PhaseRecord[] = [];
  #first: number | undefined;
  #last = 0;

  see(record: HistoryRecord): void {
    this.#first ??= record.at;
    this.#last = record.at;
    if (record.type === 'phase') this.#starts.push(record);
  }

  get phases(): PhaseModel[] {
    return this.#starts.map(({ phase, at }, index) => {
      const next = this.#starts[index + 1];
      return {
        phase,
        startedMs: at - (this.#first ?? at),
        lastedMs: (next?.at ?? this.#last) - at,
        ...(next?.reason === undefined ? {} : { endedBy: next.reason }),
      };
    });
  }
}

export function phasesOf(history: HistorySource): PhaseModel[] {
  const reader = new PhaseReader();
  for (const record of history) reader.see(record);
  return reader.phases;
}
