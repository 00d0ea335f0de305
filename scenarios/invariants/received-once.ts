/** What was counted once is received once: no confirmation is posted for more than it says. */
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { ReceiptConfirmation } from '../../domain/warehouse.ts';
import {
  type Ending,
  type Finding,
  type Invariant,
  defineInvariant,
} from '../../harness/invariant.ts';
import { NameTable } from '../../harness/name-table.ts';
import type { CommitRecord, HistoryRecord } from '../../harness/record.ts';
import { cutShort, isOver, judged, kept, renewable, untouched } from './finding.ts';
import { commitsOf } from './order-fold.ts';
import { ReceivedQuantities, type Side } from './received-quantities.ts';
import { called } from './wording.ts';

interface Posting {
  readonly system: string;
  readonly id: string;
  readonly position: number;
}

/** One confirmation with what every system made of it. */
interface State {
  readonly quantities: ReceivedQuantities;
  /** When the warehouse counted last; -1 when it never did. */
  countedAt: number;
  readonly postings: Posting[];
}

const within = 300_000;

/** Confirmations by the numbers of all documents about them. */
class ConfirmationKeys {
  readonly #names = new NameTable();

  /** A reversal is about what it reverses. */
  of(record: HistoryRecord): string | undefined {
    if (record.type !== 'commit' || record.version !== 1) return undefined;
    const { system, id, data } = record;
    if (system === 'wms') {
      const { reverses } = data as ReceiptConfirmation;
      if (reverses !== undefined) this.#names.set(id, reverses);
      return reverses ?? id;
    }
    const { externalReference, reverses, number } = data as GoodsReceipt;
    const key = this.#names.get(`${system} ${reverses}`) ?? this.#named(externalReference);
    if (key !== undefined) {
      this.#names.set(`${system} ${id}`, key);
      if (number !== id) this.#names.set(`${system} ${number}`, key);
    }
    return key;
  }

  #named(reference: string | undefined): string | undefined {
    return reference === undefined ? undefined : (this.#names.get(reference) ?? reference);
  }
}

const token = {};

/** For the receipts of one system: the ERP's material documents, or procurement's receipts. */
export const receivedOnce = (system: 'erp' | 'procurement', document: string): Invariant =>
  renewable((shared) => {
    const keys = shared.of(token, () => new ConfirmationKeys());
    return defineInvariant<State>({
      name: `${system}/received-once`,
      promise: `What the warehouse counted once is received in ${called(system)} once.`,
      family: 'R',
      interests: [commitsOf('wms', 'ReceiptConfirmation'), commitsOf(system, document)],
      group: keys,
      fold: keys,
      keysOf: (record) => keys.of(record),
      begin: () => ({ quantities: new ReceivedQuantities(), countedAt: -1, postings: [] }),
      step: (state, record) => {
        if (record.type === 'commit') take(state, record);
        return state;
      },
      end: (state, key, ending) => settle(state, key, ending, system),
    });
  });

function take(state: State, record: CommitRecord): void {
  const { quantities, postings } = state;
  if (record.system === 'wms') {
    const { lines, reverses } = record.data as ReceiptConfirmation;
    state.countedAt = record.at;
    // That a reversal arrives is the flow's promise; it may be refused, of what was invoiced meanwhile.
    if (reverses !== undefined) return;
    for (const { condition, material, unit, quantity } of lines) {
      if (condition === 'good') quantities.add('wms', material, unit, quantity, 1);
    }
    return;
  }
  const { system, id, position } = record;
  for (const { movementType, material, unit, quantity } of (record.data as GoodsReceipt).lines) {
    const sign = receiptSign(movementType);
    if (sign !== 0) quantities.add(system as Side, material, unit, quantity, sign);
  }
  postings.push({ system, id, position });
}

function settle(state: State, key: string, ending: Ending, system: Side): Finding {
  const postings = state.postings.filter((each) => each.system === system);
  if (postings.length === 0 || state.countedAt < 0) return untouched;
  const more = state.quantities
    .differences(system)
    .filter(({ counted, received }) => Number(received) > Number(counted));
  if (more.length === 0) return kept;
  if (!isOver(state.countedAt, ending, within)) return cutShort(key, within);
  const ids = postings.map(({ id }) => id);
  return judged(
    more.map(({ material, unit, counted, received }) => ({
      keys: [key, ...ids],
      positions: postings.map(({ position }) => position),
      sentence: `The warehouse counted ${counted} ${unit} of ${material} in ${key}, and ${called(system)} received ${received} ${unit} for it in ${ids.length} postings (${ids.join(', ')}).`,
      expected: counted,
      actual: received,
    })),
  );
}
