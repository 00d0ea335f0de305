/**
 * How often what happens, and how long it takes: the dials that make plans agree with the published
 * figures. Those that the log does not publish by themselves (who delegates, how goods are counted)
 * are set where the published variants and events per item leave them, and marked as ours.
 */
import { quantileFunction } from './distribution.ts';

export const mix = {
  /** P(an order has n items or more) = n^-exponent; gives mean 3.3 and median 1 up to 429. */
  itemsExponent: 1.31,
  mostItems: 429,
  /** Of orders: a framework with a single limit line, which makes 0.4 % of items. */
  limitOrders: 0.0132,
  /** Of the lines that are no limit line. */
  afterReceipt: 0.06 / 0.996,
  consignment: 0.058 / 0.996,
  supplierSteepness: 1.85,
  supplierFlatness: 0.012,
  /** Longer orders come out of planning, not of somebody's request. */
  mostRequisitionItems: 30,
  requisition: 0.25,
  delegated: 0.2,
  confirmationLogged: 0.185,
  /** Lines that are delivered in several shipments, each with its invoice. */
  severalShipments: 0.033,
  shipmentsExponent: 1.5,
  mostShipments: 247,
  /** Lines whose story is peculiar in a way of its own; see plan-peculiarity.ts. */
  peculiar: 0.083,
  peculiarityExponent: 0.326,
  /** Lines of a batch at most; lines of a batch share their story, so small batches keep figures steady. */
  batchLines: 4,
  quantityChanged: 0.07,
  priceChanged: 0.045,
  dateChanged: 0.025,
  withdrawn: 0.012,
  rejected: 0.008,
  recounted: 0.012,
  /** Of invoiced shipments whose invoice may come before the receipt. */
  datedBeforeReceipt: 0.653,
  orderAfterInvoice: 0.0175,
  /** Of the invoices dated before and after the receipt. */
  blockedBefore: 0.195,
  blockedAfter: 0.305,
  /** Of the blocks: because of the price, accepted; because of the price, disputed and credited. */
  priceBlock: 0.25,
  disputedBlock: 0.2,
  invoiceCancelled: 0.027,
  /** Of those, in procurement before anything is paid, instead of in the ERP. Ours. */
  voided: 0.5,
  invoicedTwice: 0.01,
  announced: 0.85,
  /** Payments that the bank gives back, to be paid again. Ours. */
  paymentReturned: 0.02,
  /** Lines of which more may come than was ordered, though it does not. Ours. */
  tolerant: 0.15,
  /** Lines that order the material of the line before once more. Ours. */
  sameMaterial: 0.05,
  counts: { short: 0.03, over: 0.015, damaged: 0.015, wrongItem: 0.005 },
  dateMoved: 0.06,
  quantityCut: 0.01,
} as const;

/** Business days by a uniform draw. */
export const days = {
  orderToReceipt: quantileFunction([
    [0, 0.3],
    [0.1, 2],
    [0.5, 9],
    [0.9, 33],
    [1, 210],
  ]),
  /** The first few are invoices captured before the goods came. */
  receiptToInvoice: quantileFunction([
    [0, -4],
    [0.04, 0.2],
    [0.1, 3.1],
    [0.5, 27],
    [0.9, 80],
    [1, 320],
  ]),
  invoiceToCleared: quantileFunction([
    [0, 1],
    [0.1, 12],
    [0.5, 36.5],
    [0.9, 91],
    [1, 300],
  ]),
  acknowledged: quantileFunction([
    [0, 0.02],
    [0.5, 0.4],
    [0.9, 2],
    [1, 6],
  ]),
  requisitionLead: quantileFunction([
    [0, 0.1],
    [0.5, 1.5],
    [0.9, 7],
    [1, 30],
  ]),
} as const;

/** Pieces, kilograms, litres or whatever the material is ordered in. */
export const pieces = quantileFunction([
  [0, 1],
  [0.1, 4],
  [0.5, 48],
  [0.9, 600],
  [1, 5000],
]);

/** Share of draws of `days.receiptToInvoice` that fall before the receipt. */
export const earlyShare = 0.04;
