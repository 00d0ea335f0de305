/** A trial as data: landscape + integration + workload + faults. `runTrial` turns it into a verdict. */
import type { Duration } from './duration.ts';
import { milliseconds } from './duration.ts';
import type { Fault } from './fault.ts';
import { linksOf, onLink } from './fault-plan.ts';
import type { Flow } from './flow.ts';
import type { Integration } from './integration.ts';
import type { Invariant } from './invariant.ts';
import { SeatrialError } from './seatrial-error.ts';
import type { SystemFactory } from './system.ts';
import type { Narrator, Workload } from './workload.ts';

export interface TrialOptions {
  readonly name: string;
  /** By role. The flows of a workload name these roles. */
  readonly systems: Readonly<Record<string, SystemFactory>>;
  readonly workload: Workload;
  readonly faults?: readonly Fault[];
  /** Instead of the workload's own. */
  readonly flows?: readonly Flow[];
  /** In addition to the workload's own. */
  readonly invariants?: readonly Invariant[];
  /** The software under test; `--integration` and `toHold` override it. */
  readonly integration?: Integration | string;
  readonly seed?: string;
  /**
   * Which Toxiproxy carries the network faults: `embedded`, `binary`, a URL, or `auto` (default): what
   * TOXIPROXY_URL names, else `toxiproxy-server` on PATH, else the embedded one.
   */
  readonly toxiproxy?: string;
  readonly liveness?: {
    /** After healing, the trial ends at the latest after this; default `60s`. */
    readonly deadline?: Duration;
    /**
     * What is owed when nothing has happened for so long will never come; default `10s`. Longer than
     * the longest pause of the integration itself.
     */
    readonly settle?: Duration;
  };
  readonly webhooks?: {
    /** Waits between attempts, trial milliseconds. */
    readonly retryScheduleMs?: readonly number[];
    readonly concurrency?: number;
  };
  readonly narrate?: Narrator;
}

/** A trial that was read and found sound. */
export interface Trial extends TrialOptions {
  readonly kind: 'seatrial-trial';
  /** File and line of its definition, when the engine tells. */
  readonly declaredAt: string | undefined;
  readonly deadlineMs: number;
  readonly settleMs: number;
}

/** Reads a trial. Throws `trial.invalid` naming the field and the place. */
export function defineTrial(options: TrialOptions): Trial {
  const declaredAt = callSite(defineTrial);
  const invalid = (field: string, reason: string, hint?: string): never => {
    throw new SeatrialError({
      code: 'trial.invalid',
      task: `read the trial${declaredAt === undefined ? '' : ` at ${declaredAt}`}`,
      reason: `${field} ${reason}`,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  checkFields(options, invalid);
  checkFaults(options, invalid);
  const { deadline = '60s', settle = '10s' } = options.liveness ?? {};
  return {
    ...options,
    kind: 'seatrial-trial',
    declaredAt,
    deadlineMs: duration(deadline, 'liveness.deadline', invalid),
    settleMs: duration(settle, 'liveness.settle', invalid),
  };
}

type Invalid = (field: string, reason: string, hint?: string) => never;

const fields = new Set([
  'name',
  'systems',
  'workload',
  'faults',
  'flows',
  'invariants',
  'integration',
  'seed',
  'toxiproxy',
  'liveness',
  'webhooks',
  'narrate',
]);

function checkFields(options: TrialOptions, invalid: Invalid): void {
  if (typeof options !== 'object' || options === null) invalid('the trial', 'must be an object');
  for (const field of Object.keys(options)) {
    if (!fields.has(field)) {
      invalid(field, 'is not a field of a trial', `Fields are ${[...fields].join(', ')}.`);
    }
  }
  if (typeof options.name !== 'string' || options.name.trim() === '') {
    invalid('name', 'must be a text that is not empty');
  }
  if (typeof options.systems !== 'object' || Object.keys(options.systems ?? {}).length === 0) {
    invalid('systems', 'must name at least one system', 'For example { erp: erp() }.');
  }
  for (const [name, factory] of Object.entries(options.systems)) {
    if (typeof factory !== 'function') {
      invalid(`systems.${name}`, 'must be a system', 'For example erp(), with the parentheses.');
    }
  }
  if (typeof options.workload?.start !== 'function') {
    invalid('workload', 'must be a workload', 'For example procureToPay({ purchaseOrders: 100 }).');
  }
  const { integration, seed } = options;
  if (integration !== undefined && typeof integration !== 'string' && !('kind' in integration)) {
    invalid('integration', 'must be a command, { kind: "url", url } or inProcess(...)');
  }
  if (seed !== undefined && typeof seed !== 'string') invalid('seed', 'must be a text');
  if (options.toxiproxy !== undefined && typeof options.toxiproxy !== 'string') {
    invalid('toxiproxy', 'must be "auto", "embedded", "binary", "container" or a URL');
  }
}

function checkFaults({ faults = [], systems }: TrialOptions, invalid: Invalid): void {
  if (!Array.isArray(faults)) invalid('faults', 'must be a list');
  const links = linksOf(Object.keys(systems));
  faults.forEach((fault: Fault, index) => {
    const field = `faults[${index}]`;
    if (typeof fault?.kind !== 'string' || typeof fault.link !== 'string') {
      invalid(
        field,
        'must be a fault',
        "For example duplicate('wms -> integration', { rate: 0.05 }).",
      );
    }
    if (!links.some((link) => onLink(fault.link, link))) {
      invalid(
        `${field}.link`,
        `"${fault.link}" is no link of this landscape`,
        `Links are ${links.join(', ')}.`,
      );
    }
  });
}

function duration(value: Duration, field: string, invalid: Invalid): number {
  try {
    return milliseconds(value, field);
  } catch {
    return invalid(field, `${JSON.stringify(value)} is not a duration`, 'Write it like "30s".');
  }
}

/** `file:line:column` of whoever called `callee`. */
function callSite(callee: (...parameters: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  const frame = holder.stack?.split('\n')[1];
  const match = frame && /\(?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/.exec(frame);
  return match ? match[1] : undefined;
}
