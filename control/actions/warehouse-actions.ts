/** What the warehouse does: counts goods at the dock, takes a count back, puts goods away. */
import type { Decimal } from '../../domain/decimal.ts';
import type { ReceivedCondition } from '../../domain/warehouse.ts';
import { BusinessError } from '../../harness/business-error.ts';
import type { ReceivingDraft, ReceivingLineDraft } from '../../simulators/wms/drafts.ts';
import type { Action, ActionStage } from './action.ts';
import { body, decimal, flag, key, list, object, oneOf } from './fields.ts';

interface Counted {
  readonly line: string;
  readonly quantity: Decimal;
  readonly material?: string;
  readonly condition?: ReceivedCondition;
  readonly lot?: string;
}

interface ReceiveInput {
  readonly purchaseOrder: string;
  readonly shipNotice?: string;
  readonly dock?: string;
  readonly partial?: boolean;
  readonly lines?: readonly Counted[];
}

const receiveGoods: Action = {
  name: 'receive-goods',
  summary:
    'The warehouse counts goods: all that the ship notice or the order says, or the lines that are named. The integration must have brought the order first.',
  actor: 'clerk-1',
  system: 'wms',
  body: body('ReceiveGoods', {
    purchaseOrder: key(),
    'shipNotice?': key(),
    'dock?': key(20),
    'partial?': flag,
    'lines?': list(
      object({
        line: key(10),
        quantity: decimal,
        'material?': key(),
        'condition?': oneOf('good', 'damaged', 'wrongItem'),
        'lot?': key(20),
      }),
      500,
      1,
    ),
  }),
  perform: (stage, input: ReceiveInput, context) => {
    const { purchaseOrder, shipNotice, partial, dock } = input;
    const draft: ReceivingDraft = {
      purchaseOrder,
      ...(shipNotice === undefined ? {} : { shipNotice }),
      ...(partial === undefined ? {} : { partial }),
      dock: dock ?? stage.wms.settings.docks[0] ?? '',
      lines: linesOf(stage, input),
    };
    const data = stage.wms.receiving.receive(draft, context);
    return { document: 'ReceiptConfirmation', id: data.number, data };
  },
};

const reverseReceipt: Action = {
  name: 'reverse-receipt',
  summary: 'The warehouse takes a count back in full.',
  actor: 'clerk-1',
  system: 'wms',
  body: body('ReverseReceipt', { receiptConfirmation: key() }),
  perform: (stage, { receiptConfirmation }: { receiptConfirmation: string }, context) => {
    const data = stage.wms.receiving.reverse(receiptConfirmation, context);
    return { document: 'ReceiptConfirmation', id: data.number, data };
  },
};

const putAway: Action = {
  name: 'put-away',
  summary: 'The warehouse puts counted goods into a bin.',
  actor: 'clerk-1',
  system: 'wms',
  body: body('PutAway', { receiptConfirmation: key(), bin: key(20) }),
  perform: (stage, input: { receiptConfirmation: string; bin: string }, context) => {
    const { receiptConfirmation, bin } = input;
    const data = stage.wms.putAwayReceipt(receiptConfirmation, bin, context);
    return { document: 'StockMovement', id: data[0]?.number ?? receiptConfirmation, data };
  },
};

export const warehouseActions: readonly Action[] = [receiveGoods, reverseReceipt, putAway];

function linesOf({ wms }: ActionStage, { purchaseOrder, shipNotice, lines }: ReceiveInput) {
  const expected = wms.expectedReceipts.byPurchaseOrder.first(purchaseOrder);
  if (expected === undefined) {
    throw new BusinessError({
      refusal: 'notFound',
      rule: 'unknown-order',
      message: `The warehouse does not expect order ${purchaseOrder} (yet).`,
      field: 'purchaseOrder',
    });
  }
  const notice = shipNotice === undefined ? undefined : wms.shipNotices.documents.get(shipNotice);
  const announced = notice?.lines.filter((each) => each.purchaseOrder === purchaseOrder);
  const whole: readonly Counted[] =
    announced?.map(({ purchaseOrderLine: line, quantity, lot }) => ({
      line,
      quantity,
      ...(lot === undefined ? {} : { lot }),
    })) ?? expected.lines.filter((each) => !each.cancelled);
  return (lines ?? whole).map((counted): ReceivingLineDraft => {
    const line = expected.lines.find((each) => each.line === counted.line);
    const named = announced?.find((each) => each.purchaseOrderLine === counted.line);
    const lot = counted.lot ?? named?.lot;
    return {
      purchaseOrderLine: counted.line,
      material: counted.material ?? line?.material ?? '',
      quantity: counted.quantity,
      unit: named?.unit ?? line?.unit ?? '',
      condition: counted.condition ?? 'good',
      ...(lot === undefined ? {} : { lot }),
    };
  });
}
