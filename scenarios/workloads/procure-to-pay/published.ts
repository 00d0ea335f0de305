/**
 * The published figures of a real procure-to-pay process: the BPI Challenge 2019 event log of one
 * large multinational. A plan is drawn from them, and the realism check holds it against them.
 */

/** Shares are of 1, durations in business days. A `case` is an order item, as in the log. */
export const published = {
  items: 251_734,
  orders: 76_349,
  vendors: 1_975,
  categories: {
    /** Three-way match, invoice before goods receipt allowed. */
    beforeReceipt: 0.878,
    /** Three-way match, invoice after goods receipt only. */
    afterReceipt: 0.06,
    /** No invoice at the level of the order. */
    consignment: 0.058,
    /** No goods receipt. */
    twoWay: 0.004,
  },
  itemsPerOrder: { mean: 3.3, median: 1, most: 429 },
  eventsPerItem: { mean: 6.34, most: 990 },
  variants: {
    distinct: 11_973,
    top: 0.2,
    second: 0.122,
    coverHalf: 7,
    coverNineTenths: 232,
    singletons: 0.754,
  },
  rework: {
    any: 0.359,
    paymentBlock: 0.222,
    quantityChanged: 0.07,
    priceChanged: 0.045,
    invoiceCancelled: 0.026,
  },
  invoiceDatedBeforeReceipt: 0.611,
  orderAfterInvoice: 0.016,
  /** Of the items that may be invoiced after their receipt only: how many were. */
  receiptFirstWhereRequired: 1,
  orderToReceipt: { p10: 2, median: 9, p90: 33 },
  receiptToInvoice: { p10: 3, median: 26, p90: 80 },
  invoiceToCleared: { median: 36, p90: 91 },
  /** Share of the items that the top fifth of the vendors hold. */
  topFifthOfVendors: 0.92,
  peaks: {
    daysOfMonth: [27, 28, 29, 30],
    hours: [0, 1, 8, 9, 10, 11, 12, 13, 14, 21, 22, 23],
  },
} as const;
