/** What one key of a flow owes and has, document by document: whoever follows flows follows them by these rules. */
import { type Flow, type FlowDocument, agrees } from './flow.ts';
import type { CommitRecord } from './record.ts';

export interface Settlement {
  /** The last word of the source; undefined while it owes nothing. */
  owes: FlowDocument;
  /** The target as it is, whether or not it counts as an answer. */
  has: FlowDocument;
  /** Whether it ever counted: an answer that was cancelled since was an answer. */
  arrived: boolean;
  /** What it was about is no more. */
  lapsed: boolean;
}

export const newSettlement = (): Settlement => ({
  owes: undefined,
  has: undefined,
  arrived: false,
  lapsed: false,
});

/** Takes a document of the source in; `false` when a later one was there before it. */
export function takeSource({ from }: Flow, state: Settlement, document: FlowDocument): boolean {
  const overtaken =
    state.owes !== undefined &&
    from.rank !== undefined &&
    from.rank(document) < from.rank(state.owes);
  if (overtaken) return false;
  // A document that stops owing before anything came of it is over; after that its end is owed, too.
  const owing = from.when?.(document) ?? true;
  state.owes = owing || state.has !== undefined ? document : undefined;
  return true;
}

export function takeTarget({ to }: Flow, state: Settlement, document: FlowDocument): void {
  state.has = document;
  state.arrived ||= to.where?.(document) ?? true;
}

export function takeLapse({ lapses }: Flow, state: Settlement, document: FlowDocument): void {
  state.lapsed = lapses?.when(document) ?? false;
}

/** Whether the key owes and is not settled. */
export function isOpen(flow: Flow, state: Settlement): boolean {
  if (state.owes === undefined) return false;
  if (!state.lapsed) return !isAnswered(flow, state);
  return flow.lapses?.takesBack === true && stands(flow, state.has);
}

const stands = ({ to }: Flow, has: FlowDocument): boolean =>
  has !== undefined && (to.where?.(has) ?? true);

function isAnswered(flow: Flow, { owes, has, arrived }: Settlement): boolean {
  if (has === undefined) return false;
  if (flow.moot?.(owes, has) === true) return true;
  if (!arrived) return false;
  return !stands(flow, has) || flow.agree.every((rule) => agrees(rule, owes, has));
}

/** Whether a document of the source's kind is one that ends what others owe. */
export function isLapse({ lapses }: Flow, { system, document, data }: CommitRecord): boolean {
  if (lapses === undefined || document !== lapses.document || system !== lapses.system)
    return false;
  return lapses.key(data) !== undefined;
}

/** A kind of document in a system, as one text. */
export const shapeOf = ({ system, document }: { system: string; document: string }): string =>
  `${system} ${document}`;

export const listOfKeys = (keys: string | readonly string[] | undefined): readonly string[] => {
  if (keys === undefined) return [];
  return typeof keys === 'string' ? [keys] : keys;
};
