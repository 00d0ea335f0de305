/** All rules of procure-to-pay: what this integration does on which event, whatever the systems speak. */
import type { Rule } from '../kit/rule.ts';
import { invoiceStatusBack, invoiceToErp, paymentBack } from './invoice-rules.ts';
import { masterDataRules } from './master-data-rules.ts';
import { acknowledgementToErp, acknowledgementToWms } from './acknowledgement-rules.ts';
import { orderToErp, orderToWms } from './order-rules.ts';
import { receiptToErp, receiptToProcurement, shipNoticeToWms } from './receipt-rules.ts';

export const procureToPayRules: readonly Rule[] = [
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
