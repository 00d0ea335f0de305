/**
 * The procurement suite: requisitions and their approval, orders and their revisions, what suppliers
 * answer, what was received, what is invoiced and how it matches. Synchronous and pure of I/O; all
 * state is in the store. Every command takes a context last, runs in a transaction of its own and
 * refuses with a `BusinessError` that leaves nothing behind.
 */
import type { Material, Supplier } from '../../domain/master-data.ts';
import type { Context } from '../../harness/context.ts';
import type { KeyedRandom } from '../../harness/random.ts';
import type { Store } from '../../harness/store.ts';
import { Acknowledgements } from './acknowledgements.ts';
import type { ProcurementSeed } from './drafts.ts';
import type { ExportFlags } from './export-flags.ts';
import { InvoiceMatching } from './invoice-matching.ts';
import { Invoices } from './invoices.ts';
import { type MasterRecords, materialRecords, supplierRecords } from './master-records.ts';
import { ProcurementRecords } from './procurement-records.ts';
import type { ProcurementSettings } from './procurement-settings.ts';
import { PurchaseOrders } from './purchase-orders.ts';
import { Receipts } from './receipts.ts';
import { Requisitions } from './requisitions.ts';
import { ShipNotices } from './ship-notices.ts';

export interface ProcurementOptions {
  readonly store: Store;
  /** For the likeness of all cores; nothing in this one is left to chance. */
  readonly random: KeyedRandom;
  readonly settings: ProcurementSettings;
}

export class ProcurementCore {
  readonly store: Store;
  readonly settings: ProcurementSettings;
  readonly requisitions: Requisitions;
  readonly orders: PurchaseOrders;
  readonly acknowledgements: Acknowledgements;
  readonly shipNotices: ShipNotices;
  readonly receipts: Receipts;
  readonly invoices: Invoices;
  readonly suppliers: MasterRecords<Supplier>;
  readonly materials: MasterRecords<Material>;
  /** Which documents the integration has taken over, of every kind. */
  readonly exports: ExportFlags;

  constructor({ store, settings }: ProcurementOptions) {
    const records = new ProcurementRecords(store, settings);
    const matching = new InvoiceMatching(records);
    this.store = store;
    this.settings = settings;
    this.exports = records.flags;
    this.requisitions = new Requisitions(records);
    this.acknowledgements = new Acknowledgements(records);
    this.shipNotices = new ShipNotices(records);
    const { requisitions, acknowledgements, shipNotices } = this;
    this.orders = new PurchaseOrders(records, { requisitions, acknowledgements, matching });
    this.receipts = new Receipts(records, { shipNotices, matching });
    this.invoices = new Invoices(records, matching);
    this.suppliers = supplierRecords(records);
    this.materials = materialRecords(records);
  }

  /** Master data to start with, in one transaction and without events. */
  seed({ suppliers = [], materials = [] }: ProcurementSeed, context: Context): void {
    this.store.transaction(context, () => {
      for (const supplier of suppliers) this.suppliers.upsert(supplier, context);
      for (const material of materials) this.materials.upsert(material, context);
    });
  }
}
