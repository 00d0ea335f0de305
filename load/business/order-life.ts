/**
 * What happens to the n-th order of a load, drawn from the seed and n alone: so the same order is
 * the same in every shard, and nobody needs to agree with anybody on who takes which. It runs inside
 * k6, which has no Node: nothing here may import of it.
 */
import { KeyedRandom } from '../../harness/random.ts';
import { mix, pieces } from '../../scenarios/workloads/procure-to-pay/mix.ts';
import { orderShape } from '../../scenarios/workloads/procure-to-pay/plan-order.ts';

/** As the control API's `issue-order` takes it. */
export interface OrderDraft {
  readonly supplier: string;
  readonly companyCode?: string;
  readonly currency?: string;
  readonly lines: readonly {
    readonly material: string;
    readonly quantity: string;
    readonly unit?: string;
    readonly netPrice?: string;
    readonly plant?: string;
  }[];
}

/** Whom there is to buy from, and what: numbers in the order of the landscape's master data. */
export interface Market {
  readonly suppliers: readonly string[];
  readonly materials: readonly string[];
  /** Of the materials those that come in lots, which a ship notice must name. */
  readonly inLots: readonly string[];
}

export interface OrderLife {
  /** `<seed>-17`: on every document that comes of the order. */
  readonly correlationId: string;
  readonly draft: OrderDraft;
  /** It begins with a requisition that is approved. */
  readonly requested: boolean;
  /** Master data is corrected before it, now and then. */
  readonly corrects?: { readonly supplier: string; readonly material: string };
  /** The buyer wants another quantity of the first line before anything is shipped. */
  readonly changedQuantity?: string;
  /** The buyer cancels it, and nothing more happens. */
  readonly cancelled: boolean;
  /** A ship notice goes ahead of the goods. */
  readonly announced: boolean;
  /** The warehouse counts wrong at first. */
  readonly recounted: boolean;
  /** The supplier bills before the goods are there. */
  readonly invoicedFirst: boolean;
}

export interface LifeOptions {
  readonly seed: string;
  readonly market: Market;
  /** Items of an order at most. */
  readonly mostLines: number;
  /** What was really ordered, when a history is replayed. */
  readonly draft?: OrderDraft;
}

/** Of a hundred orders so many are cancelled; the published log knows lines only. */
const cancelledShare = 0.01;
/** Of the published log's invoices so many are recorded before the receipt that they ask money for. */
const invoicedFirstShare = 0.1;

/**
 * The n-th order, from 0. Drawn from the shape and the dials of the usual business, but few times:
 * inside k6 a draw costs what fifty do outside, and the load is to be on the systems.
 */
export function orderLife(n: number, options: LifeOptions): OrderLife {
  const { seed, market } = options;
  const random = new KeyedRandom(`${seed}/load`);
  const is = (what: string, share: number): boolean => random.chance(share, what, n);
  const draft = options.draft ?? orderDraft(n, options, random);
  const quantity = Number(draft.lines[0]?.quantity);
  const changes = is('changed', mix.quantityChanged) && Number.isFinite(quantity);
  return {
    correlationId: `${seed}-${n}`,
    draft,
    requested: draft.lines.length <= mix.mostRequisitionItems && is('requested', mix.requisition),
    ...(n % ordersPerCorrection === 0 ? { corrects: corrected(draft) } : {}),
    cancelled: is('cancelled', cancelledShare),
    announced: is('announced', mix.announced) || inLots(draft, market),
    recounted: is('recounted', mix.recounted),
    invoicedFirst: is('invoiced-first', invoicedFirstShare),
    ...(changes ? { changedQuantity: String(Math.ceil(quantity * 1.2)) } : {}),
  };
}

/** What the n-th order orders. */
export function orderDraft(
  n: number,
  { seed, market, mostLines }: LifeOptions,
  random = new KeyedRandom(`${seed}/load`),
): OrderDraft {
  const { count, supplierRank } = orderShape(random, n);
  return {
    supplier: pick(market.suppliers, supplierRank),
    lines: Array.from({ length: Math.min(count, mostLines) }, (_, line) => ({
      material: pick(market.materials, random.draw('material', n, line)),
      quantity: String(Math.round(pieces(random.draw('quantity', n, line)))),
    })),
  };
}

/** As often as the steward of the usual business has work. */
const ordersPerCorrection = 25;

const corrected = ({ supplier, lines }: OrderDraft) => ({
  supplier,
  material: lines[0]?.material as string,
});

const inLots = ({ lines }: OrderDraft, market: Market): boolean =>
  lines.some(({ material }) => market.inLots.includes(material));

const pick = (list: readonly string[], share: number): string =>
  list[Math.floor(share * list.length)] as string;
