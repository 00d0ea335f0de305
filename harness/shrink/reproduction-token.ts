/**
 * A reproduction as one short word: seed, blows, business, and what it must show. Versioned and with a
 * checksum, because people copy it from logs.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Excerpt } from '../excerpt.ts';
import type { FaultSettings } from '../fault.ts';
import { stableHash } from '../random.ts';
import { invalidToken, seedOfToken } from '../replay-token.ts';
import type { Firing } from './firing.ts';
import type { Reproduction, Target } from './reproduction.ts';

/** All that a token says. */
export interface TokenContent {
  /** Name of the trial. */
  readonly trial?: string;
  /** Its file, as it was given. */
  readonly file?: string;
  readonly reproduction: Reproduction;
  readonly target?: Target;
}

const version = 'st2';

type Blow = readonly [
  fault: string,
  link: string,
  operation: string,
  key: string,
  attempt: number,
  version?: number | null,
  kind?: string,
  settings?: FaultSettings,
];

/** With one letter for each name: tokens are copied by hand at times. */
interface Packed {
  readonly t?: string;
  readonly f?: string;
  readonly s: string;
  readonly e?: readonly string[];
  readonly p?: readonly Blow[];
  readonly x?: Excerpt;
  readonly i?: readonly [string, string];
}

export function reproductionToken({ trial, file, reproduction, target }: TokenContent): string {
  const { seed, enabled, firings, excerpt } = reproduction;
  const packed: Packed = {
    ...(trial === undefined ? {} : { t: trial }),
    ...(file === undefined ? {} : { f: file }),
    s: seed,
    ...(enabled === undefined ? {} : { e: enabled }),
    ...(firings === undefined ? {} : { p: firings.map(blowOf) }),
    ...(excerpt === undefined ? {} : { x: excerpt }),
    ...(target === undefined ? {} : { i: [target.invariant, target.document] }),
  };
  const payload = deflateRawSync(JSON.stringify(packed)).toString('base64url');
  return `${version}.${payload}.${checksum(payload)}`;
}

/** Reads a token of either sort. Throws `token.invalid`, saying so when it is from another version. */
export function readToken(token: string): TokenContent {
  const [head, payload = '', sum] = token.trim().split('.');
  if (head !== version) return { reproduction: { seed: seedOfToken(token.trim()) } };
  if (sum !== checksum(payload)) {
    throw invalidToken(token, 'it was not copied whole: its checksum does not match');
  }
  try {
    return unpacked(JSON.parse(inflateRawSync(Buffer.from(payload, 'base64url')).toString()));
  } catch {
    throw invalidToken(token, 'what it holds cannot be read');
  }
}

const checksum = (payload: string): string => stableHash(`${version}.${payload}`).slice(0, 6);

function blowOf({ fault, link, operation, key, attempt, version: of, as }: Firing): Blow {
  if (as !== undefined)
    return [fault, link, operation, key, attempt, of ?? null, as.kind, as.settings];
  return of === undefined
    ? [fault, link, operation, key, attempt]
    : [fault, link, operation, key, attempt, of];
}

function firingOf([fault, link, operation, key, attempt, of, kind, settings]: Blow): Firing {
  return {
    fault,
    link,
    operation,
    key,
    attempt,
    ...(typeof of === 'number' ? { version: of } : {}),
    ...(kind === undefined || settings === undefined ? {} : { as: { kind, settings } }),
  };
}

function unpacked({ t, f, s, e, p, x, i }: Packed): TokenContent {
  if (typeof s !== 'string') throw new TypeError('no seed');
  return {
    ...(t === undefined ? {} : { trial: t }),
    ...(f === undefined ? {} : { file: f }),
    reproduction: {
      seed: s,
      ...(e === undefined ? {} : { enabled: e }),
      ...(p === undefined ? {} : { firings: p.map(firingOf) }),
      ...(x === undefined ? {} : { excerpt: x }),
    },
    ...(i === undefined ? {} : { target: { invariant: i[0], document: i[1] } }),
  };
}
