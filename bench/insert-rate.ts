/** The rate at which a server takes the 3-line order over HTTP from 16 connections. */
import autocannon from 'autocannon';

export interface InsertTarget {
  /** Address of the server. */
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const connections = 16;

/** Answered requests a second. Throws when one is not answered with success. */
export async function insertRate(target: InsertTarget, seconds: number): Promise<number> {
  const { url, path, headers, body } = target;
  const result = await autocannon({
    url: `${url}${path}`,
    connections,
    duration: seconds,
    method: 'POST',
    headers,
    body,
  });
  const { non2xx, errors } = result;
  if (non2xx + errors > 0) {
    throw new Error(`Failed to insert: ${non2xx} refusals and ${errors} errors at ${url}.`);
  }
  return result['2xx'] / result.duration;
}
