/** All actions that can be performed by name. */
import { accountingActions } from './accounting-actions.ts';
import type { Action } from './action.ts';
import { buyerActions } from './buyer-actions.ts';
import { masterDataActions } from './master-data-actions.ts';
import { supplierActions } from './supplier-actions.ts';
import { warehouseActions } from './warehouse-actions.ts';

export const actions: readonly Action[] = [
  ...buyerActions,
  ...supplierActions,
  ...warehouseActions,
  ...accountingActions,
  ...masterDataActions,
];
