/** A landscape with what the API knows of it beside what the engine does. */
import type { LandscapeControl } from '../harness/control.ts';
import type { Narrator, Workload } from '../harness/workload.ts';
import { ArrivalBook } from './arrival-book.ts';
import { LiveBook } from './live-book.ts';

interface Parts {
  readonly control: LandscapeControl;
  readonly narrate: Narrator;
  /** What it is called in reports: the trial's name, or the landscape's. */
  readonly name: string;
  /** Whose landscape it is, when a trial runs in it. */
  readonly trial?: string;
  /** The business that was named when it was made, to be started later. */
  readonly workload?: Workload;
  /** Where its webhooks go, once that was said. */
  webhooks?: string;
}

export interface ControlledLandscape extends Parts {
  /** Aborted when the landscape is deleted. */
  readonly gone: AbortSignal;
  /** Follows the history for those who look on; made when the first of them comes. */
  book(): LiveBook;
  /** What its flows delivered; kept from the first time that somebody asks. */
  arrivals(): ArrivalBook;
  /** Ends what follows it. */
  close(): void;
}

/** Completes it with what it needs to be looked at. */
export function controlled(parts: Parts): ControlledLandscape {
  const end = new AbortController();
  let book: LiveBook | undefined;
  let arrivals: ArrivalBook | undefined;
  return {
    ...parts,
    gone: end.signal,
    book: () => (book ??= new LiveBook(parts.control, parts.narrate)),
    arrivals: () => (arrivals ??= new ArrivalBook(parts.control)),
    close: () => {
      book?.close();
      arrivals?.close();
      end.abort();
    },
  };
}
