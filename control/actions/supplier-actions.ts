/** What the supplier does in the procurement suite's portal: answers, ships, bills. */
import { type CalendarDate, addDays } from '../../domain/calendar-date.ts';
import { type Decimal, isPositive, subtract, zero } from '../../domain/decimal.ts';
import type { AcknowledgementLine } from '../../domain/order-acknowledgement.ts';
import type { PurchaseOrder, PurchaseOrderLine } from '../../domain/purchase-order.ts';
import { refusal } from '../../simulators/procurement/refusal.ts';
import type { Action, ActionStage } from './action.ts';
import { body, date, decimal, key, list, object, oneOf, text } from './fields.ts';

interface Portion {
  readonly line: string;
  readonly quantity: Decimal;
  readonly lot?: string;
}

interface OfOrder {
  readonly purchaseOrder: string;
}

const acknowledgeOrder: Action = {
  name: 'acknowledge-order',
  summary:
    'The supplier answers an order as it stands: accepts all of it, unless lines say otherwise.',
  actor: 'supplier',
  system: 'procurement',
  body: body('AcknowledgeOrder', {
    purchaseOrder: key(),
    'lines?': list(
      object({
        line: key(10),
        decision: oneOf('accepted', 'dateChanged', 'quantityChanged', 'backordered', 'rejected'),
        'quantity?': decimal,
        'deliveryDate?': date,
        'reason?': text(100),
      }),
      500,
    ),
  }),
  perform: (
    stage,
    input: OfOrder & { lines?: readonly Partial<AcknowledgementLine>[] },
    context,
  ) => {
    const order = orderOf(stage, input.purchaseOrder);
    const { number: purchaseOrder, revision: orderRevision, supplier } = order;
    const lines = liveLines(order).map((line): AcknowledgementLine => {
      const said = input.lines?.find((each) => each.line === line.line) ?? {};
      const { line: number, quantity, unit } = line;
      const deliveryDate = line.scheduleLines[0]?.deliveryDate as CalendarDate;
      return {
        line: number,
        decision: 'accepted',
        quantity: said.decision === 'rejected' ? zero : quantity,
        unit,
        deliveryDate,
        ...said,
      };
    });
    const draft = { purchaseOrder, orderRevision, supplier, lines };
    const data = stage.procurement.orders.acknowledge(draft, context);
    return { document: 'OrderAcknowledgement', id: data.number, data };
  },
};

const shipGoods: Action = {
  name: 'ship-goods',
  summary: 'The supplier announces a truck with all of an order, or with the lines that are named.',
  actor: 'supplier',
  system: 'procurement',
  body: body('ShipGoods', {
    purchaseOrder: key(),
    'lines?': list(object({ line: key(10), quantity: decimal, 'lot?': key(20) }), 500, 1),
    'carrier?': text(40),
    'trackingNumber?': key(40),
    'estimatedArrival?': date,
  }),
  perform: (stage, input: ShipInput, context) => {
    const order = orderOf(stage, input.purchaseOrder);
    const { random } = stage.landscape.world;
    const { history } = stage.landscape.world;
    const data = stage.procurement.shipNotices.create(
      {
        supplier: order.supplier,
        estimatedArrival: input.estimatedArrival ?? addDays(context.today as CalendarDate, 1),
        carrier: input.carrier ?? 'DHL',
        trackingNumber:
          input.trackingNumber ?? random.hex(12, 'tracking', order.number, history.length),
        plant: order.lines[0]?.plant ?? '',
        lines: portionsOf(stage, order, input.lines).map(({ line, quantity, lot }) => ({
          purchaseOrder: order.number,
          purchaseOrderLine: line,
          quantity,
          ...(lot === undefined
            ? {}
            : { lot, expiresOn: addDays(context.today as CalendarDate, 365) }),
        })),
      },
      context,
    );
    return { document: 'AdvanceShipNotice', id: data.number, data };
  },
};

interface ShipInput extends OfOrder {
  readonly lines?: readonly Portion[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly estimatedArrival?: CalendarDate;
}

const sendInvoice: Action = {
  name: 'send-invoice',
  summary:
    'The supplier bills an order at its prices: what is not invoiced yet, or the lines that are named.',
  actor: 'supplier',
  system: 'procurement',
  body: body('SendInvoice', {
    purchaseOrder: key(),
    'supplierReference?': key(16),
    'lines?': list(object({ line: key(10), quantity: decimal, 'netPrice?': decimal }), 500, 1),
  }),
  perform: (stage, input: InvoiceInput, context) => {
    const order = orderOf(stage, input.purchaseOrder);
    const { supplier, companyCode, currency, paymentTerms } = order;
    const { history } = stage.landscape.world;
    const asked = input.lines ?? uninvoiced(stage, order);
    const data = stage.procurement.invoices.capture(
      {
        supplierReference:
          input.supplierReference ??
          `${order.number.replace(/\D/g, '').slice(-7)}-${history.length}`,
        supplier,
        companyCode,
        currency,
        paymentTerms,
        documentDate: context.today as CalendarDate,
        lines: asked.map((each) => {
          const line = lineOf(order, each.line);
          return {
            purchaseOrder: order.number,
            purchaseOrderLine: line.line,
            quantity: each.quantity,
            unit: line.unit,
            netPrice: each.netPrice ?? line.netPrice,
            priceQuantity: line.priceQuantity,
          };
        }),
      },
      context,
    );
    return { document: 'Invoice', id: data.number, data };
  },
};

interface InvoiceInput extends OfOrder {
  readonly supplierReference?: string;
  readonly lines?: readonly { line: string; quantity: Decimal; netPrice?: Decimal }[];
}

export const supplierActions: readonly Action[] = [acknowledgeOrder, shipGoods, sendInvoice];

function orderOf({ procurement }: ActionStage, number: string): PurchaseOrder {
  const order = procurement.orders.documents.get(number);
  if (order !== undefined) return order;
  throw refusal('notFound', 'unknown-order', `Purchase order ${number} does not exist.`);
}

function lineOf(order: PurchaseOrder, number: string): PurchaseOrderLine {
  const line = order.lines.find((each) => each.line === number);
  if (line !== undefined) return line;
  throw refusal('invalid', 'unknown-line', `Order ${order.number} has no line ${number}.`);
}

const liveLines = (order: PurchaseOrder): PurchaseOrderLine[] =>
  order.lines.filter((line) => !line.deleted);

/** What was asked to be shipped, or all of what is wanted; batch-managed goods get a lot. */
function portionsOf(
  { procurement }: ActionStage,
  order: PurchaseOrder,
  asked: readonly Portion[] | undefined,
): Portion[] {
  const portions = asked ?? liveLines(order).map(({ line, quantity }) => ({ line, quantity }));
  return portions.map((portion) => {
    const { material } = lineOf(order, portion.line);
    const managed = procurement.materials.documents.get(material)?.batchManaged === true;
    if (!managed || ('lot' in portion && portion.lot !== undefined)) return portion;
    return { ...portion, lot: `L${order.number.replace(/\D/g, '')}-${portion.line}` };
  });
}

function uninvoiced(
  { procurement }: ActionStage,
  order: PurchaseOrder,
): { line: string; quantity: Decimal; netPrice?: Decimal }[] {
  const left = liveLines(order).map(({ line, quantity }) => {
    const { invoiced } = procurement.orders.lineBalance(order.number, line);
    return { line, quantity: subtract(quantity, invoiced) };
  });
  const lines = left.filter(({ quantity }) => isPositive(quantity));
  if (lines.length > 0) return lines;
  throw refusal('conflict', 'all-invoiced', `All of order ${order.number} is invoiced already.`);
}
