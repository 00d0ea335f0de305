/**
 * Corrections of stock: adjustments, changes of status, cycle counts. Each is a paper of its own
 * that says why; the differences are movements that refer to it.
 */
import { timestamp } from '../../domain/calendar-date.ts';
import { type Decimal, isNegative, isZero, negate, subtract, zero } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import type { StockMovement } from '../../domain/warehouse.ts';
import type { Collection } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type {
  StatusChangeDraft,
  StockAdjustment,
  StockAdjustmentDraft,
  StockCountDraft,
  StockPlace,
} from './drafts.ts';
import type { MasterData } from './master-data.ts';
import { signedToBaseUnit, toBaseUnit } from './quantities.ts';
import { invalid } from './refusals.ts';
import { StockJournal, checkLocation, checkLot, completePlace, quantId } from './stock-journal.ts';

/** One difference between books and floor. */
interface Difference {
  readonly place: Required<StockPlace>;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly field: string;
}

interface Paper {
  readonly kind: StockAdjustment['kind'];
  readonly reason: string;
  readonly plant: string;
  readonly differences: readonly Difference[];
}

const prefixes = { adjustment: 'AD', count: 'CC', statusChange: 'SC' } as const;

export class Stock extends StockJournal {
  readonly adjustments: Collection<StockAdjustment>;
  readonly #store: Store;
  readonly #masterData: MasterData;

  constructor(store: Store, masterData: MasterData) {
    super(store);
    this.#store = store;
    this.#masterData = masterData;
    this.adjustments = store.collection('StockAdjustment');
  }

  /**
   * Adds to or takes from the books. Rules: `quantity-zero`, `reason-missing`, `unknown-plant`,
   * `unknown-material`, `invalid-location`, `insufficient-stock`, and those of lots and quantities.
   */
  adjust(draft: StockAdjustmentDraft, context: Context): StockAdjustment {
    return this.#store.transaction(context, () => {
      const { material, place } = this.#place(draft);
      const quantity = signedToBaseUnit(draft, material);
      if (isZero(quantity))
        throw invalid('quantity-zero', 'An adjustment changes something.', 'quantity');
      const differences = [{ place, quantity, unit: material.baseUnit, field: 'quantity' }];
      const { reason, plant } = draft;
      return this.#write({ kind: 'adjustment', reason, plant, differences }, context);
    });
  }

  /** Moves stock into another status where it lies. Rules: `same-status` and those of {@link adjust}. */
  changeStatus(draft: StatusChangeDraft, context: Context): StockAdjustment {
    return this.#store.transaction(context, () => {
      const { material, place } = this.#place(draft);
      if (place.status === draft.to)
        throw invalid('same-status', `It is ${draft.to} already.`, 'to');
      const quantity = toBaseUnit(draft, material);
      const unit = material.baseUnit;
      const differences = [
        { place, quantity: negate(quantity), unit, field: 'quantity' },
        { place: { ...place, status: draft.to }, quantity, unit, field: 'quantity' },
      ];
      const { reason, plant } = draft;
      return this.#write({ kind: 'statusChange', reason, plant, differences }, context);
    });
  }

  /**
   * Takes over what was found at a location. A count that finds what the books say is kept and moves
   * nothing. Rules: `no-lines`, `duplicate-line`, `quantity-negative`, and those of {@link adjust}.
   */
  count(draft: StockCountDraft, context: Context): StockAdjustment {
    return this.#store.transaction(context, () => {
      const { plant, reason = 'cycle count' } = draft;
      this.#masterData.plant(plant, 'plant');
      checkLocation(draft.location, 'location');
      const differences = this.#countedDifferences(draft);
      if (draft.complete) differences.push(...this.#notFound(draft, differences));
      else if (draft.lines.length === 0) throw invalid('no-lines', 'A count has lines.', 'lines');
      return this.#write({ kind: 'count', reason, plant, differences }, context);
    });
  }

  #countedDifferences({ plant, location, lines }: StockCountDraft): Difference[] {
    const seen = new Set<string>();
    return lines.map((line, i) => {
      const path = `lines[${i}].`;
      const { material, place } = this.#place({ ...line, plant, location }, path);
      if (seen.has(quantId(place))) {
        throw invalid('duplicate-line', `${line.material} was counted twice.`, `lines[${i}]`);
      }
      seen.add(quantId(place));
      if (isNegative(line.quantity)) {
        throw invalid('quantity-negative', 'A count is not negative.', `${path}quantity`);
      }
      const found = signedToBaseUnit(line, material, path);
      const quantity = subtract(found, this.quantity(place));
      return { place, quantity, unit: material.baseUnit, field: `${path}quantity` };
    });
  }

  #notFound({ plant, location }: StockCountDraft, counted: readonly Difference[]): Difference[] {
    const found = new Set(counted.map((each) => quantId(each.place)));
    return this.byLocation
      .find(`${plant}/${location}`)
      .map((quant) => ({
        place: completePlace(quant),
        quantity: negate(quant.quantity),
        unit: quant.unit,
        field: 'lines',
      }))
      .filter((each) => !found.has(quantId(each.place)));
  }

  #place(draft: StockPlace, path = ''): { material: Material; place: Required<StockPlace> } {
    this.#masterData.plant(draft.plant, 'plant');
    const material = this.#masterData.materials.expect(draft.material, `${path}material`);
    const place = completePlace(draft);
    checkLocation(place.location, 'location');
    checkLot(place.lot, material, `${path}lot`);
    return { material, place };
  }

  #write({ kind, reason, plant, differences }: Paper, context: Context): StockAdjustment {
    if (reason.trim() === '')
      throw invalid('reason-missing', 'A correction has a reason.', 'reason');
    const serial = String(this.#store.nextNumber(`StockAdjustment/${kind}`)).padStart(7, '0');
    const number = `${prefixes[kind]}-${serial}`;
    const lines = differences.map(({ place, quantity, unit }) => ({
      material: place.material,
      location: place.location,
      lot: place.lot,
      status: place.status,
      bookQuantity: this.quantity(place),
      difference: quantity,
      unit,
    }));
    for (const { place, quantity, unit, field } of differences) {
      if (isZero(quantity)) continue;
      const movement: StockMovement['reason'] = kind;
      this.post({ reason: movement, place, quantity, unit, reference: number, field }, context);
    }
    const paper = { number, kind, reason, plant, at: timestamp(context.at), by: context.by, lines };
    this.adjustments.put(number, paper);
    if (differences.some((each) => each.quantity !== zero)) this.#emit(paper);
    return paper;
  }

  #emit(paper: StockAdjustment): void {
    const { number: key } = paper;
    this.#store.emit({
      type: 'stock.adjusted',
      document: 'StockAdjustment',
      key,
      version: 1,
      data: paper,
    });
  }
}
