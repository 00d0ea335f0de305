/**
 * The warehouse: what is expected in, what came, what was counted, where it lies. It promises to
 * confirm each receiving upstream once, with what was counted and not with what was announced.
 * Its parts share one store and keep nothing outside it.
 */
import type { StockMovement } from '../../domain/warehouse.ts';
import type { Context } from '../../harness/context.ts';
import type { KeyedRandom } from '../../harness/random.ts';
import type { Store } from '../../harness/store.ts';
import { Arrivals } from './arrivals.ts';
import { Confirmations } from './confirmations.ts';
import type { PutAwayDraft } from './drafts.ts';
import { Exports } from './exports.ts';
import { ExpectedReceipts } from './expected-receipts.ts';
import { MasterData } from './master-data.ts';
import { PutAway } from './put-away.ts';
import { Receiving } from './receiving.ts';
import { ShipNotices } from './ship-notices.ts';
import { Stock } from './stock.ts';

export interface WmsSettings {
  /** Receiving docks that every plant has; each is a storage location too. */
  readonly docks: readonly string[];
}

const defaultWmsSettings: WmsSettings = { docks: ['DOCK-01', 'DOCK-02', 'DOCK-03'] };

interface WmsCoreOptions {
  readonly store: Store;
  /** Taken for symmetry with the other cores: nothing in a warehouse's rules is left to chance. */
  readonly random: KeyedRandom;
  readonly settings?: Partial<WmsSettings>;
}

/**
 * Commands are methods of the parts, take a {@link Context} last, run in a transaction of their own,
 * and throw a `BusinessError` that leaves nothing behind. What they add is written and emitted then.
 */
export class WmsCore {
  readonly store: Store;
  readonly settings: WmsSettings;
  readonly masterData: MasterData;
  readonly suppliers: MasterData['suppliers'];
  readonly materials: MasterData['materials'];
  readonly stock: Stock;
  readonly expectedReceipts: ExpectedReceipts;
  readonly shipNotices: ShipNotices;
  readonly arrivals: Arrivals;
  readonly receiving: Receiving;
  readonly exports: Exports;
  readonly #putAway: PutAway;

  constructor({ store, settings }: WmsCoreOptions) {
    this.store = store;
    this.settings = { ...defaultWmsSettings, ...settings };
    const docks = new Set(this.settings.docks);
    this.masterData = new MasterData(store);
    this.suppliers = this.masterData.suppliers;
    this.materials = this.masterData.materials;
    const { masterData } = this;
    const stock = new Stock(store, masterData);
    const confirmations = new Confirmations(store, masterData);
    this.stock = stock;
    this.expectedReceipts = new ExpectedReceipts({ store, masterData, confirmations });
    const { expectedReceipts } = this;
    this.shipNotices = new ShipNotices({ store, masterData, expectedReceipts, confirmations });
    const { shipNotices } = this;
    this.arrivals = new Arrivals({ store, masterData, expectedReceipts, shipNotices, docks });
    this.receiving = new Receiving({
      store,
      masterData,
      stock,
      confirmations,
      expectedReceipts,
      shipNotices,
      docks,
    });
    this.exports = new Exports(store, confirmations.documents);
    this.#putAway = new PutAway({ store, masterData, stock, confirmations });
  }

  /** Moves stock between locations of a plant, usually from the receiving dock into a bin. */
  putAway(draft: PutAwayDraft, context: Context): readonly StockMovement[] {
    return this.#putAway.move(draft, context);
  }

  /** Moves all that a confirmation brought to its dock into one bin. */
  putAwayReceipt(number: string, location: string, context: Context): readonly StockMovement[] {
    return this.#putAway.receipt(number, location, context);
  }
}
