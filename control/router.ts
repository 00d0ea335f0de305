/** Which row of the table a request is for. */
import findMyWay from 'find-my-way';
import type { Endpoint, Method } from './endpoint.ts';

export interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE'];

export class Router {
  readonly #routes = findMyWay({ maxParamLength: 500, onBadUrl: () => undefined });

  constructor(endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) {
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1');
      this.#routes.on(endpoint.method, path, () => undefined, endpoint);
    }
  }

  /** A HEAD is a GET whose body nobody sends. */
  match(method: string, path: string): Match | undefined {
    const known = (method === 'HEAD' ? 'GET' : method) as Method;
    if (!methods.includes(known)) return undefined;
    const found = this.#routes.find(known, path);
    // A path with a broken percent encoding comes back without the row.
    if (found === null || found.store === null) return undefined;
    const params = found.params as Record<string, string>;
    for (const name in params) if (params[name] === '') return undefined;
    return { endpoint: found.store as Endpoint, params };
  }

  /** Methods that would have found something at the path. */
  allowed(path: string): string[] {
    const found: string[] = methods.filter((method) => this.match(method, path) !== undefined);
    return found.includes('GET') ? ['HEAD', ...found] : found;
  }
}
