/** The console's page: markup, script and styles without a secret in them, open to whoever asks. */
import type { Answer } from './endpoint.ts';

/** What the page consists of. */
export interface Console {
  readonly page: string;
  readonly script: () => Promise<string>;
  readonly styles: string;
}

/** Everything comes from here and goes to here; nobody may frame it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // The charts set styles on their elements.
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The file at the path, or `undefined` when none of the console's is there. */
export async function consoleFile(
  console: Console | undefined,
  method: string,
  path: string,
): Promise<Answer | undefined> {
  if (console === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined;
  switch (path) {
    case '/':
      return { status: 302, headers: { location: '/console' } };
    case '/console':
      return file('text/html; charset=utf-8', console.page);
    case '/console/console.js':
      return file('text/javascript; charset=utf-8', await console.script());
    case '/console/console.css':
      return file('text/css; charset=utf-8', console.styles);
    default:
      return undefined;
  }
}

const file = (type: string, content: string): Answer => ({
  status: 200,
  headers: { 'content-security-policy': policy, 'x-frame-options': 'DENY' },
  text: { type, content },
});
