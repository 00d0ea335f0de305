/** Put-away: stock from the receiving dock into bins, or between any two locations of a plant. */
import { negate } from '../../domain/decimal.ts';
import type { Material } from '../../domain/master-data.ts';
import type { StockMovement } from '../../domain/warehouse.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { Confirmations } from './confirmations.ts';
import type { PutAwayDraft, StockPlace } from './drafts.ts';
import type { MasterData } from './master-data.ts';
import { toBaseUnit } from './quantities.ts';
import { conflict, invalid } from './refusals.ts';
import { type StockJournal, checkLocation, checkLot } from './stock-journal.ts';
import { stockStatusOf } from './counted-lines.ts';

interface PutAwayOptions {
  readonly store: Store;
  readonly masterData: MasterData;
  readonly stock: StockJournal;
  readonly confirmations: Confirmations;
}

export class PutAway {
  readonly #options: PutAwayOptions;

  constructor(options: PutAwayOptions) {
    this.#options = options;
  }

  /** See `WmsCore.putAway`. Rules: `unknown-plant`, `unknown-material`, `invalid-location`,
   * `same-location`, `insufficient-stock`, and those of lots and quantities. */
  move(draft: PutAwayDraft, context: Context): readonly StockMovement[] {
    const { store } = this.#options;
    return store.transaction(context, () => this.#post([draft], context));
  }

  /** See `WmsCore.putAwayReceipt`. Rules: `unknown-confirmation`, `already-reversed`, `is-reversal`, and those of {@link move}. */
  receipt(number: string, location: string, context: Context): readonly StockMovement[] {
    const { store, confirmations } = this.#options;
    return store.transaction(context, () => {
      const { plant, dock, lines } = confirmations.expect(number);
      if (confirmations.reversalOf(number)) {
        throw conflict('already-reversed', `Confirmation ${number} was taken back.`);
      }
      const drafts = lines.map(({ material, lot, quantity, unit, ...line }) => ({
        material,
        plant,
        from: dock,
        to: location,
        status: stockStatusOf(line),
        quantity,
        unit,
        ...(lot === undefined ? {} : { lot }),
      }));
      return this.#post(drafts, context);
    });
  }

  #post(drafts: readonly PutAwayDraft[], context: Context): StockMovement[] {
    const { store, stock } = this.#options;
    const serial = store.nextNumber('PutAway');
    const reference = `PT-${String(serial).padStart(7, '0')}`;
    return drafts.flatMap((draft) => {
      const { material, from, to } = this.#check(draft);
      const quantity = toBaseUnit(draft, material);
      const common = { reason: 'putAway', unit: material.baseUnit, reference } as const;
      return [
        stock.post(
          { ...common, place: from, quantity: negate(quantity), field: 'quantity' },
          context,
        ),
        stock.post({ ...common, place: to, quantity }, context),
      ];
    });
  }

  #check(draft: PutAwayDraft): {
    material: Material;
    from: Required<StockPlace>;
    to: Required<StockPlace>;
  } {
    const { masterData } = this.#options;
    masterData.plant(draft.plant, 'plant');
    const material = masterData.materials.expect(draft.material, 'material');
    checkLocation(draft.from, 'from');
    checkLocation(draft.to, 'to');
    if (draft.from === draft.to)
      throw invalid('same-location', `It is at ${draft.to} already.`, 'to');
    const { lot = '', status = 'available', plant } = draft;
    checkLot(lot, material, 'lot');
    const place = { material: draft.material, plant, lot, status };
    return {
      material,
      from: { ...place, location: draft.from },
      to: { ...place, location: draft.to },
    };
  }
}
