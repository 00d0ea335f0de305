/**
 * The postings of goods for an order line: stock or consumption against GR/IR clearing. One place for
 * receipts, reversals and returns, which differ in sign and in where their value comes from.
 */
import { type Decimal, absolute, isZero, negate, subtract, zero } from '../../domain/decimal.ts';
import type { PurchaseOrderLine } from '../../domain/purchase-order.ts';
import { type MovementRun, type OrderMovement } from './movement-run.ts';
import type { StockPlace } from './stock.ts';

/** Whether the goods of the line are consumed at once, by its account assignment. */
export const isConsumed = (line: PurchaseOrderLine): boolean =>
  line.accountAssignment !== undefined;

/** Whether receipts of the line are posted in the ledger. */
export const isValuated = (line: PurchaseOrderLine): boolean =>
  !line.goodsReceiptNonValuated && line.category !== 'consignment';

/** What identifies the order line on every posting line. */
export const orderTags = ({ order, orderLine, material, plant }: OrderMovement) => ({
  supplier: order.supplier,
  ...(material === undefined ? {} : { material: material.number }),
  plant: plant.code,
  purchaseOrder: order.number,
  purchaseOrderLine: orderLine.line,
});

/** The account and object that an account-assigned line is posted to. */
export const consumptionOf = (line: PurchaseOrderLine) => {
  const { accountAssignment } = line;
  return accountAssignment === undefined
    ? {}
    : { account: accountAssignment.glAccount, costCenter: accountAssignment.object };
};

export interface GoodsValue {
  /** Signed, in the base unit. */
  readonly baseQuantity: Decimal;
  /** What the goods are worth, signed: order price, or the original value of what is taken back. */
  readonly value: Decimal;
  /** What GR/IR clearing is credited with, signed. */
  readonly clearing: Decimal;
}

/** Moves the goods and posts them. Returns the value that went to stock or consumption. */
export function postGoods(run: MovementRun, movement: OrderMovement, goods: GoodsValue): Decimal {
  const { orderLine } = movement;
  if (isConsumed(orderLine)) return postConsumption(run, movement, goods);
  const place = placeOf(movement);
  if (orderLine.category === 'consignment') {
    run.base.stock.change(place, 'consignment', goods.baseQuantity, `${movement.path}.quantity`);
    return zero;
  }
  const field = `${movement.path}.quantity`;
  const valued = run.base.stock.move(place, goods.baseQuantity, goods.value, field);
  const tags = orderTags(movement);
  const unsettled = subtract(goods.clearing, goods.value);
  run.entries.push(
    { key: 'BSX', amount: valued.stock, ...tags },
    { key: 'PRD', amount: valued.difference, ...tags },
    { key: 'PRD', amount: unsettled, ...tags },
    { key: 'WRX', amount: negate(goods.clearing), ...tags },
  );
  return goods.value;
}

function postConsumption(run: MovementRun, movement: OrderMovement, goods: GoodsValue): Decimal {
  if (!isValuated(movement.orderLine)) return zero;
  const tags = orderTags(movement);
  run.entries.push(
    { key: 'GBB', amount: goods.clearing, ...tags, ...consumptionOf(movement.orderLine) },
    { key: 'WRX', amount: negate(goods.clearing), ...tags },
  );
  return goods.value;
}

/** Where the goods lie. Only lines that go to stock have a place; they have a material. */
export function placeOf({ material, plant, storageLocation }: OrderMovement): StockPlace {
  if (material === undefined) throw new TypeError('A line without a material has no stock.');
  return { material, plant, storageLocation };
}

/** What a posted line shows as its amount: never negative, the movement type gives the sign. */
export const shownAmount = (value: Decimal): Decimal => (isZero(value) ? zero : absolute(value));
