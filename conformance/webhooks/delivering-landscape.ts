/** A system of each dialect in this process, whose events go to an address as soon as they happen. */
import { calendarDate } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';
import { RealClock } from '../../harness/clock.ts';
import { Landscape } from '../../harness/landscape.ts';
import { actorContext } from '../../harness/world.ts';
import type { ErpCore } from '../../simulators/erp/erp-core.ts';
import { coupa, procurement, s4hana } from '../../simulators/index.ts';
import { masterData } from '../../simulators/plain/testing/master-data.ts';
import type { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';

export interface Delivering {
  readonly secret: string;
  /** How many events were emitted. */
  readonly events: number;
  close(): Promise<void>;
}

const orders = 10;

/** Opens it, delivers to `<url>/webhooks/<system>`, and does some business in each system. */
export function deliveringLandscape(url: string): Delivering {
  const systems = {
    plain: procurement({ masterData }),
    coupa: coupa({ masterData }),
    s4hana: s4hana({ masterData }),
  };
  const landscape = new Landscape({ systems, seed: 'conformance', clock: new RealClock() });
  landscape.begin();
  landscape.deliverTo(url);
  const line = {
    material: 'M-1',
    quantity: decimal(10),
    netPrice: decimal('5.00'),
    plant: '1010',
    deliveryDate: calendarDate('2027-01-04'),
  };
  const draft = { companyCode: '1000', supplier: '100001', currency: 'EUR', lines: [line] };
  for (let index = 0; index < orders; index++) {
    const context = actorContext(landscape.world, 'buyer', String(index));
    for (const name of ['plain', 'coupa']) {
      (landscape.system(name).core as ProcurementCore).orders.issue(draft, context);
    }
    const erp = landscape.system('s4hana').core as ErpCore;
    erp.purchaseOrders.create({ ...draft, externalReference: `PO-${index}` }, context);
  }
  let events = 0;
  for (const record of landscape.world.history) if (record.type === 'message.emitted') events++;
  return { secret: landscape.webhookSecret, events, close: () => landscape.close() };
}
