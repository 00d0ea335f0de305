/** Who does what in a day of orders and receipts: a buyer, and a clerk at the warehouse's docks. */
import type { TrialOptions } from '../../index.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { decimal } from '../../domain/decimal.ts';
import type { Context } from '../../harness/context.ts';
import { actorContext } from '../../harness/world.ts';
import type { ProcurementCore } from '../../simulators/procurement/procurement-core.ts';
import type { WmsCore } from '../../simulators/wms/wms-core.ts';

type Stage = Parameters<TrialOptions['workload']['start']>[0];

export interface Pace {
  readonly waitMs: number;
  readonly gapMs: number;
}

interface Deed {
  readonly actor: string;
  readonly action: string;
  readonly system: 'procurement' | 'wms';
}

const issue: Deed = { actor: 'buyer', action: 'issue order', system: 'procurement' };
const cancel: Deed = { actor: 'buyer', action: 'cancel order', system: 'procurement' };
const expect: Deed = { actor: 'clerk', action: 'expect goods', system: 'wms' };
const count: Deed = { actor: 'clerk', action: 'count goods', system: 'wms' };

export class Actors {
  /** Actions still to come. */
  left = 0;
  /** Orders issued so far. */
  issued = 0;
  readonly #stage: Stage;
  readonly #procurement: ProcurementCore;
  readonly #wms: WmsCore;
  #stopped = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#procurement = stage.system('procurement').core as ProcurementCore;
    this.#wms = stage.system('wms').core as WmsCore;
  }

  /**
   * The whole story of one order. Of five, two are changed twice in a row and one once; of ten, one
   * is cancelled. The others come in two deliveries, and the first one comes as soon as it may: an
   * integration that is behind with the order or its change has to do something about that.
   */
  plan(index: number, atMs: number, { waitMs, gapMs }: Pace): void {
    const { orders } = this.#procurement;
    let number = '';
    this.#later(atMs, index, issue, (context) => {
      number = orders.issue(this.#draft(index), context).number;
      this.issued++;
      return number;
    });
    const change = (afterMs: number, action: string, what: object): void =>
      this.#later(atMs + afterMs, index, { ...issue, action }, (context) => {
        orders.change(number, { lines: [{ line: '1', ...what }] }, context);
        return number;
      });
    if (index % 5 < 3) change(waitMs, 'change quantity', { quantity: decimal(200 + index) });
    if (index % 5 < 2) change(waitMs + gapMs, 'change price', { netPrice: decimal(50 + index) });
    if (index % 10 === 9) {
      this.#later(atMs + waitMs, index, cancel, (context) => orders.cancel(number, context).number);
      return;
    }
    const arriveMs = atMs + 2 * waitMs;
    this.#later(arriveMs - gapMs, index, expect, (context) => this.#expect(number, context));
    this.#later(arriveMs, index, count, (context) => this.#receive(number, 1, context));
    this.#later(arriveMs + waitMs, index, count, (context) => this.#receive(number, 2, context));
  }

  stop(): void {
    this.#stopped = true;
  }

  #draft(index: number) {
    const { random, calendar } = this.#stage.world;
    const { suppliers, materials, settings } = this.#procurement;
    const open = [...suppliers.documents.values()].filter(({ blocked }) => !blocked);
    const plant = random.pick(settings.plants, 'plant', index);
    // Lots are another story: nothing that needs one is bought.
    const bought = [...materials.documents.values()].filter(
      ({ deleted, batchManaged }) => !deleted && !batchManaged,
    );
    const line = (place: number) => ({
      material: random.pick(bought, 'material', index, place).number,
      quantity: decimal(random.integer(2, 100, 'quantity', index, place)),
      netPrice: decimal(random.integer(1, 40, 'price', index, place)),
      plant: plant.code,
      deliveryDate: calendar.today() as CalendarDate,
    });
    return {
      companyCode: plant.companyCode,
      supplier: random.pick(open, 'supplier', index).number,
      currency: 'EUR',
      lines: Array.from({ length: random.integer(1, 3, 'lines', index) }, (_, i) => line(i)),
    };
  }

  /** The warehouse's own paper: to tell it of orders is not the job of the software under test. */
  #expect(number: string, context: Context): string {
    const { supplier, revision, lines } = this.#order(number);
    const draft = {
      purchaseOrder: number,
      revision,
      supplier,
      plant: lines[0]?.plant ?? '',
      lines: lines.map(({ line, material, quantity, unit, scheduleLines }) => ({
        line,
        material,
        quantity,
        unit,
        expectedOn: scheduleLines[0]?.deliveryDate as CalendarDate,
      })),
    };
    return this.#wms.expectedReceipts.create(draft, context).number;
  }

  /** Less than half comes first, so that the ERP has room to take the same delivery twice. */
  #receive(number: string, delivery: 1 | 2, context: Context): string {
    const lines = this.#order(number).lines.map(({ line, material, quantity, unit }) => {
      const first = Math.max(1, Math.floor(Number(quantity) * 0.4));
      return {
        purchaseOrderLine: line,
        material,
        quantity: decimal(delivery === 1 ? first : Number(quantity) - first),
        unit,
        condition: 'good' as const,
      };
    });
    const dock = this.#wms.settings.docks[0] ?? '';
    const partial = delivery === 1;
    return this.#wms.receiving.receive({ purchaseOrder: number, dock, partial, lines }, context)
      .number;
  }

  #order(number: string) {
    const order = this.#procurement.orders.documents.get(number);
    if (order === undefined) throw new Error(`${number} was never issued.`);
    return order;
  }

  #later(afterMs: number, index: number, deed: Deed, act: (context: Context) => string): void {
    const { world } = this.#stage;
    this.left++;
    world.clock.after(afterMs, () => {
      if (this.#stopped) return;
      this.left--;
      const { actor, system } = deed;
      const context = actorContext(world, actor, `order ${index}`);
      const { store } = this.#stage.system(system);
      const key = store.transaction(context, () => act(context));
      world.history.append({ type: 'actor.acted', at: world.clock.now(), ...deed, key });
    });
  }
}
