/**
 * One blow of one fault, addressed by (endpoint, business key, attempt): what a plan of faults consists
 * of once it is known which of them took effect.
 */
import type { Address, ExchangeFault, Fault, FaultSettings, MessageFault } from '../fault.ts';
import { FaultPlan } from '../fault-plan.ts';
import { VirtualClock } from '../clock.ts';
import { KeyedRandom } from '../random.ts';
import type { FaultRecord, HistoryRecord } from '../record.ts';
import type { BusinessNames } from './business-names.ts';

export interface Firing {
  /** Label of the trial's fault. */
  readonly fault: string;
  readonly link: string;
  readonly operation: string;
  /** Name of the business key, as {@link BusinessNames} has it; empty for none. */
  readonly key: string;
  readonly attempt: number;
  /** Of the document that the struck message tells of. */
  readonly version?: number;
  /** Kind and settings, where they are not those of the trial's fault. */
  readonly as?: { readonly kind: string; readonly settings: FaultSettings };
}

/** Makes a fault of a kind. Throws `fault.invalid`. */
export type FaultMaker = (kind: string, link: string, settings: FaultSettings) => Fault;

/** All blows that took effect in a history, in order; a blow that fell twice is listed once. */
export function firingsOf(history: Iterable<HistoryRecord>, names: BusinessNames): Firing[] {
  const firings = new Map<string, Firing>();
  for (const record of history) {
    if (record.type !== 'fault.fired' || record.operation === undefined) continue;
    const firing = firingOf(record, record.operation, names);
    firings.set(placeOf(firing), firing);
  }
  return [...firings.values()];
}

function firingOf(record: FaultRecord, operation: string, names: BusinessNames): Firing {
  const { fault, kind, link, key = '', attempt = 1, version, settings } = record;
  return {
    // A blow of another kind in its place, or of another throw, keeps the name of the trial's fault.
    fault: fault.replace(/, (?:as \w+|throw \d+)$/, ''),
    link,
    operation,
    key: names.nameOf(key),
    attempt,
    ...(version === undefined ? {} : { version }),
    ...(settings === undefined ? {} : { as: { kind, settings } }),
  };
}

/** Where a firing falls, in one word. */
export const placeOf = (firing: Firing): string => `${firing.fault}\u0000${addressOf(firing)}`;

/**
 * Without the blow at this place of the list, and those of later attempts of the same exchange one
 * attempt earlier; undefined when there are none.
 */
export function closedUp(firings: readonly Firing[], place: number): Firing[] | undefined {
  const gone = firings[place] as Firing;
  const rest = firings.filter((_, index) => index !== place);
  const isBehind = (each: Firing): boolean =>
    each.attempt > gone.attempt &&
    addressOf({ ...each, attempt: gone.attempt }) === addressOf(gone);
  if (!rest.some(isBehind)) return undefined;
  return rest.map((each) => (isBehind(each) ? { ...each, attempt: each.attempt - 1 } : each));
}

/**
 * The trial's faults, striking at these places and nowhere else. `names` must follow the history of the
 * run that they are for.
 */
export function faultsOf(
  faults: readonly Fault[],
  firings: readonly Firing[],
  names: BusinessNames,
  make: FaultMaker,
): Fault[] {
  return labelled(faults).flatMap((original) => {
    const ours = firings.filter(({ fault }) => fault === original.label);
    const kinds = [...new Set(ours.map(({ as }) => as?.kind ?? original.kind))];
    return kinds.map((kind) =>
      addressed(
        original,
        kind,
        ours.filter(({ as }) => (as?.kind ?? original.kind) === kind),
        names,
        make,
      ),
    );
  });
}

/** One fault that strikes where its firings say, each time as that firing says. */
function addressed(
  original: Fault & { readonly label: string },
  kind: string,
  firings: readonly Firing[],
  names: BusinessNames,
  make: FaultMaker,
): Fault {
  const made = new Map<string, Fault>();
  const versionOf = ({ as }: Firing): Fault => {
    if (as === undefined) return original;
    const settings = JSON.stringify(as.settings);
    const known = made.get(settings) ?? make(as.kind, original.link, as.settings);
    made.set(settings, known);
    return known;
  };
  const byPlace = new Map(firings.map((each) => [addressOf(each), versionOf(each)]));
  const at = (address: Address): Fault | undefined =>
    byPlace.get(addressOf({ ...address, key: names.nameOf(address.key) }));
  const head = {
    link: original.link,
    label: kind === original.kind ? original.label : `${original.label}, as ${kind}`,
    trigger: { only: (address: Address) => at(address) !== undefined },
  };
  const first = byPlace.values().next().value ?? original;
  if (first.layer === 'exchange') {
    const intercept: ExchangeFault['intercept'] = (exchange, next, tools) => {
      const fault = at({ ...exchange, key: exchange.key ?? '' });
      return fault?.layer === 'exchange' ? fault.intercept(exchange, next, tools) : next();
    };
    return { ...first, ...head, intercept };
  }
  if (first.layer === 'message') return { ...first, ...head, plan: planAt(at) };
  return { ...first, ...head };
}

const planAt =
  (at: (address: Address) => Fault | undefined): MessageFault['plan'] =>
  (deliveries, tools) => {
    const event = deliveries[0]?.event;
    if (event === undefined) return deliveries;
    const { type: operation, key, version, source } = event;
    const link = `${source.slice(source.lastIndexOf('/') + 1)} -> integration`;
    const fault = at({ link, operation, key, version, attempt: 1 });
    return fault?.layer === 'message' ? fault.plan(deliveries, tools) : deliveries;
  };

const addressOf = ({ link, operation, key, attempt, version }: Address): string =>
  [link, operation, key, attempt, version ?? ''].join('\u0000');

/** The same faults with other dice, striking less often by a factor. */
export const thrownAnew = (faults: readonly Fault[], time: number, factor: number): Fault[] =>
  labelled(faults).map((each) => ({
    ...each,
    label: `${each.label}, throw ${time}`,
    trigger: { ...each.trigger, rate: (each.trigger.rate ?? 1) * factor },
  }));

/** Faults with the labels that a plan of all of them gives them. */
export const labelled = (faults: readonly Fault[]): (Fault & { readonly label: string })[] =>
  new FaultPlan(faults, new KeyedRandom(''), new VirtualClock()).planned.map(
    ({ fault, label }) => ({ ...fault, label }),
  );
