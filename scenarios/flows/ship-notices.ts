/** What is on its way, told to the warehouse before the lorry is there. */
import { type FlowDocument, defineFlow } from '../../harness/flow.ts';
import { ofLines } from './order-lines.ts';

export const shipNoticeToWms = defineFlow({
  name: 'ship-notice-to-wms',
  from: {
    system: 'procurement',
    document: 'AdvanceShipNotice',
    when: ({ status }) => status !== 'cancelled',
    known: () => true,
  },
  to: { system: 'wms', document: 'AdvanceShipNotice' },
  key: { from: (notice) => notice.number, to: (notice) => notice.number },
  agree: [
    'supplier',
    'plant',
    'estimatedArrival',
    'carrier',
    'trackingNumber',
    ...[
      'purchaseOrder',
      'purchaseOrderLine',
      'material',
      'quantity',
      'unit',
      'lot',
      'expiresOn',
    ].map((field) => ofLines(field)),
  ],
  parents: (notice) => [
    ...new Set<string>(notice.lines.map((line: FlowDocument) => line.purchaseOrder)),
  ],
  owner: 'procurement',
  pattern: 'process-orchestration',
  dataClass: 'transactional',
  criticality: 'medium',
  within: '5m',
});
