/** What a system tells the world. Channels carry it; dialects give it its shape on the wire. */

/** Something a system tells the world about a document it just committed. */
export interface DomainEvent {
  /** What happened, e.g. `purchase-order.issued`. */
  readonly type: string;
  /** Kind of document, e.g. `PurchaseOrder`. */
  readonly document: string;
  /** Business key of the document. */
  readonly key: string;
  /** Business version of the document, for receivers that must order changes. */
  readonly version: number;
  readonly data: unknown;
}
