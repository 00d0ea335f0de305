/** What the parts of the ERP share. They meet here and in the store, never in each other. */
import type { Store } from '../../harness/store.ts';
import type { Exchange } from './exchange.ts';
import type { Ledger } from './ledger.ts';
import type { Locks } from './locks.ts';
import type { MasterData } from './master-data.ts';
import type { OrderBalances } from './order-balances.ts';
import type { Periods } from './periods.ts';
import type { ErpSettings } from './settings.ts';
import type { Stock } from './stock.ts';

export interface Foundation {
  readonly store: Store;
  readonly settings: ErpSettings;
  readonly masterData: MasterData;
  readonly periods: Periods;
  readonly locks: Locks;
  readonly exchange: Exchange;
  readonly ledger: Ledger;
  readonly stock: Stock;
  readonly balances: OrderBalances;
}
