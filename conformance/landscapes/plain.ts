/** The three systems on their plain wires, after some ordinary business with each. */
import { splitTarget } from '../../harness/wire.ts';
import { actorContext } from '../../harness/world.ts';
import {
  erp,
  plainErp,
  plainProcurement,
  plainWms,
  procurement,
  wms,
} from '../../simulators/index.ts';
import type { Landscape } from '../../harness/landscape.ts';
import { business } from '../../simulators/plain/testing/business.ts';
import { masterData } from '../../simulators/plain/testing/master-data.ts';
import type { PlainBench } from '../../simulators/plain/testing/plain-bench.ts';
import { standUp } from './stand-up.ts';

/** A long run must not end with its first token. */
const wire = { tokenLifetimeSeconds: 86_400 };
type Call = (method: string, target: string, asked?: { readonly body?: unknown }) => Answer;

interface Answer {
  readonly status: number;
  // Whatever the business expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any;
}

/** A client of one system without a port, so that the business is done before anybody asks. */
function clientOf(landscape: Landscape, name: string): Call {
  const system = landscape.system(name);
  let requests = 0;
  let token = '';
  const call: Call = (method, target, { body } = {}) => {
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const type = token === '' ? 'application/x-www-form-urlencoded' : 'application/json';
    const headers = { authorization: `Bearer ${token}`, ...(text ? { 'content-type': type } : {}) };
    if (token === '') headers.authorization = basic;
    const context = actorContext(landscape.world, 'integration', `${name}-${requests++}`);
    const request = { method, ...splitTarget(target), headers, body: text };
    const { reply } = system.handle(request, context);
    return { status: reply.status, json: JSON.parse(reply.body) };
  };
  const { clientId, clientSecret, tokenPath } = system.access;
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  token = call('POST', tokenPath, { body: 'grant_type=client_credentials' }).json.access_token;
  return call;
}

/** Does the business, and answers the keys that there are after it, by the path of their list. */
function knownAfterBusiness(landscape: Landscape, name: string): object {
  const call = clientOf(landscape, name);
  const bench = { system: { name }, call } as unknown as PlainBench;
  const refused: string[] = [];
  business(bench, ({ method, target }, status) => {
    if (status >= 300) refused.push(`${method} ${target}: ${status}`);
  });
  if (refused.length > 0) throw new Error(`The business of ${name} was refused: ${refused[0]}`);
  const { paths } = call('GET', '/v1/openapi.json').json as { paths: Record<string, object> };
  const lists = Object.keys(paths).filter((path) => isListOfKeyed(path, paths));
  return Object.fromEntries(lists.map((path) => [path, call('GET', path).json.items]));
}

/** Whether single documents are read below the path. */
const isListOfKeyed = (path: string, paths: Record<string, object>): boolean =>
  'get' in (paths[path] ?? {}) && Object.keys(paths).some((each) => each.startsWith(`${path}/{`));

await standUp(
  {
    procurement: procurement({ masterData, dialects: [plainProcurement(wire)] }),
    erp: erp({ masterData, dialects: [plainErp(wire)] }),
    wms: wms({ masterData, dialects: [plainWms(wire)] }),
  },
  (landscape) => ({
    known: Object.fromEntries(
      ['procurement', 'erp', 'wms'].map((name) => [name, knownAfterBusiness(landscape, name)]),
    ),
  }),
);
