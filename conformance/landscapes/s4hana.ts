/** An S/4HANA with a little master data and small pages. */
import { s4hana } from '../../simulators/index.ts';
import { masterData } from '../../simulators/plain/testing/master-data.ts';
import { standUp } from './stand-up.ts';

await standUp({ erp: s4hana({ masterData, wire: { pageSize: 50 } }) });
