/** What the buyer and the approver do in the procurement suite. */
import { type CalendarDate, addDays } from '../../domain/calendar-date.ts';
import type { Material, Plant, Supplier } from '../../domain/master-data.ts';
import type { Context } from '../../harness/context.ts';
import type {
  OrderChange,
  OrderDraft,
  OrderLineDraft,
} from '../../simulators/procurement/drafts.ts';
import { refusal } from '../../simulators/procurement/refusal.ts';
import type { Action, ActionStage, Deed } from './action.ts';
import { body, date, decimal, flag, key, list, object, text } from './fields.ts';

type LineInput = Partial<OrderLineDraft> & Pick<OrderLineDraft, 'quantity'>;
type OrderInput = Partial<Omit<OrderDraft, 'lines'>> & { readonly lines?: readonly LineInput[] };

const line = object({
  'material?': key(),
  quantity: decimal,
  'unit?': key(10),
  'netPrice?': decimal,
  'priceQuantity?': decimal,
  'plant?': key(10),
  'storageLocation?': key(10),
  'deliveryDate?': date,
  'goodsReceiptExpected?': flag,
  'goodsReceiptBasedInvoiceVerification?': flag,
  'overdeliveryTolerancePercent?': decimal,
});

const order = {
  'supplier?': key(),
  'companyCode?': key(10),
  'currency?': key(3),
  'paymentTerms?': key(10),
  'lines?': list(line, 500, 1),
};

const orderDeed = (data: { number: string }): Deed => ({
  document: 'PurchaseOrder',
  id: data.number,
  data,
});

const issueOrder: Action = {
  name: 'issue-order',
  summary:
    'The buyer issues a purchase order. Supplier, plant, material and price are the first that there are unless they are named.',
  actor: 'buyer-1',
  system: 'procurement',
  body: body('IssueOrder', { ...order, 'requisition?': key() }),
  perform: (stage, input: OrderInput, context) =>
    orderDeed(stage.procurement.orders.issue(drafted(stage, input, context), context)),
};

const changeOrder: Action = {
  name: 'change-order',
  summary: 'The buyer changes lines of an order: its revision goes up by one.',
  actor: 'buyer-1',
  system: 'procurement',
  body: body('ChangeOrder', {
    purchaseOrder: key(),
    lines: list(
      object({
        line: key(10),
        'quantity?': decimal,
        'netPrice?': decimal,
        'deliveryDate?': date,
        'description?': text(40),
        'deleted?': { const: true },
      }),
      500,
      1,
    ),
  }),
  perform: (stage, input: OrderChange & { purchaseOrder: string }, context) =>
    orderDeed(
      stage.procurement.orders.change(input.purchaseOrder, { lines: input.lines ?? [] }, context),
    ),
};

const cancelOrder: Action = {
  name: 'cancel-order',
  summary: 'The buyer cancels an order.',
  actor: 'buyer-1',
  system: 'procurement',
  body: body('CancelOrder', { purchaseOrder: key() }),
  perform: (stage, { purchaseOrder }: { purchaseOrder: string }, context) =>
    orderDeed(stage.procurement.orders.cancel(purchaseOrder, context)),
};

const submitRequisition: Action = {
  name: 'submit-requisition',
  summary: 'The buyer asks for approval of what he wants to buy.',
  actor: 'buyer-1',
  system: 'procurement',
  body: body('SubmitRequisition', order),
  perform: (stage, input: OrderInput, context) => {
    const { companyCode, supplier, currency, lines } = drafted(stage, input, context);
    const { requisitions } = stage.procurement;
    const draft = {
      companyCode,
      supplier,
      currency,
      lines: lines.map(({ material, quantity, netPrice, plant, deliveryDate }) => ({
        material,
        quantity,
        plant,
        requiredOn: deliveryDate,
        estimatedPrice: netPrice,
      })),
    };
    const { number } = requisitions.create(draft, context);
    const data = requisitions.submit(number, context);
    return { document: 'Requisition', id: number, data };
  },
};

const approveRequisition: Action = {
  name: 'approve-requisition',
  summary:
    'Whoever is asked next approves the requisition; `all` lets everybody who is asked do so.',
  actor: 'approver',
  system: 'procurement',
  body: body('ApproveRequisition', { requisition: key(), 'all?': flag }),
  perform: (stage, input: { requisition: string; all?: boolean }, context) => {
    const { requisitions } = stage.procurement;
    const { requisition, all = true } = input;
    const approve = () => {
      const person = requisitions.waitingFor(requisition);
      return requisitions.approve(requisition, { ...context, by: person ?? context.by });
    };
    let data = approve();
    if (all) while (requisitions.waitingFor(requisition) !== undefined) data = approve();
    return { document: 'Requisition', id: requisition, data };
  },
};

export const buyerActions: readonly Action[] = [
  issueOrder,
  changeOrder,
  cancelOrder,
  submitRequisition,
  approveRequisition,
];

function drafted(stage: ActionStage, input: OrderInput, context: Context): OrderDraft {
  const { procurement } = stage;
  const { plants, companyCodes } = procurement.settings;
  const plant = plants[0];
  const supplier = first<Supplier>(procurement.suppliers.documents.values(), 'supplier');
  const companyCode = input.companyCode ?? plant?.companyCode ?? '';
  const currency =
    input.currency ?? companyCodes.find(({ code }) => code === companyCode)?.currency ?? 'EUR';
  const { paymentTerms, requisition, lines = [{ quantity: '10' as never }] } = input;
  return {
    companyCode,
    supplier: input.supplier ?? supplier.number,
    currency,
    ...(paymentTerms === undefined ? {} : { paymentTerms }),
    ...(requisition === undefined ? {} : { requisition }),
    lines: lines.map((each) => lineDraft(stage, each, plant, context)),
  };
}

function lineDraft(
  { procurement }: ActionStage,
  input: LineInput,
  plant: Plant | undefined,
  context: Context,
): OrderLineDraft {
  const { documents } = procurement.materials;
  const material =
    input.material === undefined
      ? first<Material>(documents.values(), 'material', (each) => !each.batchManaged)
      : documents.get(input.material);
  return {
    ...input,
    material: input.material ?? (material as Material).number,
    plant: input.plant ?? plant?.code ?? '',
    netPrice: input.netPrice ?? material?.price ?? ('1' as never),
    deliveryDate: input.deliveryDate ?? addDays(context.today as CalendarDate, 7),
  };
}

function first<T extends object>(
  all: Iterable<T>,
  what: string,
  fits: (each: T) => boolean = () => true,
): T {
  for (const each of all) {
    const usable = !('blocked' in each && each.blocked) && !('deleted' in each && each.deleted);
    if (usable && fits(each)) return each;
  }
  throw refusal('notFound', `no-${what}`, `The procurement suite has no ${what}.`);
}
