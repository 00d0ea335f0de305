/**
 * Reads what a user wrote about a fault. Every constructor of chaos/ goes through here, so that a
 * slip (a rate of 5 instead of 0.05, a misspelt option, an arrow the wrong way) is named before a
 * trial begins and not found out as a fault that never fired.
 */
import { milliseconds } from '../harness/duration.ts';
import type { FaultSettings, Trigger } from '../harness/fault.ts';
import { SeatrialError } from '../harness/seatrial-error.ts';

/** What every exchange fault takes. */
export interface FaultOptions extends Trigger {
  /** Tells two faults of one kind on one link apart. */
  readonly label?: string;
}

/** What every message fault takes. A message is published once, so there are no attempts to aim at. */
export type MessageFaultOptions = Omit<FaultOptions, 'attempt' | 'atMostPerKey' | 'perKey'>;

/** What one option must be. */
export interface Rule {
  readonly must: string;
  holds(value: unknown): boolean;
}

export type Rules = Readonly<Record<string, Rule>>;

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

const durationMs = (value: unknown): number | undefined => {
  try {
    return milliseconds(value as never);
  } catch {
    return undefined;
  }
};

const durations = 'a duration like "500ms", "3s" or "5m"';

export const share: Rule = {
  must: 'be a number from 0 to 1',
  holds: (value) => isNumber(value) && value >= 0 && value <= 1,
};
export const duration: Rule = {
  must: `be ${durations}`,
  holds: (value) => durationMs(value) !== undefined,
};
export const someTime: Rule = {
  must: `be ${durations}, longer than nothing`,
  holds: (value) => (durationMs(value) ?? 0) > 0,
};
export const count: Rule = {
  must: 'be a whole number from 1',
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};
export const amountMs: Rule = {
  must: 'be a number of milliseconds from 0',
  holds: (value) => isNumber(value) && value >= 0,
};
export const aboveZero: Rule = {
  must: 'be a number above 0',
  holds: (value) => isNumber(value) && value > 0,
};
export const text: Rule = {
  must: 'be a text that is not empty',
  holds: (value) => typeof value === 'string' && value.length > 0,
};
export const flag: Rule = {
  must: 'be true or false',
  holds: (value) => typeof value === 'boolean',
};
export const oneOf = (...values: readonly string[]): Rule => ({
  must: `be one of ${values.map((value) => `"${value}"`).join(', ')}`,
  holds: (value) => values.includes(value as string),
});

const messageRules: Rules = {
  on: text,
  key: text,
  rate: share,
  at: duration,
  for: someTime,
  every: someTime,
  label: text,
};
const exchangeRules: Rules = {
  ...messageRules,
  attempt: count,
  atMostPerKey: count,
  perKey: flag,
};

/** Wires know connections and no messages: there is no `on` and no `key`. */
const networkRules: Rules = { at: duration, for: someTime, every: someTime, label: text };

const triggerFields = [
  'on',
  'key',
  'attempt',
  'rate',
  'at',
  'for',
  'every',
  'atMostPerKey',
  'perKey',
] as const;

/** The part of a fault that says where and when. */
export interface FaultHead {
  readonly kind: string;
  readonly link: string;
  readonly trigger: Trigger;
  readonly settings: FaultSettings;
  readonly label?: string;
}

/** Ends in a `fault.invalid` that names the field. */
export type Refuse = (field: string, must: string, hint?: string) => never;

export const refuser =
  (kind: string, link: unknown): Refuse =>
  (field, must, hint) => {
    throw new SeatrialError({
      code: 'fault.invalid',
      task: `plan the fault ${kind} on ${typeof link === 'string' ? `"${link}"` : String(link)}`,
      reason: `${field} must ${must}`,
      ...(hint === undefined ? {} : { hint }),
    });
  };

/** Reads a message fault's link and options. Throws `fault.invalid` naming the field. */
export function messageFault(
  kind: string,
  link: string,
  options: object,
  own: Rules = {},
): FaultHead {
  const head = read(kind, link, options, messageRules, own);
  if (!/ -> (?:integration|\*)$/.test(link)) {
    refuser(kind, link)('link', 'lead to the integration', 'Write it like "wms -> integration".');
  }
  return head;
}

/** Reads an exchange fault's link and options. Throws `fault.invalid` naming the field. */
export function exchangeFault(
  kind: string,
  link: string,
  options: object,
  own: Rules = {},
): FaultHead {
  return read(kind, link, options, exchangeRules, own);
}

/** Reads a network fault's link and options. Throws `fault.invalid` naming the field. */
export function networkFault(
  kind: string,
  link: string,
  options: object,
  own: Rules = {},
): FaultHead {
  return read(kind, link, options, networkRules, own);
}

function read(kind: string, link: string, options: object, common: Rules, own: Rules): FaultHead {
  const refuse = refuser(kind, link);
  checkLink(link, refuse);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    refuse('options', 'be an object', 'Write them like { rate: 0.05 }.');
  }
  const given = Object.fromEntries(
    Object.entries(options as object).filter(([, value]) => value !== undefined),
  );
  checkOptions(given, { ...common, ...own }, refuse);
  checkSchedule(given, kind, refuse);
  return {
    kind,
    link,
    trigger: Object.fromEntries(
      triggerFields.filter((field) => field in given).map((field) => [field, given[field]]),
    ) as Trigger,
    settings: Object.fromEntries(
      Object.keys(own)
        .filter((field) => field in given && !(triggerFields as readonly string[]).includes(field))
        .map((field) => [field, given[field]]),
    ) as FaultSettings,
    ...(given['label'] === undefined ? {} : { label: given['label'] as string }),
  };
}

function checkLink(link: unknown, refuse: Refuse): void {
  const sides = typeof link === 'string' ? /^(\*|[\w.-]+) -> (\*|[\w.-]+)$/.exec(link) : null;
  if (sides === null || (sides[1] === sides[2] && sides[1] !== '*')) {
    refuse('link', 'name two sides', 'Write it like "integration -> erp" or "wms -> integration".');
  }
}

function checkOptions(given: Record<string, unknown>, rules: Rules, refuse: Refuse): void {
  for (const [field, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    if (rule === undefined) {
      refuse(field, 'not be given', `This fault takes ${Object.keys(rules).join(', ')}.`);
    } else if (!rule.holds(value)) refuse(field, `${rule.must}, not ${describe(value)}`);
  }
}

/** A fault that begins again must have ended before. */
function checkSchedule(given: Record<string, unknown>, kind: string, refuse: Refuse): void {
  const every = durationMs(given['every']);
  // An expiry is a moment and lasts for nothing.
  if (every === undefined || kind === 'expireToken') return;
  const lasting = durationMs(given['for']);
  if (lasting === undefined) refuse('for', 'be given with every');
  else if (lasting >= every) refuse('for', 'be shorter than every');
}

function describe(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return JSON.stringify(value) ?? String(value);
}
