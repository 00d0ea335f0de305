/** A landscape of one plain ERP with the usual master data, an access token, and an order to insert. */
import { type Clock, RealClock } from '../harness/clock.ts';
import { Landscape } from '../harness/landscape.ts';
import { KeyedRandom } from '../harness/random.ts';
import { landscapeData } from '../simulators/landscape-data.ts';
import { erp } from '../simulators/index.ts';
import { orderBody } from './order-body.ts';

export type Ask = (method: string, path: string, body?: string) => Promise<Response>;

export interface InsertLandscape {
  readonly landscape: Landscape;
  /** Calls the ERP through the injected fetch, with the token. */
  readonly ask: Ask;
  /** `Bearer ...` */
  readonly authorization: string;
  /** The next 3-line order as JSON, each with a reference of its own. */
  readonly nextOrder: () => string;
}

const origin = 'http://erp.seatrial';
const seed = 'bench';

export async function insertLandscape(clock: Clock = new RealClock()): Promise<InsertLandscape> {
  const masterData = landscapeData(new KeyedRandom(seed));
  const landscape = new Landscape({ systems: { erp: erp({ masterData }) }, seed, clock });
  const fetch = landscape.fetch();
  const { clientId, clientSecret, tokenPath } = landscape.system('erp').access;
  const granted = await fetch(`${origin}${tokenPath}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`,
  });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const authorization = `Bearer ${token}`;
  const order = JSON.stringify(orderBody(masterData));
  let orders = 0;
  const reading = { authorization };
  const writing = { authorization, 'content-type': 'application/json' };
  return {
    landscape,
    authorization,
    nextOrder: () => order.replace('PO-0000001', `PO-${String(++orders).padStart(7, '0')}`),
    ask: (method, path, body) =>
      fetch(origin + path, {
        method,
        headers: body === undefined ? reading : writing,
        ...(body === undefined ? {} : { body }),
      }),
  };
}
