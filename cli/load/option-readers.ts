/** Readers of the option values that only `seatrial load` has. */
import { InvalidArgumentError } from 'commander';
import type { FacadeCall } from '../../load/plan.ts';
import type { Hours } from '../../load/volume/peak-day.ts';
import { duration } from '../options.ts';

/** A stretch of hours and a number that says something of it. */
export type Given = Hours & { readonly number: number | undefined };

/** The share of one process: the index-th (from 1) of so many. */
export interface Segment {
  readonly index: number;
  readonly of: number;
}

/** `8-10=3`, `22-23`: hours of the day, and a number that is the option's own. */
export function hours(text: string, before: readonly Given[] = []): Given[] {
  const match = /^(\d{1,2}(?:\.\d+)?)-(\d{1,2}(?:\.\d+)?)(?:=(\d+(?:\.\d+)?))?$/.exec(text);
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || !(from < to) || to > 24) {
    throw new InvalidArgumentError('Give hours of the day and a number like 8-10=3.');
  }
  const number = match[3] === undefined ? undefined : Number(match[3]);
  return [...before, { fromHour: from, toHour: to, number }];
}

/** `1`, `10x`, `max`. */
export function pace(text: string): number | 'max' {
  if (text === 'max') return 'max';
  const value = Number(text.replace(/x$/, ''));
  if (text !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Give 1x, 10x, ... or max.');
}

/** `2/4`. */
export function segment(text: string): Segment {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const [index, of] = [Number(match?.[1]), Number(match?.[2])];
  if (match !== null && index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError('Give the share of this process like 2/4.');
}

/** `GET /health`, `POST /orders=201`. */
export function facadeCall(text: string, before: readonly FacadeCall[] = []): FacadeCall[] {
  const match = /^(GET|POST|PUT|DELETE|PATCH) (\/[!-~]*?)(?:=(\d{3}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('Give a call like "GET /health=200".');
  const [, method = '', path = '', status] = match;
  return [...before, { method, path, ...(status === undefined ? {} : { status: Number(status) }) }];
}

/** `order-to-erp=2s`: a limit for one flow. */
export function thresholds(
  text: string,
  before: Readonly<Record<string, number>> = {},
): Record<string, number> {
  const match = /^([\w-]+)=(.+)$/.exec(text);
  if (match === null)
    throw new InvalidArgumentError('Give a flow and a limit like order-to-erp=2s.');
  return { ...before, [match[1] as string]: duration(match[2] as string) };
}

/** `erp=s4hana,procurement=coupa`. */
export function systemDialects(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((part): [string, string] => {
      const match = /^([a-z]+)=([a-z0-9]+)$/.exec(part.trim());
      if (match === null)
        throw new InvalidArgumentError('Give them like procurement=coupa,erp=s4hana.');
      return [match[1] as string, match[2] as string];
    }),
  );
}
