/** All rules of procure-to-pay on the plain wire: this integration's own mapping. */
import type { Rule } from '../kit/rule.ts';
import { invoiceStatusBack, invoiceToErp, paymentBack } from './invoice-rules.ts';
import { masterDataRules } from './master-data-rules.ts';
import { acknowledgementToErp, acknowledgementToWms } from './acknowledgement-rules.ts';
import { orderToErp, orderToWms } from './order-rules.ts';
import { receiptToErp, receiptToProcurement, shipNoticeToWms } from './receipt-rules.ts';

export const plainRules: readonly Rule[] = [
  orderToErp,
  orderToWms,
  acknowledgementToErp,
  acknowledgementToWms,
  shipNoticeToWms,
  receiptToErp,
  receiptToProcurement,
  invoiceToErp,
  invoiceStatusBack,
  paymentBack,
  ...masterDataRules,
];
