/** Draws the story that the lines of a batch share: what is changed, shipped, counted, invoiced, paid. */
import type { Decimal } from '../../../domain/decimal.ts';
import type { KeyedRandom } from '../../../harness/random.ts';
import { days, mix } from './mix.ts';
import type { BatchPlan, ChangePlan, MatchCategory } from './plan.ts';
import type { PlanOptions } from './plan-order.ts';
import { type Peculiarity, planPeculiarity } from './plan-peculiarity.ts';
import { planShipment } from './plan-shipment.ts';

export type BatchKind = 'ordinary' | 'peculiar' | 'limit';

const ordinary: Peculiarity = { shipments: 1, changes: [] };

/** Draws are keyed by the order and the batch's first line. */
export function planBatch(
  random: KeyedRandom,
  index: number,
  lines: readonly number[],
  kind: BatchKind,
  options: PlanOptions,
): BatchPlan {
  const first = lines[0] as number;
  const category = kind === 'limit' ? 'twoWay' : drawCategory(random, index, first);
  const peculiarity =
    kind === 'peculiar'
      ? planPeculiarity(random, index, first, options.shares?.severalShipments)
      : ordinary;
  const leadDays = days.orderToReceipt(random.draw('lead', index, first));
  const answer = drawAnswer(random, index, first, category);
  const changes = planChanges(random, index, first, { leadDays, peculiarity, answer, options });
  const ends = changes.some((change) => change.kind === 'withdrawn');
  // Invoices that refer to receipts must know which: such a line comes in one shipment.
  const most = category === 'afterReceipt' ? 1 : (options.mostShipments ?? mix.mostShipments);
  const count = Math.min(peculiarity.shipments, most);
  const shipments = Array.from({ length: ends ? 0 : count }, (_, part) =>
    planShipment(random, { index, line: first, part, category, leadDays, ...options.shares }),
  );
  const confirmed = planConfirmation(random.draw('confirmation', index, first), leadDays);
  return { category, lines, ...confirmed, answer, changes, shipments };
}

function drawCategory(random: KeyedRandom, index: number, line: number): MatchCategory {
  const draw = random.draw('category', index, line);
  if (draw < mix.afterReceipt) return 'afterReceipt';
  return draw < mix.afterReceipt + mix.consignment ? 'consignment' : 'beforeReceipt';
}

function drawAnswer(
  random: KeyedRandom,
  index: number,
  line: number,
  category: MatchCategory,
): BatchPlan['answer'] {
  if (category === 'twoWay') return 'accepted';
  const draw = random.draw('answer', index, line);
  if (draw < mix.rejected) return 'rejected';
  if (draw < mix.rejected + mix.quantityCut) return 'quantityChanged';
  return draw < mix.rejected + mix.quantityCut + mix.dateMoved ? 'dateChanged' : 'accepted';
}

/** At once, or when somebody asks where the goods are. */
function planConfirmation(draw: number, leadDays: number): { confirmedAfter?: number } {
  if (draw >= mix.confirmationLogged) return {};
  return { confirmedAfter: leadDays * (draw < mix.confirmationLogged * 0.3 ? 0.88 : 0.05) };
}

interface Surroundings {
  readonly leadDays: number;
  readonly peculiarity: Peculiarity;
  readonly answer: BatchPlan['answer'];
  readonly options: PlanOptions;
}

/** In the first third of the time to the receipt, one after the other. */
function planChanges(
  random: KeyedRandom,
  index: number,
  line: number,
  { leadDays, peculiarity, answer, options }: Surroundings,
): ChangePlan[] {
  const kinds: ChangePlan['kind'][] = [...peculiarity.changes].slice(0, options.mostChanges);
  const drawn = (share: number, kind: string): boolean => random.chance(share, kind, index, line);
  // What the supplier cuts or turns down, the buyer follows with a change.
  const cut = answer === 'quantityChanged';
  const shares = { ...mix, ...options.shares };
  const rest = (shares.quantityChanged - mix.quantityCut) / (1 - mix.quantityCut);
  if (cut || drawn(rest, 'quantity-changed')) kinds.push('quantity');
  if (drawn(shares.priceChanged, 'price-changed')) kinds.push('price');
  if (drawn(shares.dateChanged, 'date-changed')) kinds.push('date');
  const gone = shares.withdrawn / (1 - mix.rejected);
  if (answer === 'rejected' || drawn(gone, 'withdrawn')) kinds.push('withdrawn');
  const factor = cut
    ? random.integer(60, 90, 'factor', index, line)
    : drawFactor(random, index, line);
  return kinds.map((kind, i) => ({
    kind,
    after: leadDays * (0.08 + (0.22 * (i + 1)) / (kinds.length + 1)),
    factor: String((kind === 'price' ? 100 + (factor - 100) / 5 : factor) / 100) as Decimal,
  }));
}

/** Percent: 60 to 140, never exactly 100. */
function drawFactor(random: KeyedRandom, index: number, line: number): number {
  const percent = random.integer(60, 139, 'factor', index, line);
  return percent < 100 ? percent : percent + 1;
}
