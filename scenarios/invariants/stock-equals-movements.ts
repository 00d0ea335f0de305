/** Stock is the sum of its movements: nothing appears on a shelf and nothing leaves it unposted. */
import { stockSign } from '../../domain/goods-receipt.ts';
import { type Finding, type Invariant, defineInvariant } from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { broken, kept, renewable, untouched } from './finding.ts';
import { type Decimal, Total } from './ledger-sums.ts';
import { commitsOf } from './order-fold.ts';

/** What the ERP's material documents say beyond a goods receipt. */
interface Movement {
  readonly movementType: Parameters<typeof stockSign>[0];
  readonly material: string;
  readonly plant: string;
  readonly storageLocation: string;
  readonly quantityInBaseUnit: Decimal;
  readonly receivingPlant?: string;
  readonly receivingStorageLocation?: string;
  readonly consumed?: boolean;
}

interface State {
  readonly place: string;
  readonly moved: Total;
  movements: number;
  stock: Decimal | undefined;
  position: number;
}

export const stockEqualsMovements = (): Invariant =>
  renewable(() => {
    const effects = new Effects();
    return defineInvariant<State>({
      name: 'stock-equals-movements',
      promise: 'Stock on hand is the sum of all movements.',
      family: 'Q',
      interests: [commitsOf('erp', 'MaterialDocument'), commitsOf('erp', 'StockBalance')],
      keysOf(record) {
        if (record.type !== 'commit') return undefined;
        if (record.document === 'StockBalance') return record.id;
        return record.version === 1 ? [...effects.of(record).keys()] : undefined;
      },
      begin: (place) => ({
        place,
        moved: new Total(),
        movements: 0,
        stock: undefined,
        position: -1,
      }),
      step(state, record) {
        if (record.type === 'commit') take(state, record, effects);
        return state;
      },
      end: settle,
    });
  });

function take(state: State, record: CommitRecord, effects: Effects): void {
  state.position = record.position;
  if (record.document === 'StockBalance') {
    state.stock = (record.data as { readonly quantity: Decimal }).quantity;
    return;
  }
  for (const { quantity, sign } of effects.of(record).get(state.place) ?? []) {
    state.moved.add(quantity, sign);
    state.movements++;
  }
}

function settle({ moved, movements, stock, position }: State, place: string): Finding {
  if (movements === 0 || stock === undefined) return untouched;
  if (moved.value === stock) return kept;
  return broken({
    keys: [place],
    positions: [position],
    sentence: `Stock of ${place} is ${stock}, and its ${movements} movements add up to ${moved.value}.`,
    expected: moved.value,
    actual: stock,
  });
}

/** What a document does to each place. A document is asked once for each of them: the last is kept. */
class Effects {
  #record: CommitRecord | undefined;
  #byPlace: ReadonlyMap<string, readonly Effect[]> = new Map();

  of(record: CommitRecord): ReadonlyMap<string, readonly Effect[]> {
    if (this.#record === record) return this.#byPlace;
    const byPlace = new Map<string, Effect[]>();
    for (const effect of effectsOf(record)) {
      const known = byPlace.get(effect.place);
      if (known === undefined) byPlace.set(effect.place, [effect]);
      else known.push(effect);
    }
    this.#record = record;
    this.#byPlace = byPlace;
    return byPlace;
  }
}

interface Effect {
  readonly place: string;
  readonly quantity: Decimal;
  readonly sign: 1 | -1;
}

const linesOf = ({ data }: CommitRecord): readonly Movement[] =>
  (data as { readonly lines: readonly Movement[] }).lines;

function effectsOf(record: CommitRecord): Effect[] {
  return linesOf(record).flatMap((line): Effect[] => {
    const { material, plant, storageLocation, movementType, quantityInBaseUnit: quantity } = line;
    if (line.consumed === true || storageLocation === '' || material === '') return [];
    const place = `${material}/${plant}/${storageLocation}`;
    if (movementType === '301' || movementType === '311') {
      const to = `${material}/${line.receivingPlant ?? plant}/${line.receivingStorageLocation ?? storageLocation}`;
      return [
        { place, quantity, sign: -1 },
        { place: to, quantity, sign: 1 },
      ];
    }
    const sign = stockSign(movementType);
    return sign === 0 ? [] : [{ place, quantity, sign }];
  });
}
