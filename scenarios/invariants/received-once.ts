/** What was counted once is received once: no confirmation is posted for more than it says. */
import { type GoodsReceipt, receiptSign } from '../../domain/goods-receipt.ts';
import type { ReceiptConfirmation } from '../../domain/warehouse.ts';
import {
  type Ending,
  type Finding,
  type Invariant,
  defineInvariant,
} from '../../harness/invariant.ts';
import type { CommitRecord } from '../../harness/record.ts';
import { cutShort, isOver, judged, kept, renewable, untouched } from './finding.ts';
import { ReceivedQuantities } from './received-quantities.ts';
import { called } from './wording.ts';

interface State {
  readonly counted: ReceivedQuantities;
  readonly posted: ReceivedQuantities;
  countedAt: number;
  postings: number;
  readonly positions: number[];
  readonly ids: string[];
}

const within = 300_000;

/** For the receipts of one system: the ERP's material documents, or procurement's receipts. */
export const receivedOnce = (system: string, document: string): Invariant =>
  renewable(() => {
    const names = new Map<string, string>();
    return defineInvariant<State>({
      name: `${system}/received-once`,
      promise: `What the warehouse counted once is received in ${called(system)} once.`,
      family: 'R',
      interests: [
        { type: 'commit', system: 'wms', document: 'ReceiptConfirmation' },
        { type: 'commit', system, document },
      ],
      keysOf: (record) =>
        record.type === 'commit' && record.version === 1
          ? confirmationOf(record, names)
          : undefined,
      begin: () => ({
        counted: new ReceivedQuantities(),
        posted: new ReceivedQuantities(),
        countedAt: 0,
        postings: 0,
        positions: [],
        ids: [],
      }),
      step: (state, record) => {
        if (record.type === 'commit') take(state, record);
        return state;
      },
      end: (state, key, ending) => settle(state, key, ending, system),
    });
  });

/** The confirmation that a document is about; a reversal is about what it reverses. */
function confirmationOf(
  { system, id, data }: CommitRecord,
  names: Map<string, string>,
): string | undefined {
  if (system === 'wms') {
    const { reverses } = data as ReceiptConfirmation;
    if (reverses !== undefined) names.set(id, reverses);
    return reverses ?? id;
  }
  const { externalReference, reverses, number } = data as GoodsReceipt;
  const reversed = reverses === undefined ? undefined : names.get(reverses);
  const key =
    reversed ??
    (externalReference === undefined
      ? undefined
      : (names.get(externalReference) ?? externalReference));
  if (key !== undefined) {
    names.set(id, key);
    names.set(number, key);
  }
  return key;
}

function take(state: State, record: CommitRecord): void {
  if (record.system === 'wms') {
    const { lines, reverses } = record.data as ReceiptConfirmation;
    for (const { condition, material, unit, quantity } of lines) {
      if (condition === 'good')
        state.counted.add(material, unit, quantity, reverses === undefined ? 1 : -1);
    }
    state.countedAt = record.at;
    return;
  }
  const { lines } = record.data as GoodsReceipt;
  for (const { movementType, material, unit, quantity } of lines) {
    const sign = receiptSign(movementType);
    if (sign !== 0) state.posted.add(material, unit, quantity, sign);
  }
  state.postings++;
  state.positions.push(record.position);
  state.ids.push(record.id);
}

function settle(state: State, key: string, ending: Ending, system: string): Finding {
  if (state.postings === 0 || state.counted.isEmpty) return untouched;
  const more = ReceivedQuantities.differences(state.counted, state.posted).filter(
    ({ one, other }) => Number(other) > Number(one),
  );
  if (more.length === 0) return kept;
  if (!isOver(state.countedAt, ending, within)) return cutShort(key, within);
  return judged(
    more.map(({ material, unit, one, other }) => ({
      keys: [key, ...state.ids],
      positions: state.positions,
      sentence: `The warehouse counted ${one} ${unit} of ${material} in ${key}, and ${called(system)} received ${other} ${unit} for it in ${state.ids.length} postings (${state.ids.join(', ')}).`,
      expected: one,
      actual: other,
    })),
  );
}
