/** Stands a procurement suite that speaks Coupa up on a port, with orders to page through, and says where. */
import { Landscape } from '../../harness/landscape.ts';
import { RealClock } from '../../harness/clock.ts';
import { actorContext } from '../../harness/world.ts';
import type { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';
import { coupa } from '../../simulators/index.ts';
import { calendarDate } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';

const orders = 130;

const landscape = new Landscape({
  systems: { procurement: coupa() },
  seed: 'conformance',
  clock: new RealClock(),
});
const core = landscape.system('procurement').core as ProcurementCore;
const [supplier] = [...core.suppliers.documents.values()].filter(({ blocked }) => !blocked);
const [material] = [...core.materials.documents.values()].filter(({ deleted }) => !deleted);
if (supplier === undefined || material === undefined)
  throw new Error('The landscape has no master data.');
for (let index = 0; index < orders; index++) {
  core.orders.issue(
    {
      companyCode: '1000',
      supplier: supplier.number,
      currency: 'EUR',
      lines: [
        {
          material: material.number,
          quantity: decimal(10),
          netPrice: decimal('5.00'),
          plant: '1010',
          deliveryDate: calendarDate('2027-01-04'),
        },
      ],
    },
    actorContext(landscape.world, 'buyer', String(index)),
  );
}
await landscape.listen();
console.log(JSON.stringify({ ...landscape.addresses()['procurement'], orders }));
process.stdin.on('close', () => void landscape.close().then(() => process.exit(0)));
process.stdin.resume();
