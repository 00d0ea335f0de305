/** A `plain` dialect out of a resource table. What can be made ready once is made here, not per mount. */
import type { Dialect } from '../../harness/system.ts';
import { bodyValidator } from './body-validation.ts';
import type { Endpoint } from './endpoint.ts';
import { openApi } from './open-api.ts';
import { PlainPort } from './plain-port.ts';
import { type PlainSettings, type Prepared, basePath, tokenPath } from './prepared.ts';
import { Router } from './router.ts';
import { contractEndpoint, eventsEndpoint } from './system-endpoints.ts';

export interface ResourceTable<Core> {
  /** What kind of system it is: in scopes, event types and titles. */
  readonly kind: string;
  readonly title: string;
  readonly endpoints: readonly Endpoint<Core>[];
}

/** The dialect that speaks the table. */
export function plainDialect<Core>(
  { kind, title, endpoints: documents }: ResourceTable<Core>,
  settings: PlainSettings,
): Dialect<Core> {
  let contract: object | undefined;
  const readContract = (): object =>
    (contract ??= openApi({ title, basePath, tokenPath, endpoints, scopes, scopeOf }));
  const endpoints: readonly Endpoint<Core>[] = [
    ...documents,
    eventsEndpoint<Core>(kind),
    contractEndpoint<Core>(readContract),
  ];
  const scopeOf = (endpoint: Endpoint<Core>): string =>
    `${kind}.${endpoint.resource}.${endpoint.access}`;
  const scopes = [...new Set(endpoints.filter(({ open }) => !open).map(scopeOf))];
  const prepared: Prepared<Core> = {
    kind,
    router: new Router(endpoints, { basePath }),
    validators: new Map(
      endpoints.flatMap((each) => (each.body ? [[each, bodyValidator(each.body)] as const] : [])),
    ),
    scopes,
    scopeOf: new Map(endpoints.map((each) => [each, scopeOf(each)])),
    settings,
  };
  return {
    name: 'plain',
    access: { basePath, tokenPath },
    mount: (mounting) => new PlainPort(prepared, mounting),
  };
}
