/**
 * Lets HTTP clients of this process that nobody can hand a fetch (`http`, `https` and what is built on
 * them) reach the landscape of their trial, by way of MSW. One server for all trials: whose call it is
 * is known by the machine that it comes from.
 */
import type { SetupServer } from 'msw/node';
import { Machine } from '../machine.ts';

let server: SetupServer | undefined;
let users = 0;

/** Intercepts until the function that it gives back is called. */
export async function intercepted(): Promise<() => void> {
  users++;
  server ??= await listening();
  let done = false;
  return () => {
    if (done) return;
    done = true;
    if (--users > 0) return;
    server?.close();
    server = undefined;
  };
}

async function listening(): Promise<SetupServer> {
  // Loaded when first asked for: it takes a tenth of a second that most runs do not need.
  const [{ setupServer }, { answeredByGate }, { http, passthrough }] = await Promise.all([
    import('msw/node'),
    import('./msw-handlers.ts'),
    import('msw'),
  ]);
  const handler = http.all('*', ({ request }) => {
    const origin = new URL(request.url).origin;
    const gate = Machine.current()?.gates.get(origin.replace(/^https:/, 'http:'));
    return gate === undefined ? passthrough() : answeredByGate(gate, origin, request);
  });
  const started = setupServer(handler);
  started.listen();
  return started;
}
