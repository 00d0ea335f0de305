/** Order lines and their changes as bodies bring them, in the core's words. */
import type { AccountAssignment, PurchaseOrder } from '../../../../domain/purchase-order.ts';
import type { OrderLineChange, OrderLineDraft } from '../../drafts.ts';
import { type Body, given } from './body.ts';
import { badRequest, noAssociation } from './coupa-refusal.ts';
import type { Call } from './endpoint.ts';
import { codeId } from './identities.ts';
import { itemIn } from './items.ts';

/** Code of the plant that `ship-to-address` names, or `custom-fields[plant]`. Throws 400 for an unknown address. */
export function plantIn(body: Body, { core }: Pick<Call, 'core'>): string | undefined {
  const own = body.object('custom-fields')?.key('plant', 4);
  if (own !== undefined) return own;
  const named = body.object('ship-to-address');
  if (named === undefined) return undefined;
  const keys = given({
    id: named.integer('id')?.toString(),
    'location-code': named.text('location-code'),
    name: named.text('name'),
  });
  const found = core.settings.plants.find(
    ({ code, name }) =>
      code === keys['location-code'] ||
      (keys['location-code'] === undefined &&
        (String(codeId(code)) === keys.id || name === keys.name)),
  );
  if (found !== undefined) return found.code;
  const at = body.at('ship-to-address');
  throw noAssociation('Address', at, keys as Record<string, string>, [
    'id',
    'name',
    'location-code',
  ]);
}

/** Company code by `custom-fields[company-code]`, else by the plant, else the only one there is. */
export function companyIn(
  body: Body,
  plant: string | undefined,
  { core }: Pick<Call, 'core'>,
): string {
  const { companyCodes, plants } = core.settings;
  return (
    body.object('custom-fields')?.key('company-code', 4) ??
    plants.find(({ code }) => code === plant)?.companyCode ??
    companyCodes[0]?.code ??
    ''
  );
}

const categories = ['costCenter', 'order', 'asset', 'project'] as const;

/** The account assignment of a line: account segments 2 (G/L account), 3 (object) and 4 (category). */
export function assignmentIn(body: Body): AccountAssignment | undefined {
  const account = body.object('account');
  const code = account?.text('code')?.split('-');
  const glAccount = account?.key('segment-2', 10) ?? code?.[1];
  const object = account?.key('segment-3', 24) ?? code?.[2];
  if (glAccount === undefined || object === undefined) return undefined;
  const asked = account?.text('segment-4', 40) ?? 'costCenter';
  const category = categories.find((each) => each === asked);
  const valid =
    category !== undefined && /^[!-~]{1,10}$/.test(glAccount) && /^[!-~]{1,24}$/.test(object);
  if (valid) return { category, object, glAccount };
  throw badRequest('invalid-account', 'is not a valid account', body.at('account'));
}

const lineCategories = [
  'standard',
  'consignment',
  'subcontracting',
  'thirdParty',
  'service',
  'limit',
] as const;

function categoryIn(body: Body): (typeof lineCategories)[number] | undefined {
  const asked = body.object('custom-fields')?.text('item-category', 40);
  if (asked === undefined) return body.text('type') === 'OrderAmountLine' ? 'limit' : undefined;
  const found = lineCategories.find((each) => each === asked);
  if (found !== undefined) return found;
  throw badRequest(
    'invalid-category',
    'is not an item category',
    body.at('custom-fields.item-category'),
  );
}

/** What custom fields say of a line beyond its place. */
function controls(custom: Body | undefined) {
  return given({
    priceQuantity: custom?.decimal('price-quantity'),
    priceUnit: custom?.key('price-uom', 8),
    taxCode: custom?.key('tax-code', 4),
    storageLocation: custom?.key('storage-location', 16),
    overdeliveryTolerancePercent: custom?.decimal('over-delivery-tolerance-percent'),
    underdeliveryTolerancePercent: custom?.decimal('under-delivery-tolerance-percent'),
    unlimitedOverdelivery: custom?.flag('unlimited-over-delivery'),
    invoiceExpected: custom?.flag('invoice-expected'),
    goodsReceiptNonValuated: custom?.flag('goods-receipt-non-valuated'),
    goodsReceiptBasedInvoiceVerification: custom?.flag('receipt-based-invoicing'),
  });
}

/** A new line; the header's plant counts where the line names none. */
export function orderLineDraft(body: Body, plant: string | undefined, call: Call): OrderLineDraft {
  const item = body.required('item', itemIn(body, call));
  return {
    material: item.number,
    quantity: body.required('quantity', body.decimal('quantity')),
    netPrice: body.required('price', body.decimal('price')),
    plant: body.required('ship-to-address', plantIn(body, call) ?? plant),
    deliveryDate: body.required('need-by-date', body.date('need-by-date')),
    ...given({
      line: body.key('line-num', 10),
      description: body.text('description', 200),
      unit: body.object('uom')?.key('code', 8),
      category: categoryIn(body),
      accountAssignment: assignmentIn(body),
      goodsReceiptExpected: body.flag('receipt-required'),
    }),
    ...controls(body.object('custom-fields')),
  };
}

/** The line that a body names by `id`, `order-line-id` or `line-num`; nothing when it names none that is there. */
function namedLine(body: Body, order: PurchaseOrder, { view }: Call): string | undefined {
  const id = body.integer('order-line-id') ?? body.integer('id');
  if (id !== undefined) {
    const first = view.ids.idOf('PurchaseOrder', order.number) * 1000 + 1;
    const line = order.lines[id - first];
    if (line !== undefined) return line.line;
    const at = body.path === '' ? 'order-line' : body.path;
    throw noAssociation('OrderLine', at, { id: String(id) }, ['id', 'line-num']);
  }
  const number = body.key('line-num', 10);
  return order.lines.find(({ line }) => line === number)?.line;
}

/** Changed and new lines of a change order. */
export function lineChanges(
  bodies: readonly Body[],
  order: PurchaseOrder,
  call: Call,
): { readonly lines: OrderLineChange[]; readonly addLines: OrderLineDraft[] } {
  const lines: OrderLineChange[] = [];
  const addLines: OrderLineDraft[] = [];
  const plant = order.lines[0]?.plant;
  for (const body of bodies) {
    const line = namedLine(body, order, call);
    if (line === undefined) addLines.push(orderLineDraft(body, plant, call));
    else lines.push(lineChange(line, body, call));
  }
  return { lines, addLines };
}

function lineChange(line: string, body: Body, call: Call): OrderLineChange {
  const removed = body.flag('pending-delete') === true || body.text('status', 40) === 'cancelled';
  return {
    line,
    ...given({
      quantity: body.decimal('quantity'),
      netPrice: body.decimal('price'),
      deliveryDate: body.date('need-by-date'),
      description: body.text('description', 200),
      plant: plantIn(body, call),
      storageLocation: body.object('custom-fields')?.key('storage-location', 16),
    }),
    ...(removed ? { deleted: true as const } : {}),
  };
}
