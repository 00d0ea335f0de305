// The same Monday in two minutes of real time: fewer orders, for Coupa takes 25 requests a second.
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
  name: 'quick Monday with a flaky ERP',
  systems: { procurement: coupa(), erp: s4hana(), wms: wms() },
  workload: procureToPay({ purchaseOrders: 20, over: '40s' }),
  faults: [
    duplicate('wms -> integration', { rate: 0.2 }),
    reorder('procurement -> integration', { window: 5 }),
    loseResponse('integration -> erp', { on: 'POST', rate: 0.1 }),
    outage('integration -> erp', { at: '10s', for: '5s' }),
    latency('integration -> wms', { latency: 400, jitter: 200 }),
  ],
});
