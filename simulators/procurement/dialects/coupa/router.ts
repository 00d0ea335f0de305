/** Which endpoint a request is for. A path may end in `.json`, as the API allows. */
import findMyWay from 'find-my-way';
import type { CoupaEndpoint, Method } from './endpoint.ts';

export const basePath = '/api';

export interface Match {
  readonly endpoint: CoupaEndpoint;
  readonly params: Readonly<Record<string, string>>;
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH'];

export class Router {
  readonly #routes = findMyWay({ maxParamLength: 200, onBadUrl: () => undefined });

  constructor(endpoints: readonly CoupaEndpoint[]) {
    for (const endpoint of endpoints) {
      const path = basePath + endpoint.path;
      this.#routes.on([...endpoint.methods], path, () => undefined, endpoint);
    }
  }

  match(method: string, path: string): Match | undefined {
    const known = (method === 'HEAD' ? 'GET' : method) as Method;
    if (!methods.includes(known)) return undefined;
    const found = this.#routes.find(known, withoutSuffix(path));
    if (found === null || found.store === null) return undefined;
    return {
      endpoint: found.store as CoupaEndpoint,
      params: found.params as Record<string, string>,
    };
  }

  /** Methods that would have found something at the path. */
  allowed(path: string): string[] {
    return methods.filter((method) => this.match(method, path) !== undefined);
  }
}

const withoutSuffix = (path: string): string => {
  const bare = path.replace(/\.(?:json|xml)$/, '');
  return bare.length > 1 && bare.endsWith('/') ? bare.slice(0, -1) : bare;
};
