/**
 * The ERP's core: purchase orders, goods movements, invoice verification and payments over one
 * balanced ledger, with the rules of an SAP-like system. Synchronous and pure of I/O; all state lives
 * in the store. Each part runs its commands in a transaction of its own and refuses with a
 * `BusinessError` whose `rule` is stable.
 */
import type { KeyedRandom } from '../../harness/random.ts';
import type { Store } from '../../harness/store.ts';
import type { PurchaseOrder } from '../../domain/purchase-order.ts';
import { Exchange } from './exchange.ts';
import type { Foundation } from './foundation.ts';
import { GoodsMovements } from './goods-movements.ts';
import { InvoiceVerification } from './invoice-verification.ts';
import { Ledger } from './ledger.ts';
import { Locks } from './locks.ts';
import { MasterData } from './master-data.ts';
import { OrderBalances } from './order-balances.ts';
import type { HistorySources } from './order-history.ts';
import { PaymentRun } from './payment-run.ts';
import { Periods } from './periods.ts';
import { PurchaseOrders } from './purchase-orders.ts';
import { type ErpSettings, defaultErpSettings } from './settings.ts';
import { Stock } from './stock.ts';

export interface ErpCoreOptions {
  readonly store: Store;
  readonly random: KeyedRandom;
  readonly settings?: ErpSettings;
}

export class ErpCore {
  readonly store: Store;
  readonly random: KeyedRandom;
  readonly settings: ErpSettings;
  readonly masterData: MasterData;
  readonly periods: Periods;
  readonly purchaseOrders: PurchaseOrders;
  readonly goodsMovements: GoodsMovements;
  readonly invoices: InvoiceVerification;
  readonly payments: PaymentRun;
  readonly ledger: Ledger;
  readonly stock: Stock;

  constructor({ store, random, settings = defaultErpSettings }: ErpCoreOptions) {
    this.store = store;
    this.random = random;
    this.settings = settings;
    this.masterData = new MasterData(store, settings.organisation);
    this.periods = new Periods(store, settings.periodsOpenByDefault);
    this.ledger = new Ledger(store, settings.accounts);
    this.stock = new Stock(store, this.masterData);
    const base: Foundation = {
      store,
      settings,
      masterData: this.masterData,
      periods: this.periods,
      ledger: this.ledger,
      stock: this.stock,
      locks: new Locks(store),
      exchange: new Exchange(settings.exchangeRates),
      balances: new OrderBalances(store),
    };
    const recheck = (order: PurchaseOrder): void => this.invoices.recheckBlocks(order);
    this.purchaseOrders = new PurchaseOrders(base, { onChange: recheck, history: this.#history() });
    this.goodsMovements = new GoodsMovements(base, recheck);
    this.invoices = new InvoiceVerification(base, this.goodsMovements.byPurchaseOrder);
    this.payments = new PaymentRun(base, this.invoices);
  }

  #history(): HistorySources {
    return {
      receipts: (order) => this.goodsMovements.byPurchaseOrder.find(order),
      invoices: (order) => this.invoices.byPurchaseOrder.find(order),
      postedLines: (invoice) => this.invoices.postedLines(invoice),
      currency: (companyCode) => this.masterData.companyCode(companyCode).currency,
    };
  }
}
