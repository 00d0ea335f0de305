/** Dock appointments and arrivals: which lorry stands where, before anything is counted. */
import type { AdvanceShipNotice } from '../../domain/advance-ship-notice.ts';
import { timestamp } from '../../domain/calendar-date.ts';
import type { Collection, Index } from '../../harness/collection.ts';
import type { Context } from '../../harness/context.ts';
import type { Store } from '../../harness/store.ts';
import type { AppointmentDraft, DockAppointment } from './drafts.ts';
import type { ExpectedReceipts } from './expected-receipts.ts';
import type { MasterData } from './master-data.ts';
import { conflict, invalid, notFound } from './refusals.ts';
import type { ShipNotices } from './ship-notices.ts';

interface ArrivalsOptions {
  readonly store: Store;
  readonly masterData: MasterData;
  readonly expectedReceipts: ExpectedReceipts;
  readonly shipNotices: ShipNotices;
  readonly docks: ReadonlySet<string>;
}

/** Refuses with `unknown-dock`. */
export function checkDock(dock: string, docks: ReadonlySet<string>): void {
  if (!docks.has(dock)) throw invalid('unknown-dock', `There is no dock ${dock}.`, 'dock');
}

export class Arrivals {
  readonly documents: Collection<DockAppointment>;
  readonly #byWindow: Index<DockAppointment>;
  readonly #options: ArrivalsOptions;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
    this.documents = options.store.collection('DockAppointment');
    this.#byWindow = this.documents.index((each) =>
      each.status === 'cancelled' ? undefined : windowOf(each),
    );
  }

  /**
   * Rules: `unknown-plant`, `unknown-dock`, `invalid-hour`, `nothing-to-arrive`,
   * `unknown-ship-notice`, `ship-notice-closed`, `ship-notice-cancelled`, `unknown-order`, `dock-taken`.
   */
  schedule(draft: AppointmentDraft, context: Context): DockAppointment {
    const { store, masterData, docks } = this.#options;
    return store.transaction(context, () => {
      masterData.plant(draft.plant, 'plant');
      checkDock(draft.dock, docks);
      if (!Number.isInteger(draft.hour) || draft.hour < 0 || draft.hour > 23) {
        throw invalid('invalid-hour', 'A window begins at an hour from 0 to 23.', 'hour');
      }
      this.#checkDelivery(draft);
      const taken = this.#byWindow.first(windowOf(draft));
      if (taken) throw conflict('dock-taken', `${draft.dock} is taken by ${taken.number}.`, 'dock');
      const number = `AP-${String(store.nextNumber('DockAppointment')).padStart(7, '0')}`;
      return this.documents.put(number, { ...draft, number, status: 'scheduled' }).data;
    });
  }

  /** The lorry came. Rules: `unknown-appointment`, `appointment-over`, and those of ship notices. */
  arrive(number: string, context: Context): DockAppointment {
    return this.#options.store.transaction(context, () => {
      const before = this.#expectScheduled(number);
      if (before.shipNotice !== undefined) this.#noticeArrived(before.shipNotice);
      const arrivedAt = timestamp(context.at);
      return this.documents.put(number, { ...before, status: 'arrived', arrivedAt }).data;
    });
  }

  /** A delivery came without an appointment. Rules: those of ship notices. */
  arriveUnscheduled(shipNotice: string, context: Context): AdvanceShipNotice {
    return this.#options.store.transaction(context, () => this.#noticeArrived(shipNotice));
  }

  /** Frees the window. Rules: `unknown-appointment`, `appointment-over`. */
  cancel(number: string, context: Context): DockAppointment {
    return this.#options.store.transaction(context, () => {
      const before = this.#expectScheduled(number);
      return this.documents.put(number, { ...before, status: 'cancelled' }).data;
    });
  }

  #checkDelivery({ shipNotice, purchaseOrder }: AppointmentDraft): void {
    const { shipNotices, expectedReceipts } = this.#options;
    if (shipNotice === undefined && purchaseOrder === undefined) {
      throw invalid(
        'nothing-to-arrive',
        'An appointment names a ship notice or an order.',
        'shipNotice',
      );
    }
    if (shipNotice !== undefined) shipNotices.expectOpen(shipNotice);
    if (purchaseOrder === undefined || expectedReceipts.byPurchaseOrder.first(purchaseOrder))
      return;
    throw invalid('unknown-order', `Order ${purchaseOrder} is not expected here.`, 'purchaseOrder');
  }

  #expectScheduled(number: string): DockAppointment {
    const found = this.documents.get(number);
    if (!found) throw notFound('unknown-appointment', `There is no appointment ${number}.`);
    if (found.status === 'scheduled') return found;
    throw conflict('appointment-over', `Appointment ${number} is ${found.status}.`);
  }

  #noticeArrived(number: string): AdvanceShipNotice {
    const { shipNotices } = this.#options;
    return shipNotices.markArrived(shipNotices.expectOpen(number));
  }
}

const windowOf = ({ plant, dock, date, hour }: AppointmentDraft): string =>
  `${plant}/${dock}/${date}/${hour}`;
