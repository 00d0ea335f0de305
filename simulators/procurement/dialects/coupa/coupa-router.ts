/** Which endpoint a request is for. A path may end in `.json`, as the API allows. */
import { type Match, Router } from '../../../plain/router.ts';
import { type CoupaEndpoint, basePath } from './endpoint.ts';

export class CoupaRouter extends Router<CoupaEndpoint> {
  constructor(endpoints: readonly CoupaEndpoint[]) {
    super(endpoints, { basePath });
  }

  override match(method: string, path: string): Match<CoupaEndpoint> | undefined {
    const bare = path.replace(/\.(?:json|xml)$/, '');
    const trailed = bare.length > 1 && bare.endsWith('/');
    return super.match(method, trailed ? bare.slice(0, -1) : bare);
  }

  /** Without HEAD, which a refusal does not name. */
  override allowed(path: string): string[] {
    return super.allowed(path).filter((method) => method !== 'HEAD');
  }
}
