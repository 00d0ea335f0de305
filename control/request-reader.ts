/** Reads a request by its row of the table: query options, the body, both refused when they are wrong. */
import type { IncomingMessage } from 'node:http';
import { type BodyValidator, bodyValidator } from '../simulators/plain/body-validation.ts';
import { WireRefusal, malformed } from '../simulators/plain/wire-refusal.ts';
import type { Endpoint } from './endpoint.ts';

/** A trial with two hundred faults takes a tenth of it. */
export const bodyLimitBytes = 1024 * 1024;

const mostNesting = 100;

/** The whole body as text. Throws 413; what is beyond the limit is read and thrown away, so that the answer arrives. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimitBytes) chunks.push(chunk);
  }
  if (size <= bodyLimitBytes) return Buffer.concat(chunks).toString('utf8');
  throw new WireRefusal({
    refusal: 'malformed',
    status: 413,
    rule: 'too-large',
    message: `A body may have ${bodyLimitBytes} bytes.`,
  });
}

/** The validators of a table, each compiled when its first body comes. */
export class RequestReader {
  readonly #validators = new Map<Endpoint, BodyValidator>();

  /** Throws 400, 415 or 422. */
  body(endpoint: Endpoint, text: string, contentType: string | undefined): unknown {
    const { body: schema, bodyOptional } = endpoint;
    if (schema === undefined) return undefined;
    if (text === '') {
      if (bodyOptional === true) return undefined;
      throw malformed('missing-body', 'A body is needed here.');
    }
    checkType(contentType);
    const value = parse(text);
    let validate = this.#validators.get(endpoint);
    if (validate === undefined) this.#validators.set(endpoint, (validate = bodyValidator(schema)));
    validate(value, text.length);
    return value;
  }

  /** Throws 400 for options that there are not, that come twice, or that cannot be read. */
  query({ query: options = [] }: Endpoint, text: string): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const [name, given] of new URLSearchParams(text)) {
      const option = options.find((each) => each.name === name);
      if (option === undefined) {
        const known = options.map((each) => each.name).join(', ') || 'none';
        throw malformed('unknown-query', `${name} is no option here; there are: ${known}.`);
      }
      if (Object.hasOwn(values, name)) throw malformed('invalid-query', `${name} comes twice.`);
      values[name] = option.read(given);
    }
    return values;
  }
}

function checkType(contentType = ''): void {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return;
  throw new WireRefusal({
    refusal: 'malformed',
    status: 415,
    rule: 'unsupported-media-type',
    message: 'Bodies are application/json.',
  });
}

function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('malformed-json', 'The body is not JSON.');
  }
  if (depth(value, 0) > mostNesting) throw malformed('too-deep', 'The body is nested too deep.');
  return value;
}

function depth(value: unknown, at: number): number {
  if (typeof value !== 'object' || value === null || at > mostNesting) return at;
  return Math.max(
    at,
    ...Object.values(value)
      .slice(0, 10_000)
      .map((each) => depth(each, at + 1)),
  );
}
