/** A landscape of one ERP, plain or S/4HANA, with the usual master data, a session, and an order to insert. */
import { type Clock, RealClock } from '../harness/clock.ts';
import type { LandscapeArchive } from '../harness/archive/landscape-archive.ts';
import { Landscape } from '../harness/landscape.ts';
import { KeyedRandom } from '../harness/random.ts';
import { landscapeData } from '../simulators/landscape-data.ts';
import { erp, s4hana } from '../simulators/index.ts';
import { orderBody } from './order-body.ts';
import { s4hanaOrderBody } from './s4hana-order-body.ts';

export type Ask = (method: string, path: string, body?: string) => Promise<Response>;

/** What the ERP speaks. */
export type Wire = 'plain' | 's4hana';

export interface InsertLandscape {
  readonly landscape: Landscape;
  /** Calls the ERP through the injected fetch, with all that it wants to see in the headers. */
  readonly ask: Ask;
  /** Where orders are posted. */
  readonly path: string;
  /** What goes with an order: token, content type, and a session where the wire has one. */
  readonly headers: Readonly<Record<string, string>>;
  /** The next 3-line order as JSON, each with a reference of its own. */
  readonly nextOrder: () => string;
}

const origin = 'http://erp.seatrial';
const seed = 'bench';

const wires = {
  plain: { system: erp, body: orderBody, path: '/v1/purchase-orders' },
  s4hana: {
    system: s4hana,
    body: s4hanaOrderBody,
    path: '/sap/opu/odata/sap/API_PURCHASEORDER_PROCESS_SRV/A_PurchaseOrder',
  },
};

export async function insertLandscape(
  wire: Wire = 'plain',
  clock: Clock = new RealClock(),
  archive?: LandscapeArchive,
): Promise<InsertLandscape> {
  const masterData = landscapeData(new KeyedRandom(seed));
  const { system, body: bodyOf, path } = wires[wire];
  const landscape = new Landscape({
    systems: { erp: system({ masterData }) },
    seed,
    clock,
    ...(archive === undefined ? {} : { archive }),
  });
  const fetch = landscape.fetch();
  const { clientId, clientSecret, tokenPath } = landscape.system('erp').access;
  const granted = await fetch(`${origin}${tokenPath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`,
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const reading = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const session = wire === 's4hana' ? await csrfOf(fetch, path, reading) : {};
  const headers = { ...reading, 'content-type': 'application/json', ...session };
  const order = JSON.stringify(bodyOf(masterData));
  let orders = 0;
  return {
    landscape,
    path,
    headers,
    nextOrder: () => order.replace('PO-0000001', `PO-${String(++orders).padStart(7, '0')}`),
    ask: (method, target, body) =>
      fetch(origin + target, {
        method,
        headers: body === undefined ? reading : headers,
        ...(body === undefined ? {} : { body }),
      }),
  };
}

/** The token that SAP wants to see with every write, and the cookies of its session. */
async function csrfOf(
  fetch: ReturnType<Landscape['fetch']>,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const answer = await fetch(`${origin}${path}?$top=0`, {
    headers: { ...headers, 'x-csrf-token': 'Fetch' },
  });
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  return {
    'x-csrf-token': answer.headers.get('x-csrf-token') ?? '',
    cookie: cookies.join('; '),
  };
}
