/**
 * The control API as the page asks it. The token came in the address's fragment, is taken out of the
 * address at once, and is kept for this tab only: a reload works, another site never gets it, and there
 * is no cookie that a browser could send by itself.
 */

const place = 'seatrial-token';

/** The token of this tab; empty when it has none. */
export function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given !== null) {
    sessionStorage.setItem(place, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(place) ?? '';
}

export const keepToken = (token: string): void => sessionStorage.setItem(place, token);

/** What the server said instead, in its own words. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const reply = await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${takeToken()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (reply.ok) return reply;
  const problem = (await reply.json().catch(() => ({}))) as { detail?: string };
  throw new Refused(reply.status, problem.detail ?? `The server answered ${reply.status}.`);
}

/** Throws {@link Refused}. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const reply = await ask(method, path, body);
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}

/** Server-sent events, read by hand because the browser's own reader cannot bear a token. */
export async function listen(
  path: string,
  signal: AbortSignal,
  hear: (event: string, data: unknown) => void,
): Promise<void> {
  const { body } = await ask('GET', path, undefined, signal);
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (event !== undefined && data !== undefined) hear(event, JSON.parse(data));
    }
  }
}
