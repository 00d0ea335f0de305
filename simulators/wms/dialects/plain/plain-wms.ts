/** The WMS's `plain` dialect: its resource table. */
import type { Dialect } from '../../../../harness/system.ts';
import { copiedMasterData } from '../../../plain/master-data-endpoints.ts';
import { plainDialect } from '../../../plain/plain-dialect.ts';
import type { PlainSettings } from '../../../plain/prepared.ts';
import type { WmsCore } from '../../wms-core.ts';
import { exportEndpoints } from './exports.ts';
import { inboundEndpoints } from './inbound.ts';
import { receivingEndpoints } from './receiving.ts';
import { stockEndpoints } from './stock.ts';

/** JSON over HTTP for a warehouse system that is none of the vendors'. */
export const plainWms = (settings: PlainSettings = {}): Dialect<WmsCore> =>
  plainDialect(
    {
      kind: 'wms',
      title: 'seatrial WMS, plain dialect',
      endpoints: [
        ...inboundEndpoints,
        ...receivingEndpoints,
        ...stockEndpoints,
        ...exportEndpoints,
        ...copiedMasterData<WmsCore>(),
      ],
    },
    settings,
  );
