// A peak Monday in a company that buys in Coupa and keeps its books in SAP S/4HANA.
import {
  defineTrial,
  duplicate,
  latency,
  loseResponse,
  outage,
  procureToPay,
  reorder,
} from 'seatrial';
import { coupa, s4hana, wms } from 'seatrial/simulators';

export default defineTrial({
  name: 'peak Monday with a flaky ERP',
  systems: { procurement: coupa(), erp: s4hana(), wms: wms() },
  workload: procureToPay({ purchaseOrders: 500, over: '2h' }),
  faults: [
    duplicate('wms -> integration', { rate: 0.05 }),
    reorder('procurement -> integration', { window: 5 }),
    loseResponse('integration -> erp', { on: 'POST', rate: 0.02 }),
    outage('integration -> erp', { at: '20m', for: '3m' }),
    latency('integration -> wms', { latency: 400, jitter: 200 }),
  ],
});
