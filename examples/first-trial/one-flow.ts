// One promise to begin with: every purchase order reaches the ERP, once and as it was issued.
import { defineTrial, flowInvariants, orderToErp, procureToPay } from 'seatrial';
import { erp, procurement, wms } from 'seatrial/simulators';

const business = procureToPay({ purchaseOrders: 30, over: '10s' });

export default defineTrial({
  name: 'orders to the ERP',
  systems: { procurement: procurement(), erp: erp(), wms: wms() },
  workload: { ...business, flows: [orderToErp], invariants: flowInvariants([orderToErp]) },
  liveness: { deadline: '20s', settle: '4s' },
});
