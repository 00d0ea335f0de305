/** A fault in one line, for people: what, where, on what, how often, when. */
import type { Duration } from '../harness/duration.ts';
import type { Fault, Trigger } from '../harness/fault.ts';

/** `duplicate on wms -> integration: copies 2; 5 % of receipt.confirmed from 20m for 3m`. */
export function describeFault(fault: Fault): string {
  const { kind, link, trigger, label, settings } = fault;
  const own = Object.entries(fault.layer === 'network' ? fault.attributes : (settings ?? {}));
  const named = label === undefined ? '' : ` (${label})`;
  const set = own.map(([name, value]) => (value === true ? name : `${name} ${value}`)).join(', ');
  const rate = fault.layer === 'network' ? { rate: fault.toxicity } : {};
  const aim = describeTrigger({ ...trigger, ...rate }, fault.layer);
  const rest = [set, aim].filter((part) => part !== '').join('; ');
  return `${kind}${named} on ${link}${rest === '' ? '' : `: ${rest}`}`;
}

function describeTrigger(trigger: Trigger, layer: Fault['layer']): string {
  return [describeAim(trigger, layer), describeSchedule(trigger)]
    .filter((part) => part !== '')
    .join(' ');
}

const things: Readonly<Record<Fault['layer'], string>> = {
  message: 'messages',
  exchange: 'exchanges',
  network: 'connections',
};

function describeAim(trigger: Trigger, layer: Fault['layer']): string {
  const { on, key, attempt, rate, atMostPerKey, perKey } = trigger;
  const many = rate === undefined || rate === 1 ? 'all' : `${percent(rate)} of`;
  const parts = [
    key && `of ${key}`,
    attempt && `at attempt ${attempt}`,
    atMostPerKey && `at most ${atMostPerKey} a key`,
    perKey && rate !== undefined && 'drawn once a key',
  ].filter(Boolean);
  if (many === 'all' && on === undefined && parts.length === 0) return '';
  return [many, on ?? things[layer], ...parts].join(' ');
}

function describeSchedule({ at, for: lasting, every }: Trigger): string {
  return [
    at === undefined ? '' : `from ${words(at)}`,
    lasting === undefined ? '' : `for ${words(lasting)}`,
    every === undefined ? '' : `every ${words(every)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const words = (duration: Duration): string =>
  typeof duration === 'number' ? `${duration} ms` : duration;

const percent = (share: number): string => `${Number((share * 100).toFixed(3))} %`;
