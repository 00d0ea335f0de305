/** An S/4HANA on a port, with the master data of the tests; prints how to reach it as one line of JSON. */
import { RealClock } from '../../harness/clock.ts';
import { Landscape } from '../../harness/landscape.ts';
import { s4hana } from '../../simulators/index.ts';
import { masterData } from '../../simulators/plain/testing/master-data.ts';

export interface Served {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  close(): Promise<void>;
}

export async function serve(): Promise<Served> {
  const systems = { erp: s4hana({ masterData, wire: { pageSize: 50 } }) };
  const landscape = new Landscape({ systems, seed: 'conformance', clock: new RealClock() });
  await landscape.listen();
  const { clientId, clientSecret } = landscape.system('erp').access;
  return {
    url: landscape.addresses()['erp']?.url as string,
    username: clientId,
    password: clientSecret,
    close: () => landscape.close(),
  };
}

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await serve()));
