/** Which row of a table of endpoints a request is for. Built once from the table. */
import findMyWay from 'find-my-way';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

/** A path has `{name}` or `:name` for its parameters. */
export type Routed = { readonly path: string } & (
  { readonly method: Method } | { readonly methods: readonly Method[] }
);

export interface Match<Row> {
  readonly endpoint: Row;
  readonly params: Readonly<Record<string, string>>;
}

export interface RouterOptions {
  /** Before every row's path; default none. */
  readonly basePath?: string;
  /** Characters of a parameter, beyond which nothing is found; default 200. */
  readonly maxParamLength?: number;
}

export class Router<Row extends Routed> {
  readonly #routes;

  constructor(rows: readonly Row[], { basePath = '', maxParamLength = 200 }: RouterOptions = {}) {
    this.#routes = findMyWay({ maxParamLength, onBadUrl: () => undefined });
    for (const row of rows) {
      const path = basePath + row.path.replaceAll(/\{(\w+)\}/g, ':$1');
      const own = 'methods' in row ? row.methods : [row.method];
      this.#routes.on([...own], path, () => undefined, row);
    }
  }

  /** The row, or `undefined`. A HEAD is a GET whose body nobody sends. */
  match(method: string, path: string): Match<Row> | undefined {
    const known = (method === 'HEAD' ? 'GET' : method) as Method;
    if (!methods.includes(known)) return undefined;
    const found = this.#routes.find(known, path);
    // A path with a broken percent encoding comes back without the row.
    if (found === null || found.store === null) return undefined;
    const params = found.params as Record<string, string>;
    for (const name in params) if (params[name] === '') return undefined;
    return { endpoint: found.store as Row, params };
  }

  /** Methods that would have found something at the path. */
  allowed(path: string): string[] {
    const found: string[] = methods.filter((method) => this.match(method, path) !== undefined);
    return found.includes('GET') ? ['HEAD', ...found] : found;
  }
}
