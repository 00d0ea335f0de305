/** Readers of option values: what they take, they take whole, and what they refuse they name. */
import { InvalidArgumentError } from 'commander';
import { milliseconds } from '../harness/duration.ts';
import { seedOfToken } from '../harness/replay-token.ts';

export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a whole number above 0.');
}

/** `60s`, `2h`, ... in milliseconds. */
export function duration(text: string): number {
  try {
    const ms = milliseconds(text as never);
    if (ms > 0) return ms;
  } catch {
    // The message below says it with the option's name before it.
  }
  throw new InvalidArgumentError('Give a duration like 500ms, 30s, 5m or 2h.');
}

/** `procurement=41001,erp=41002`; which systems there are is the landscape's to say. */
export function ports(text: string): Record<string, number> {
  const given: Record<string, number> = {};
  for (const part of text.split(',')) {
    const match = /^\s*([\w-]+)=(\d{1,5})\s*$/.exec(part);
    const port = Number(match?.[2]);
    if (match === null || port > 65_535) {
      throw new InvalidArgumentError('Give them like procurement=41001,erp=41002,wms=41003.');
    }
    const name = match[1] as string;
    if (Object.hasOwn(given, name)) throw new InvalidArgumentError(`${name} is given twice.`);
    if (port !== 0 && Object.values(given).includes(port)) {
      throw new InvalidArgumentError(`Port ${port} is given twice.`);
    }
    given[name] = port;
  }
  return given;
}

export function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('Give a port from 0 to 65535; 0 for any free one.');
}

export function seed(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError('Give up to 64 letters, digits, dots, hyphens or underscores.');
}

/** The seed of a replay token; says so when the token is from another version. */
export function token(text: string): string {
  try {
    return seedOfToken(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

export function httpUrl(text: string): string {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return text;
  throw new InvalidArgumentError('Give a URL like http://127.0.0.1:8080.');
}
