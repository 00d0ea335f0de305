/**
 * What the mapping rules see of a system, whatever it speaks. Documents cross this line in one shape,
 * the plain one; each wire has a module under `systems/` that turns it into the vendor's and back.
 */

/** What goes with a call. */
export interface CallContext {
  /** The work it is for; its correlation id is read when the request goes out, and may have come meanwhile. */
  readonly job?: { readonly correlationId: string };
  /** Used where the system knows such keys. */
  readonly idempotencyKey?: string | undefined;
}

/** A document as it was answered; `version` orders the answers, `etag` guards a change where there is one. */
export interface Read {
  readonly body: any;
  readonly version: number;
  readonly etag?: string | undefined;
  /** The same as a list shows it, where that is less. */
  readonly listed?: any;
}

/** Which page of a list of changes. */
export interface PageQuery {
  readonly sinceMs: number;
  readonly limit: number;
  readonly cursor?: string;
  readonly offset?: number;
}

/** Documents of one kind that rules carry somewhere else. */
export interface Source {
  /** Names it among all sources. */
  readonly name: string;
  /** The document; `missingParent` when it is not there. */
  read(key: string, call: CallContext): Promise<Read>;
  /** Pages of those that changed at or after a time, in milliseconds. */
  changedSince(sinceMs: number): AsyncIterable<readonly any[]>;
  /** One page of those, where the system lets one say which. */
  page?(query: PageQuery): Promise<{ readonly items: readonly any[]; readonly next?: string }>;
  keyOf(document: any): string;
  /** How long the message about a change may take before reconciliation takes the change up; default 0. */
  readonly graceMs?: number;
  /** How long reconciliation leaves the list alone, where listing is dear; default 0. */
  readonly restMs?: number;
}

/** A document to be made at most once. */
export interface Creation {
  /** Names the step of the job; part of the idempotency key. */
  readonly step: string;
  /** Names the document by its business key. */
  readonly lookup: string;
  readonly body: any;
  /** Whether the system makes one document of two requests with one idempotency key. */
  readonly keyed: boolean;
  /** The document that is there for the business key. */
  find(call: CallContext): Promise<any>;
  create(body: any, call: CallContext): Promise<any>;
}

/** A copy of master data. */
export interface Copies {
  find(key: string, call: CallContext): Promise<Read | undefined>;
  /** Makes or overwrites the copy; not when it changed since `known` was read, where the system can tell. */
  put(record: any, known: Read | undefined, call: CallContext): Promise<void>;
  /** Whether the copy says what the record says, as far as the system keeps it. */
  agrees(record: any, known: any): boolean;
}

/** An event as rules know it: `purchase-order.issued`, with the key of the document. */
export interface Told {
  readonly type: string;
  readonly key: string;
  /** Version of the document, 0 where the message does not say. */
  readonly version: number;
  readonly correlationId: string;
  /** The document, where the message carries it. */
  readonly payload?: any;
}

interface SystemPort {
  /** What a message says; nothing when it is about something else. */
  event(body: any): Told | undefined;
}

export interface ProcurementPort extends SystemPort {
  readonly orders: Source;
  readonly acknowledgements: Source;
  readonly shipNotices: Source;
  readonly invoices: Source & {
    find(number: string, call: CallContext): Promise<Read | undefined>;
    /** What the ERP says of the invoice. */
    tell(known: Read, news: any, call: CallContext): Promise<void>;
  };
  readonly receipts: {
    /** What the line of a receipt stands for: confirmation and order line. */
    line(reference: string, call: CallContext): Promise<any>;
    /** One receipt for the confirmation, or one for each of its lines. */
    creations(receipt: any): readonly Creation[];
    /** All receipts that were made of a confirmation. */
    find(confirmation: string, call: CallContext): Promise<readonly any[]>;
    void(receipt: any, reversal: string, call: CallContext): Promise<void>;
  };
  readonly suppliers: Copies;
  readonly materials: Copies;
}

export interface ErpPort extends SystemPort {
  readonly orders: {
    /** By its own number. */
    read(number: string, call: CallContext): Promise<Read>;
    readonly name: string;
    /** By its number in procurement. */
    find(reference: string, call: CallContext): Promise<any>;
    creation(order: any): Creation;
    change(current: Read, change: any, call: CallContext): Promise<void>;
    confirm(current: Read, answer: any, call: CallContext): Promise<void>;
    delete(order: any, call: CallContext): Promise<void>;
  };
  readonly receipts: {
    find(confirmation: string, call: CallContext): Promise<any>;
    creation(receipt: any): Creation;
    cancel(receipt: any, reversal: string, call: CallContext): Promise<void>;
    /** Takes the quantities back by a posting of its own, which the receipt does not know of. */
    postAgainst?(receipt: any, reversal: string, call: CallContext): Promise<void>;
  };
  readonly invoices: Source & {
    find(reference: string, call: CallContext): Promise<any>;
    creation(invoice: any): Creation;
    cancel(invoice: any, call: CallContext): Promise<void>;
  };
  /** Payments name their invoices in `items[].invoice`. */
  readonly payments: Source;
  readonly suppliers: Source;
  readonly materials: Source;
}

export interface WmsPort extends SystemPort {
  readonly confirmations: Source & {
    ofOrder(purchaseOrder: string, call: CallContext): Promise<readonly any[]>;
  };
  readonly expectedReceipts: {
    readonly name: string;
    read(number: string, call: CallContext): Promise<Read>;
    find(purchaseOrder: string, call: CallContext): Promise<any>;
    creation(expected: any): Creation;
    change(current: Read, change: any, call: CallContext): Promise<void>;
    cancel(expected: any, call: CallContext): Promise<void>;
  };
  readonly shipNotices: { creation(notice: any): Creation };
  /** Files of what was counted, where there are any. */
  readonly files?: {
    list(): Promise<readonly string[]>;
    read(name: string): Promise<readonly string[]>;
    archive(name: string): Promise<void>;
  };
  readonly suppliers: Copies;
  readonly materials: Copies;
}

export interface Ports {
  readonly procurement: ProcurementPort;
  readonly erp: ErpPort;
  readonly wms: WmsPort;
}
