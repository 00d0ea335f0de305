/** Judges a recorded history: the same checks as after a run, over what a file says happened. */
import { check } from '../harness/check.ts';
import { FlowLedger } from '../harness/flow-ledger.ts';
import type { Flow } from '../harness/flow.ts';
import type { HistoryHeader } from '../harness/history-file.ts';
import type { HistorySource } from '../harness/history.ts';
import type { Invariant } from '../harness/invariant.ts';
import { Tally } from '../harness/progress.ts';
import type { HistoryRecord } from '../harness/record.ts';
import { type FaultResult, verdictOf } from '../harness/verdict.ts';
import type { DocumentStates, Narrator } from '../harness/workload.ts';
import { PhaseReader } from '../report/phases.ts';
import type { Reportable } from '../report/report-model.ts';

/** What a history is judged by. */
export interface Standard {
  readonly flows: readonly Flow[];
  readonly invariants: readonly Invariant[];
  readonly narrate: Narrator;
  readonly states?: readonly DocumentStates[];
}

/** A recorded history: its records and what was written above them. */
export type Recording = HistorySource & { readonly header: HistoryHeader };

/** Reads the file as often as needed; keeps none of it. Throws `history.torn`. */
export function judgeHistory(
  file: Recording,
  { flows, invariants, narrate }: Standard,
): Reportable {
  const { header } = file;
  const seen = new Witness();
  const ledger = new FlowLedger(flows);
  const counted = ledger.invariants;
  const results = check(file, [...counted, ...invariants], { see: (record) => seen.see(record) });
  const faults = [...header.faults, ...seen.injected].map((each): FaultResult => ({
    ...each,
    fired: seen.fired(each.fault),
  }));
  return {
    trial: { name: header.trial, declaredAt: header.declaredAt },
    seed: header.seed,
    token: header.token,
    integration: header.integration,
    verdict: verdictOf(results.slice(counted.length), faults, ledger.results(), seen.doubts()),
    history: file,
    counts: seen.tally.counts(),
    lastedMs: seen.lastedMs,
    owed: ledger.owed(),
    phases: seen.phases.phases,
    output: '',
    narrate,
  };
}

/** One pass over the records, for all that the invariants do not count themselves. */
class Witness {
  readonly tally = new Tally();
  readonly phases = new PhaseReader();
  /** Faults that somebody put in while the trial ran. */
  readonly injected: Omit<FaultResult, 'fired'>[] = [];
  readonly #fired = new Map<string, number>();
  readonly #deaths: string[] = [];
  #firstAt: number | undefined;
  #lastAt = 0;
  #checked = false;

  get lastedMs(): number {
    return this.#lastAt - (this.#firstAt ?? this.#lastAt);
  }

  see(record: HistoryRecord): void {
    this.#firstAt ??= record.at;
    this.#lastAt = record.at;
    this.tally.see(record);
    this.phases.see(record);
    if (record.type === 'fault.fired') this.#fired.set(record.fault, this.fired(record.fault) + 1);
    else if (record.type === 'fault.injected') {
      const { fault, kind, link } = record;
      this.injected.push({ fault, kind, link });
    } else if (record.type === 'phase') this.#checked = record.phase === 'check';
    else if (record.type === 'integration' && record.event === 'exited') {
      this.#deaths.push(`the integration ended with ${record.detail ?? 'nothing said'}`);
    }
  }

  fired(fault: string): number {
    return this.#fired.get(fault) ?? 0;
  }

  doubts(): string[] {
    // A recording that stops early shows a business that was never finished.
    const cut = 'the history ends before the trial did';
    return this.#checked ? this.#deaths : [...this.#deaths, cut];
  }
}
