/**
 * Bugs of the sort that a mapping has: no fault brings them out, only the right business does. They are not
 * in the list that the other classes are from.
 */
import type { Bug } from '../bug.ts';

const disagree = ['fields-agree'] as const;

export const mappings: readonly Bug[] = [
  {
    name: 'plant-from-configuration',
    bug: 40,
    sentence: 'Every order goes to the one plant that was there when the mapping was written.',
    changes: { mapping: 'onePlant' },
    faults: [],
    caughtBy: ['order-to-erp/fields-agree'],
    always: 'it takes an order for the other plant, and no fault',
  },
  {
    name: 'refused-for-its-own-mapping',
    bug: 41,
    sentence:
      'What the target refuses for a wrong tax code lies among the exceptions of the business.',
    changes: { mapping: 'oneTaxCode' },
    faults: [],
    caughtBy: ['invoice-to-erp/nothing-lost'],
    always: 'it takes a line with another tax, and no fault',
  },
  {
    name: 'credit-posted-as-invoice',
    bug: 42,
    sentence: 'What the supplier gives back is posted as one more thing to pay.',
    changes: { mapping: 'creditsAreInvoices' },
    faults: [],
    caughtBy: ['invoice-to-erp/fields-agree', 'three-way-match'],
    always: 'it takes a credit, and no fault',
    shares: { disputed: 0.4 },
  },
  {
    name: 'copy-wipes-what-it-does-not-name',
    bug: 43,
    sentence: 'A change of one field of a supplier empties those that the mapping does not know.',
    changes: { mapping: 'namesOnly' },
    faults: [],
    caughtBy: ['supplier-to-procurement/fields-agree', 'supplier-to-wms/fields-agree'],
    always: 'it takes a supplier that changes, and no fault',
  },
  {
    name: 'every-delivery-is-the-last',
    bug: 44,
    sentence: 'A part of what was ordered closes the order line.',
    changes: { mapping: 'alwaysComplete' },
    faults: [],
    caughtBy: ['receipt-to-procurement/fields-agree'],
    always: 'it takes a delivery in parts, and no fault',
    shares: { severalShipments: 0.4 },
  },
  {
    name: 'reversal-posted-as-receipt',
    bug: 45,
    sentence: 'A count that was taken back is received once more.',
    changes: { mapping: 'reversalsAreReceipts' },
    faults: [],
    caughtBy: ['quantities-conserved', 'nothing-invented', 'received-once'],
    always: 'it takes goods that are counted again, and no fault',
    shares: { recounted: 0.4 },
  },
  {
    name: 'changes-of-a-second-are-one',
    bug: 46,
    sentence: 'Messages about one document within one second are taken for the same message.',
    changes: { sameMessage: 'second', reconcile: false },
    twin: { reconcile: false },
    faults: [],
    caughtBy: [...disagree, 'nothing-lost'],
    always: 'it takes two changes within a second, and no fault',
  },
];
