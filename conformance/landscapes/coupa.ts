/** A procurement suite that speaks Coupa, with orders to page through. */
import { calendarDate } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';
import { actorContext } from '../../harness/world.ts';
import { coupa } from '../../simulators/index.ts';
import { masterData } from '../../simulators/plain/testing/master-data.ts';
import type { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';
import { standUp } from './stand-up.ts';

const orders = 130;

const draft = {
  companyCode: '1000',
  supplier: '100001',
  currency: 'EUR',
  lines: [
    {
      material: 'M-1',
      quantity: decimal(10),
      netPrice: decimal('5.00'),
      plant: '1010',
      deliveryDate: calendarDate('2027-01-04'),
    },
  ],
};

await standUp({ procurement: coupa({ masterData }) }, (landscape) => {
  const core = landscape.system('procurement').core as ProcurementCore;
  for (let index = 0; index < orders; index++) {
    core.orders.issue(draft, actorContext(landscape.world, 'buyer', String(index)));
  }
  return { orders };
});
