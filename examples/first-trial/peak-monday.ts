// A Monday on which messages come twice and late, answers get lost, and the ERP goes away.
import { defineTrial, duplicate, loseResponse, outage, procureToPay, reorder } from 'seatrial';
import { erp, procurement, wms } from 'seatrial/simulators';

export default defineTrial({
  name: 'peak Monday with a flaky ERP',
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  workload: procureToPay({ purchaseOrders: 50, over: '15s' }),
  faults: [
    duplicate('wms -> integration', { rate: 0.1 }),
    reorder('procurement -> integration', { window: 5 }),
    loseResponse('integration -> erp', { on: 'POST', rate: 0.1 }),
    outage('integration -> erp', { at: '6s', for: '3s' }),
  ],
});
